// A memory behind an AXI4 slave of generation A: 256 data bits, 48 address bits, 4 id bits, one transaction a direction.
//
//   AxSIZE 5, INCR or FIXED, inside the memory      OKAY; only strobed bytes change
//   any other AxSIZE or AxBURST                     SLVERR, without effect; a read has ARLEN + 1 beats of zeros
//   address at or above MEMORY_BYTES                DECERR, likewise
//   AxLOCK                                          OKAY and never EXOKAY; an exclusive write fails, so it is without effect
//   WLAST not where AWLEN says                      the burst ends at the first of the two, SLVERR; what came so far is written
//
// A beat that runs past the end of the memory, which takes a burst across 4 KiB, goes on at its start. W may come before its AW: 16 beats are
// kept. All outputs come from registers, so nothing is answered in the cycle that asks for it. A reset ends what is under way and leaves the
// memory's contents, which begin as zeros; there is no x.
`timescale 1ns / 1ps

module axi_memory #(
  parameter int MEMORY_BYTES = 65536,  // a power of two, 4096 at least
  parameter int LATENCY = 0,           // clocks added before B and before the first R
  parameter int STALL = 0,             // READY is withheld, and RVALID paused, in so many of 16 clocks
  parameter logic [15:0] SEED = 16'hACE1        // of the generator behind STALL; not 0
) (
  input  logic         aclk,
  input  logic         aresetn,
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
  localparam int WORDS = MEMORY_BYTES / 32;
  localparam int INDEX_BITS = $clog2(WORDS);
  localparam logic [1:0] OKAY = 2'd0, SLVERR = 2'd2, DECERR = 2'd3;
  localparam logic [1:0] FIXED = 2'd0, INCR = 2'd1;
  localparam logic [7:0] WAIT = LATENCY[7:0];
  localparam logic [4:0] WITHHELD = STALL[4:0];

  logic [255:0] memory [0:WORDS-1];
  initial for (int i = 0; i < WORDS; i++) memory[i] = '0;

  function automatic logic [1:0] answer(input logic [47:0] addr, input logic [2:0] size, input logic [1:0] burst);
    if (size != 3'd5 || (burst != INCR && burst != FIXED)) return SLVERR;
    return (addr >> (INDEX_BITS + 5)) != 48'd0 ? DECERR : OKAY;
  endfunction

  function automatic logic [255:0] lanes(input logic [31:0] strobe);
    for (int i = 0; i < 32; i++) lanes[8*i +: 8] = {8{strobe[i]}};
  endfunction

  // Whether a number that is drawn from 0..15 is one of the STALL highest.
  function automatic logic withholds(input logic [3:0] drawn);
    logic [4:0] sum;
    sum = {1'b0, drawn} + WITHHELD;
    return sum[4];
  endfunction

  // Four bits of one generator for each of the four decisions of a clock.
  logic [15:0] lfsr;
  wire aw_stalls = withholds(lfsr[3:0]);
  wire w_stalls = withholds(lfsr[7:4]);
  wire ar_stalls = withholds(lfsr[11:8]);
  wire r_pauses = withholds(lfsr[15:12]);
  initial lfsr = SEED;
  always_ff @(posedge aclk) begin
    if (!aresetn) lfsr <= SEED;
    else lfsr <= {lfsr[14:0], lfsr[15] ^ lfsr[13] ^ lfsr[12] ^ lfsr[10]};
  end

  // Beats of W in the order in which they came; a write takes its own from the front.
  logic [288:0] beats [0:15];
  logic [4:0]   beats_in, beats_out;
  wire          is_empty = beats_in == beats_out;
  wire          is_full = beats_in == (beats_out ^ 5'h10);
  wire          w_last;
  wire [31:0]   w_strobe;
  wire [255:0]  w_data;
  wire          takes_beat;
  assign {w_last, w_strobe, w_data} = beats[beats_out[3:0]];
  assign s_axi_wready = !is_full && !w_stalls;
  initial for (int i = 0; i < 16; i++) beats[i] = '0;
  initial beats_in = '0;
  initial beats_out = '0;
  always_ff @(posedge aclk) begin
    if (!aresetn) begin
      beats_in <= '0;
      beats_out <= '0;
    end else begin
      if (s_axi_wvalid && s_axi_wready) begin
        beats[beats_in[3:0]] <= {s_axi_wlast, s_axi_wstrb, s_axi_wdata};
        beats_in <= beats_in + 5'd1;
      end
      if (takes_beat) beats_out <= beats_out + 5'd1;
    end
  end

  // One write: its address, its beats, a wait, its response.
  localparam logic [1:0] IDLE = 2'd0, BEATS = 2'd1, WAITS = 2'd2, ANSWERS = 2'd3;
  logic [1:0]            write_state;
  logic [INDEX_BITS-1:0] write_index;
  logic                  write_moves, write_works;
  logic [7:0]            write_left, write_wait;
  wire                   is_last_beat = write_left == 8'd0;
  assign takes_beat = write_state == BEATS && !is_empty;
  assign s_axi_awready = write_state == IDLE && !aw_stalls;
  assign s_axi_bvalid = write_state == ANSWERS;
  initial write_state = IDLE;
  initial {s_axi_bid, s_axi_bresp} = '0;
  always_ff @(posedge aclk) begin
    if (!aresetn) begin
      write_state <= IDLE;
      s_axi_bid <= '0;
      s_axi_bresp <= OKAY;
    end else begin
      case (write_state)
        IDLE: if (s_axi_awvalid && s_axi_awready) begin
          write_state <= BEATS;
          write_index <= s_axi_awaddr[INDEX_BITS+4:5];
          write_moves <= s_axi_awburst == INCR;
          write_works <= answer(s_axi_awaddr, s_axi_awsize, s_axi_awburst) == OKAY && !s_axi_awlock;
          write_left <= s_axi_awlen;
          s_axi_bid <= s_axi_awid;
          s_axi_bresp <= answer(s_axi_awaddr, s_axi_awsize, s_axi_awburst);
        end
        BEATS: if (takes_beat) begin
          if (write_moves) write_index <= write_index + 1'b1;
          write_left <= write_left - 8'd1;
          write_wait <= WAIT;
          if (is_last_beat || w_last) write_state <= WAIT == 8'd0 ? ANSWERS : WAITS;
          if (is_last_beat != w_last && s_axi_bresp == OKAY) s_axi_bresp <= SLVERR;
        end
        WAITS: begin
          write_wait <= write_wait - 8'd1;
          if (write_wait == 8'd1) write_state <= ANSWERS;
        end
        default: if (s_axi_bready) write_state <= IDLE;
      endcase
    end
  end
  always_ff @(posedge aclk) begin
    if (aresetn && takes_beat && write_works) memory[write_index] <= (memory[write_index] & ~lanes(w_strobe)) | (w_data & lanes(w_strobe));
  end

  // One read: its address, a wait, its beats. A beat is loaded when the one before it has left.
  logic [1:0]            read_state;
  logic [INDEX_BITS-1:0] read_index;
  logic                  read_moves;
  logic [1:0]            read_answer;
  logic [7:0]            read_wait;
  logic [8:0]            read_left;
  assign s_axi_arready = read_state == IDLE && !ar_stalls;
  initial read_state = IDLE;
  initial {s_axi_rvalid, s_axi_rid, s_axi_rdata, s_axi_rresp, s_axi_rlast} = '0;
  always_ff @(posedge aclk) begin
    if (!aresetn) begin
      read_state <= IDLE;
      {s_axi_rvalid, s_axi_rid, s_axi_rdata, s_axi_rresp, s_axi_rlast} <= '0;
    end else begin
      case (read_state)
        IDLE: if (s_axi_arvalid && s_axi_arready) begin
          read_state <= WAIT == 8'd0 ? BEATS : WAITS;
          read_index <= s_axi_araddr[INDEX_BITS+4:5];
          read_moves <= s_axi_arburst == INCR;
          read_answer <= answer(s_axi_araddr, s_axi_arsize, s_axi_arburst);
          read_wait <= WAIT;
          read_left <= {1'b0, s_axi_arlen} + 9'd1;
          s_axi_rid <= s_axi_arid;
        end
        WAITS: begin
          read_wait <= read_wait - 8'd1;
          if (read_wait == 8'd1) read_state <= BEATS;
        end
        default: if (!s_axi_rvalid || s_axi_rready) begin
          if (read_left == 9'd0) begin
            s_axi_rvalid <= 1'b0;
            read_state <= IDLE;
          end else if (r_pauses) begin
            s_axi_rvalid <= 1'b0;
          end else begin
            s_axi_rvalid <= 1'b1;
            s_axi_rdata <= read_answer == OKAY ? memory[read_index] : '0;
            s_axi_rresp <= read_answer;
            s_axi_rlast <= read_left == 9'd1;
            read_left <= read_left - 9'd1;
            if (read_moves) read_index <= read_index + 1'b1;
          end
        end
      endcase
    end
  end

  // Carried and not enforced (AXI-5).
  wire unused = &{1'b0, s_axi_awcache, s_axi_awprot, s_axi_awqos, s_axi_arcache, s_axi_arprot, s_axi_arqos, s_axi_arlock};
endmodule
