// What +FAULT=n puts on the bus of axi_pair: a number for each, from 1 those of the slave, from 64 those of the master.
`timescale 1ns / 1ps

package axi_faults;
  localparam logic [7:0] NONE = 8'd0;

  localparam logic [7:0] B_OVERWRITTEN = 8'd1;         // a second write is taken before B of the first, and only the second is answered
  localparam logic [7:0] BID_LIVE = 8'd2;              // BID is wired to AWID as it is now
  localparam logic [7:0] RID_LIVE = 8'd3;              // RID is wired to ARID as it is now
  localparam logic [7:0] WLAST_ALONE = 8'd4;           // WLAST without WVALID makes the slave forget the response
  localparam logic [7:0] AW_AR_LOST = 8'd5;            // AW and AR in one cycle are both forgotten
  localparam logic [7:0] READ_USES_AWLEN = 8'd6;       // a read has as many beats as the last write
  localparam logic [7:0] RLAST_ADVANCES = 8'd7;        // beats are counted by RVALID, READY or not
  localparam logic [7:0] RDATA_ON_RREADY = 8'd8;       // RDATA is loaded only if RREADY is high as the beat begins
  localparam logic [7:0] ERROR_ONE_BEAT = 8'd9;        // an error answer to a read is one beat
  localparam logic [7:0] B_BEFORE_W = 8'd10;           // B comes after the first beat of several
  localparam logic [7:0] B_BEFORE_AW = 8'd11;          // B comes after the data and before the address
  localparam logic [7:0] B_TWICE = 8'd12;              // two B for one write
  localparam logic [7:0] R_TWICE = 8'd13;              // the last beat of a read comes twice
  localparam logic [7:0] B_WRONG_ID = 8'd14;           // B for an id that did not ask
  localparam logic [7:0] R_WRONG_ID = 8'd15;           // R for an id that did not ask
  localparam logic [7:0] R_SAME_CYCLE = 8'd16;         // RVALID in the cycle of AR
  localparam logic [7:0] B_SAME_CYCLE = 8'd17;         // BVALID in the cycle of the last W
  localparam logic [7:0] WRONG_PAIRING = 8'd18;        // data goes to the address of the write before
  localparam logic [7:0] WSTRB_IGNORED = 8'd19;        // all bytes are written
  localparam logic [7:0] BVALID_AFTER_RESET = 8'd20;   // BVALID is high leaving reset
  localparam logic [7:0] RDATA_X = 8'd21;              // x with OKAY
  localparam logic [7:0] B_EXOKAY = 8'd22;             // EXOKAY to a plain write
  localparam logic [7:0] R_EXOKAY = 8'd23;             // EXOKAY to a plain read
  localparam logic [7:0] R_STRAY = 8'd24;              // RVALID with nothing outstanding
  localparam logic [7:0] AR_LOST_BESIDE_W = 8'd25;     // AR in the cycle of a W is forgotten
  localparam logic [7:0] NARROW_OKAY = 8'd26;          // a narrow read is answered OKAY
  localparam logic [7:0] RVALID_DROPPED = 8'd27;       // RVALID falls while it waits
  localparam logic [7:0] RDATA_CHANGES = 8'd28;        // RDATA changes while it waits
  localparam logic [7:0] RLAST_NEVER = 8'd29;          // the last beat has no RLAST
  localparam logic [7:0] B_LOST_IN_WAIT = 8'd30;       // BVALID falls while it waits and never comes again
  localparam logic [7:0] AR_TWICE_LOST = 8'd31;        // a second read is taken while the first is answered, and forgotten
  localparam logic [7:0] R_FROM_BEFORE_RESET = 8'd32;  // a read that was reset away is answered after the reset
  localparam logic [7:0] BRESP_X = 8'd33;              // BRESP is x

  localparam logic [7:0] AWVALID_DROPPED = 8'd64;      // AWVALID falls while it waits
  localparam logic [7:0] ARVALID_DROPPED = 8'd65;      // ARVALID falls while it waits
  localparam logic [7:0] WVALID_DROPPED = 8'd66;       // WVALID falls while it waits
  localparam logic [7:0] AWADDR_CHANGES = 8'd67;       // AWADDR changes while it waits
  localparam logic [7:0] WDATA_CHANGES = 8'd68;        // WDATA changes while it waits
  localparam logic [7:0] WLAST_EARLY = 8'd69;          // two beats of four, the second with WLAST
  localparam logic [7:0] WLAST_NEVER = 8'd70;          // WLAST is always 0
  localparam logic [7:0] STROBE_BELOW = 8'd71;         // a strobe lies below an unaligned address
  localparam logic [7:0] WRITE_CROSSES_PAGE = 8'd72;   // a write crosses 4 KiB
  localparam logic [7:0] READ_CROSSES_PAGE = 8'd73;    // a read crosses 4 KiB
  localparam logic [7:0] WRITE_FIXED_17 = 8'd74;       // a FIXED write of 17 beats
  localparam logic [7:0] READ_FIXED_17 = 8'd75;        // a FIXED read of 17 beats
  localparam logic [7:0] BURST_RESERVED = 8'd76;       // AWBURST = 3
  localparam logic [7:0] BURST_WRAP = 8'd77;           // a WRAP read, which generation A does not have
  localparam logic [7:0] NARROW = 8'd78;               // a narrow read, which generation A does not have
  localparam logic [7:0] SIZE_6 = 8'd79;               // AWSIZE = 6 on a bus of 32 bytes
  localparam logic [7:0] CACHE_RESERVED = 8'd80;       // ARCACHE = 4'b0100
  localparam logic [7:0] ARVALID_AFTER_RESET = 8'd81;  // ARVALID is high leaving reset
  localparam logic [7:0] WVALID_IN_RESET = 8'd82;      // WVALID is high in reset
  localparam logic [7:0] MUTUAL_WAIT = 8'd83;          // WVALID waits for AWREADY, and the slave's AWREADY for WVALID
  localparam logic [7:0] BREADY_NEVER = 8'd84;         // B is never accepted
  localparam logic [7:0] RREADY_NEVER = 8'd85;         // R is never accepted
  localparam logic [7:0] WRITE_STOPS = 8'd86;          // two beats of four come, and no more
  localparam logic [7:0] WDATA_X = 8'd87;              // x on strobed lanes
endpackage
