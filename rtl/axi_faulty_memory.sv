// axi_memory, and between it and the bus the faults of a slave. Without one it is a wire.
`timescale 1ns / 1ps

module axi_faulty_memory #(
  parameter int LATENCY = 0,
  parameter int STALL = 0
) (
  input  logic         aclk,
  input  logic         aresetn,
  input  logic [7:0]   fault,
  output logic         shows,         // the fault is on the pins in this cycle, and was not before
  input  logic         s_axi_awvalid,
  output logic         s_axi_awready,
  input  logic [3:0]   s_axi_awid,
  input  logic [47:0]  s_axi_awaddr,
  input  logic [7:0]   s_axi_awlen,
  input  logic [2:0]   s_axi_awsize,
  input  logic [1:0]   s_axi_awburst,
  input  logic         s_axi_awlock,
  input  logic [3:0]   s_axi_awcache,
  input  logic [2:0]   s_axi_awprot,
  input  logic [3:0]   s_axi_awqos,
  input  logic         s_axi_wvalid,
  output logic         s_axi_wready,
  input  logic [255:0] s_axi_wdata,
  input  logic [31:0]  s_axi_wstrb,
  input  logic         s_axi_wlast,
  output logic         s_axi_bvalid,
  input  logic         s_axi_bready,
  output logic [3:0]   s_axi_bid,
  output logic [1:0]   s_axi_bresp,
  input  logic         s_axi_arvalid,
  output logic         s_axi_arready,
  input  logic [3:0]   s_axi_arid,
  input  logic [47:0]  s_axi_araddr,
  input  logic [7:0]   s_axi_arlen,
  input  logic [2:0]   s_axi_arsize,
  input  logic [1:0]   s_axi_arburst,
  input  logic         s_axi_arlock,
  input  logic [3:0]   s_axi_arcache,
  input  logic [2:0]   s_axi_arprot,
  input  logic [3:0]   s_axi_arqos,
  output logic         s_axi_rvalid,
  input  logic         s_axi_rready,
  output logic [3:0]   s_axi_rid,
  output logic [255:0] s_axi_rdata,
  output logic [1:0]   s_axi_rresp,
  output logic         s_axi_rlast
);
  localparam logic [1:0] OKAY = 2'd0, EXOKAY = 2'd1, DECERR = 2'd3;

  logic         own_awvalid, own_awready, own_wvalid, own_wready, own_bvalid, own_bready;
  logic         own_arvalid, own_arready, own_rvalid, own_rready, own_rlast;
  logic [3:0]   own_bid, own_rid;
  logic [47:0]  own_awaddr;
  logic [31:0]  own_wstrb;
  logic [7:0]   own_arlen;
  logic [2:0]   own_arsize;
  logic [1:0]   own_bresp, own_rresp;
  logic [255:0] own_rdata;
  axi_memory #(.LATENCY(LATENCY), .STALL(STALL)) memory (
    .aclk, .aresetn,
    .s_axi_awvalid(own_awvalid), .s_axi_awready(own_awready), .s_axi_awid, .s_axi_awaddr(own_awaddr), .s_axi_awlen, .s_axi_awsize, .s_axi_awburst,
    .s_axi_awlock, .s_axi_awcache, .s_axi_awprot, .s_axi_awqos,
    .s_axi_wvalid(own_wvalid), .s_axi_wready(own_wready), .s_axi_wdata, .s_axi_wstrb(own_wstrb), .s_axi_wlast,
    .s_axi_bvalid(own_bvalid), .s_axi_bready(own_bready), .s_axi_bid(own_bid), .s_axi_bresp(own_bresp),
    .s_axi_arvalid(own_arvalid), .s_axi_arready(own_arready), .s_axi_arid, .s_axi_araddr, .s_axi_arlen(own_arlen), .s_axi_arsize(own_arsize), .s_axi_arburst,
    .s_axi_arlock, .s_axi_arcache, .s_axi_arprot, .s_axi_arqos,
    .s_axi_rvalid(own_rvalid), .s_axi_rready(own_rready), .s_axi_rid(own_rid), .s_axi_rdata(own_rdata), .s_axi_rresp(own_rresp), .s_axi_rlast(own_rlast));

  // What is under way on the bus, what the last cycle left waiting, and whether a fault that shows once has shown.
  logic        is_spent, has_aw, has_ar, b_waits, r_waits;
  logic [3:0]  awid, arid;
  logic [7:0]  awlen, arlen, beat;
  logic        is_narrow;
  logic [47:0] awaddr;
  wire aw_taken = s_axi_awvalid && s_axi_awready;
  wire w_taken = s_axi_wvalid && s_axi_wready;
  wire ar_taken = s_axi_arvalid && s_axi_arready;
  wire b_taken = s_axi_bvalid && s_axi_bready;
  wire r_taken = s_axi_rvalid && s_axi_rready;
  initial {is_spent, has_aw, has_ar, b_waits, r_waits, awid, arid, awlen, arlen, beat, awaddr, is_narrow} = '0;
  always_ff @(posedge aclk) begin
    if (shows) is_spent <= 1'b1;
    b_waits <= aresetn && s_axi_bvalid && !s_axi_bready;
    r_waits <= aresetn && s_axi_rvalid && !s_axi_rready;
    if (aw_taken) {awid, awlen, awaddr} <= {s_axi_awid, s_axi_awlen, s_axi_awaddr};
    if (ar_taken) {arid, arlen, is_narrow} <= {s_axi_arid, s_axi_arlen, s_axi_arsize != 3'd5};
    beat <= ar_taken ? 8'd0 : beat + {7'd0, r_taken};
    has_aw <= aresetn && (aw_taken || (has_aw && !b_taken));
    has_ar <= aresetn && (ar_taken || (has_ar && !(r_taken && s_axi_rlast)));
  end

  // Answers that the memory does not know of, and answers of the memory that the bus does not get to see.
  logic       fake_b, fake_r, hides_b, hides_r, swallows_w, forgets_b;
  logic [3:0] fake_id;
  logic [7:0] r_left;
  logic [255:0] stale, last_rdata;
  logic       is_stale, has_old_read;
  logic [3:0] old_id;
  logic [2:0] clocks;
  wire b_before_w = fault == axi_faults::B_BEFORE_W && !is_spent && has_aw && w_taken && !s_axi_wlast;
  wire b_before_aw = fault == axi_faults::B_BEFORE_AW && !is_spent && !has_aw && w_taken && s_axi_wlast;
  wire b_again = fault == axi_faults::B_TWICE && !is_spent && b_taken;
  wire r_again = fault == axi_faults::R_TWICE && !is_spent && r_taken && s_axi_rlast;
  wire r_stray = fault == axi_faults::R_STRAY && !is_spent && b_taken;
  wire r_old = fault == axi_faults::R_FROM_BEFORE_RESET && has_old_read && aresetn && clocks == 3'd7;
  wire b_same_cycle = fault == axi_faults::B_SAME_CYCLE && !is_spent && has_aw && s_axi_wvalid && own_wready && s_axi_wlast && s_axi_bready && !own_bvalid;
  wire r_same_cycle = fault == axi_faults::R_SAME_CYCLE && !is_spent && s_axi_arvalid && s_axi_arlen == 8'd0 && s_axi_araddr[47:16] != 32'd0 && s_axi_rready && !has_ar;
  wire b_after_start = fault == axi_faults::BVALID_AFTER_RESET && !is_spent && !aresetn;
  wire both_lost = fault == axi_faults::AW_AR_LOST && !is_spent && s_axi_awvalid && s_axi_arvalid;
  wire ar_lost = fault == axi_faults::AR_LOST_BESIDE_W && !is_spent && s_axi_arvalid && s_axi_wvalid && own_wready;
  wire second_aw = fault == axi_faults::B_OVERWRITTEN && has_aw;
  wire second_ar = fault == axi_faults::AR_TWICE_LOST && has_ar;
  wire b_vanishes = fault == axi_faults::B_LOST_IN_WAIT && b_waits && !is_spent;
  initial {fake_b, fake_r, hides_b, hides_r, swallows_w, forgets_b, fake_id, r_left, stale, last_rdata, is_stale, has_old_read, old_id, clocks} = '0;
  always_ff @(posedge aclk) begin
    clocks <= aresetn ? (clocks == 3'd7 ? clocks : clocks + 3'd1) : 3'd0;
    if (b_before_w || b_before_aw || b_again || b_after_start) fake_b <= 1'b1;
    else if (s_axi_bready) fake_b <= 1'b0;
    if (b_before_w) fake_id <= awid;
    else if (b_before_aw) fake_id <= s_axi_awid;
    else if (b_again) fake_id <= s_axi_bid;
    else if (r_again) fake_id <= s_axi_rid;
    else if (r_stray) fake_id <= 4'd5;
    else if (r_old) fake_id <= old_id;
    if (r_again || r_stray || r_old) fake_r <= 1'b1;
    else if (s_axi_rready) fake_r <= 1'b0;
    if (b_before_w || b_before_aw || b_same_cycle || b_vanishes) hides_b <= 1'b1;
    else if (own_bvalid) hides_b <= 1'b0;
    // The data of a write that the memory does not know of.
    if ((both_lost && s_axi_awvalid) || (second_aw && aw_taken)) swallows_w <= 1'b1;
    else if (w_taken && s_axi_wlast) swallows_w <= 1'b0;
    if (fault == axi_faults::WLAST_ALONE && has_aw && s_axi_wlast && !s_axi_wvalid && awlen != 8'd0 && !own_bvalid) forgets_b <= 1'b1;
    else if (own_bvalid) forgets_b <= 1'b0;
    // Beats as a counter sees them that does not look at RREADY.
    if (ar_taken) r_left <= s_axi_arlen;
    else if (s_axi_rvalid) r_left <= r_left - 8'd1;
    if (s_axi_rvalid) last_rdata <= s_axi_rdata;
    is_stale <= s_axi_rvalid && !s_axi_rready && (r_waits ? is_stale : 1'b1);
    if (!r_waits && s_axi_rvalid) stale <= last_rdata;
    if (!aresetn && has_ar && !is_spent) {has_old_read, old_id} <= {1'b1, arid};
    else if (r_old) has_old_read <= 1'b0;
  end

  // To the memory.
  wire holds_aw = (fault == axi_faults::B_BEFORE_AW && (!is_spent || fake_b)) || (fault == axi_faults::AW_AR_LOST && !is_spent && s_axi_awaddr == 48'h4000 && !s_axi_arvalid)
    || (fault == axi_faults::MUTUAL_WAIT && !s_axi_wvalid);
  wire swallows_this_w = swallows_w || (both_lost && s_axi_awvalid);
  assign own_awvalid = s_axi_awvalid && !holds_aw && !both_lost && !second_aw;
  assign own_awaddr = fault == axi_faults::WRONG_PAIRING ? awaddr : s_axi_awaddr;
  assign own_wvalid = s_axi_wvalid && !swallows_this_w;
  assign own_wstrb = fault == axi_faults::WSTRB_IGNORED ? 32'hffff_ffff : s_axi_wstrb;
  assign own_arvalid = s_axi_arvalid && !both_lost && !ar_lost && !second_ar && !r_same_cycle;
  assign own_arlen = fault == axi_faults::READ_USES_AWLEN ? awlen
    : fault == axi_faults::ERROR_ONE_BEAT && s_axi_araddr[47:16] != 32'd0 ? 8'd0
    : s_axi_arlen;
  assign own_arsize = fault == axi_faults::NARROW_OKAY ? 3'd5 : s_axi_arsize;
  assign s_axi_awready = (own_awready && !holds_aw) || both_lost || second_aw;
  assign s_axi_wready = own_wready || swallows_this_w;
  assign s_axi_arready = own_arready || both_lost || ar_lost || second_ar || r_same_cycle;

  // From the memory: B.
  wire b_is_hidden = hides_b || forgets_b || b_vanishes;
  wire b_is_held = fault == axi_faults::B_OVERWRITTEN && (!is_spent || swallows_w);
  assign own_bready = b_is_hidden || (s_axi_bready && !fake_b && !b_is_held && !b_same_cycle);
  assign s_axi_bvalid = (own_bvalid && !b_is_hidden && !b_is_held) || (fake_b && aresetn) || b_same_cycle;
  assign s_axi_bid = fake_b ? fake_id
    : fault == axi_faults::BID_LIVE ? s_axi_awid
    : fault == axi_faults::B_OVERWRITTEN || b_same_cycle ? awid
    : fault == axi_faults::B_WRONG_ID && !is_spent ? own_bid ^ 4'd8
    : own_bid;
  assign s_axi_bresp = fake_b || b_same_cycle ? OKAY
    : fault == axi_faults::B_EXOKAY ? EXOKAY
    : fault == axi_faults::BRESP_X ? 2'bxx
    : own_bresp;

  // From the memory: R.
  wire r_drops = fault == axi_faults::RVALID_DROPPED && r_waits && !is_spent;
  wire r_changes = fault == axi_faults::RDATA_CHANGES && r_waits && !s_axi_rready && !is_spent;
  wire r_has_x = fault == axi_faults::RDATA_X && own_rresp == OKAY && has_ar && arid == 4'd0;
  wire r_is_stale = fault == axi_faults::RDATA_ON_RREADY && (r_waits ? is_stale : !s_axi_rready);
  assign own_rready = s_axi_rready && !fake_r && !r_drops && !r_same_cycle;
  assign s_axi_rvalid = (own_rvalid && !r_drops) || fake_r || r_same_cycle;
  assign s_axi_rid = fake_r ? fake_id
    : fault == axi_faults::RID_LIVE || r_same_cycle ? s_axi_arid
    : fault == axi_faults::R_WRONG_ID ? own_rid ^ 4'd8
    : own_rid;
  assign s_axi_rdata = r_has_x ? {own_rdata[255:8], 8'hxx}
    : r_is_stale ? (r_waits ? stale : last_rdata)
    : r_changes ? ~own_rdata
    : own_rdata;
  assign s_axi_rresp = r_same_cycle ? DECERR
    : fake_r ? OKAY
    : fault == axi_faults::R_EXOKAY ? EXOKAY
    : own_rresp;
  assign s_axi_rlast = fake_r || r_same_cycle
    || (fault == axi_faults::RLAST_ADVANCES ? r_left == 8'd0 : own_rlast && !(fault == axi_faults::RLAST_NEVER && arlen == 8'd3));

  // Where the fault is one that reads show later, the master's own comparison says when.
  wire b_begins = s_axi_bvalid && !b_waits;
  wire r_begins = s_axi_rvalid && !r_waits;
  assign shows = aresetn && !is_spent && (
    (fake_b && b_begins) || (fake_r && r_begins) || b_same_cycle || r_same_cycle || both_lost || ar_lost || b_vanishes || r_drops || r_changes
    || (second_aw && aw_taken) || (second_ar && ar_taken)
    || (forgets_b && own_bvalid)
    || (b_begins && (fault == axi_faults::B_WRONG_ID || fault == axi_faults::B_EXOKAY || fault == axi_faults::BRESP_X || (fault == axi_faults::BID_LIVE && s_axi_bid != awid)))
    || (r_begins && (fault == axi_faults::R_WRONG_ID || fault == axi_faults::R_EXOKAY || r_has_x || (fault == axi_faults::RID_LIVE && s_axi_rid != arid)))
    || (r_taken && s_axi_rlast != (beat == arlen) && (fault == axi_faults::ERROR_ONE_BEAT || fault == axi_faults::READ_USES_AWLEN || fault == axi_faults::RLAST_NEVER))
    || (r_taken && is_narrow && fault == axi_faults::NARROW_OKAY)
    || (r_waits && fault == axi_faults::RLAST_ADVANCES && r_left == 8'd0));
endmodule
