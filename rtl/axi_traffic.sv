// A master of generation A that works through axi_program: one transaction a direction, and what it reads is held against a copy of the memory.
`timescale 1ns / 1ps

module axi_traffic (
  input  logic         aclk,
  input  logic         aresetn,
  input  logic [7:0]   fault,
  input  logic         stops,         // begins nothing more
  output logic         asks_restart,   // for one clock
  output logic         is_wrong,      // the beat that is taken from R holds other bytes than the memory should
  output logic         shows,         // an illegal address is accepted
  output logic         m_axi_awvalid,
  input  logic         m_axi_awready,
  output logic [3:0]   m_axi_awid,
  output logic [47:0]  m_axi_awaddr,
  output logic [7:0]   m_axi_awlen,
  output logic [2:0]   m_axi_awsize,
  output logic [1:0]   m_axi_awburst,
  output logic         m_axi_awlock,
  output logic [3:0]   m_axi_awcache,
  output logic [2:0]   m_axi_awprot,
  output logic [3:0]   m_axi_awqos,
  output logic         m_axi_wvalid,
  input  logic         m_axi_wready,
  output logic [255:0] m_axi_wdata,
  output logic [31:0]  m_axi_wstrb,
  output logic         m_axi_wlast,
  input  logic         m_axi_bvalid,
  output logic         m_axi_bready,
  input  logic [3:0]   m_axi_bid,
  input  logic [1:0]   m_axi_bresp,
  output logic         m_axi_arvalid,
  input  logic         m_axi_arready,
  output logic [3:0]   m_axi_arid,
  output logic [47:0]  m_axi_araddr,
  output logic [7:0]   m_axi_arlen,
  output logic [2:0]   m_axi_arsize,
  output logic [1:0]   m_axi_arburst,
  output logic         m_axi_arlock,
  output logic [3:0]   m_axi_arcache,
  output logic [2:0]   m_axi_arprot,
  output logic [3:0]   m_axi_arqos,
  input  logic         m_axi_rvalid,
  output logic         m_axi_rready,
  input  logic [3:0]   m_axi_rid,
  input  logic [255:0] m_axi_rdata,
  input  logic [1:0]   m_axi_rresp,
  input  logic         m_axi_rlast
);
  localparam logic [1:0] WRITE = 2'd1, READ = 2'd2, RESET = 2'd3;
  localparam logic [5:0] RESET_AFTER_CLOCKS = 6'd20;

  logic [5:0]  pc;
  logic [1:0]  kind, burst, strobes, order, taking;
  logic        is_joined, is_illegal, writes, reads;
  logic [3:0]  id, cache;
  logic [47:0] addr;
  logic [7:0]  len;
  logic [2:0]  size;
  axi_program program_rom (.fault, .pc, .kind, .is_joined, .id, .addr, .len, .size, .burst, .cache, .strobes, .order, .taking, .is_illegal);

  logic [15:0] lfsr;
  initial lfsr = 16'h5eed;
  always_ff @(posedge aclk) lfsr <= {lfsr[14:0], lfsr[15] ^ lfsr[13] ^ lfsr[12] ^ lfsr[10]};

  // The next operation begins when nothing is under way, or, if it is joined to the one before, nothing in its direction.
  logic [5:0] clocks;
  wire may_start = aresetn && !stops;
  wire starts_write = may_start && kind == WRITE && !writes && (is_joined || !reads);
  wire starts_read = may_start && kind == READ && !reads && (is_joined || !writes);
  wire starts_over = may_start && kind == RESET && clocks == RESET_AFTER_CLOCKS;
  logic write_is_illegal, read_is_illegal;
  initial {pc, clocks, asks_restart, write_is_illegal, read_is_illegal} = '0;
  always_ff @(posedge aclk) begin
    asks_restart <= starts_over;
    clocks <= kind == RESET ? clocks + 6'd1 : 6'd0;
    if (starts_write || starts_read || starts_over) pc <= pc + 6'd1;
    if (starts_write) write_is_illegal <= is_illegal;
    if (starts_read) read_is_illegal <= is_illegal;
  end
  assign shows = fault != axi_faults::NARROW_OKAY && ((write_is_illegal && m_axi_awvalid && m_axi_awready) || (read_is_illegal && m_axi_arvalid && m_axi_arready));

  logic [10:0] write_word, read_word;
  logic [31:0] active;
  axi_write_master write_master (
    .aclk, .aresetn, .waits_for_aw(fault == axi_faults::MUTUAL_WAIT), .takes_never(fault == axi_faults::BREADY_NEVER), .start(starts_write), .pc, .id, .addr, .len,
    .size, .burst, .cache, .strobes, .order, .taking, .draws_ready(lfsr[0]), .is_busy(writes), .word(write_word),
    .m_axi_awvalid, .m_axi_awready, .m_axi_awid, .m_axi_awaddr, .m_axi_awlen, .m_axi_awsize, .m_axi_awburst, .m_axi_awcache,
    .m_axi_wvalid, .m_axi_wready, .m_axi_wdata, .m_axi_wstrb, .m_axi_wlast, .m_axi_bvalid, .m_axi_bready);
  axi_read_master read_master (
    .aclk, .aresetn, .takes_never(fault == axi_faults::RREADY_NEVER), .start(starts_read), .id, .addr, .len, .size, .burst, .cache, .taking,
    .draws_ready(lfsr[1]), .is_busy(reads), .word(read_word), .active,
    .m_axi_arvalid, .m_axi_arready, .m_axi_arid, .m_axi_araddr, .m_axi_arlen, .m_axi_arsize, .m_axi_arburst, .m_axi_arcache, .m_axi_rvalid, .m_axi_rready);
  assign {m_axi_awlock, m_axi_awprot, m_axi_awqos, m_axi_arlock, m_axi_arprot, m_axi_arqos} = {1'b0, 3'd2, 4'd0, 1'b0, 3'd2, 4'd0};

  // With one transaction a direction, what comes is of the one that is under way.
  wire unused = &{1'b0, m_axi_bid, m_axi_bresp, m_axi_rid, m_axi_rlast};

  // The copy: written as a beat is accepted, so that a read beside a write goes elsewhere.
  logic [255:0] copy [0:2047];
  logic         goes_to_memory;
  function automatic logic [255:0] lanes(input logic [31:0] strobe);
    for (int i = 0; i < 32; i++) lanes[8*i +: 8] = {8{strobe[i]}};
  endfunction
  initial for (int i = 0; i < 2048; i++) copy[i] = '0;
  initial goes_to_memory = 1'b0;
  always_ff @(posedge aclk) begin
    if (starts_write) goes_to_memory <= addr[47:16] == 32'd0 && size == 3'd5 && burst < 2'd2;
    if (m_axi_wvalid && m_axi_wready && goes_to_memory) copy[write_word] <= (copy[write_word] & ~lanes(m_axi_wstrb)) | (m_axi_wdata & lanes(m_axi_wstrb));
  end
  assign is_wrong = aresetn && reads && m_axi_rvalid && m_axi_rready && m_axi_rresp == 2'd0
    && (m_axi_rdata & lanes(active)) !== (copy[read_word] & lanes(active));
endmodule
