// axi_traffic on axi_memory, faults between them, and what the bus carried as the simulator saw it.
//   +FAULT=n      a number of axi_faults; none, and the pair is as it should be
//   +DUMP=FILE    a dump of all of it
// A line of the log is a letter, the number of the clock's rising edge from 0, and what was handed over there, in hexadecimal:
//   A edge id addr len size burst     AW        W edge data strb last     B edge id resp
//   a edge id addr len size burst     AR        R edge id data resp last
//   X edge    reset, which ends what is under way
//   F edge    the fault shows          M edge    a read returned what the memory should not hold
//   D edge    a VALID has waited, and nothing has moved, for more than 512 clocks                E edges    the end, after so many edges
`timescale 1ns / 1ps

module axi_pair_tb;
  logic aclk = 1'b0;
  always #5 aclk = !aclk;

  // From power on, and again where the program asks for it.
  logic       aresetn = 1'b0;
  logic [2:0] held = 3'd5;
  logic       asks_restart;
  always_ff @(posedge aclk) begin
    if (asks_restart) held <= 3'd5;
    else if (held != 3'd0) held <= held - 3'd1;
    aresetn <= held == 3'd0 && !asks_restart;
  end

  logic [7:0] fault;
  string      dump;
  initial begin
    if (!$value$plusargs("FAULT=%d", fault)) fault = axi_faults::NONE;
    if ($value$plusargs("DUMP=%s", dump)) begin
      $dumpfile(dump);
      $dumpvars(0, axi_pair_tb);
    end
  end

  logic         axi_awvalid, axi_awready, axi_awlock, axi_wvalid, axi_wready, axi_wlast, axi_bvalid, axi_bready;
  logic         axi_arvalid, axi_arready, axi_arlock, axi_rvalid, axi_rready, axi_rlast;
  logic [3:0]   axi_awid, axi_awcache, axi_awqos, axi_bid, axi_arid, axi_arcache, axi_arqos, axi_rid;
  logic [47:0]  axi_awaddr, axi_araddr;
  logic [7:0]   axi_awlen, axi_arlen;
  logic [2:0]   axi_awsize, axi_awprot, axi_arsize, axi_arprot;
  logic [1:0]   axi_awburst, axi_bresp, axi_arburst, axi_rresp;
  logic [255:0] axi_wdata, axi_rdata;
  logic [31:0]  axi_wstrb;
  logic         master_shows, slave_shows, is_wrong;
  logic         stops = 1'b0;
  axi_faulty_traffic master (
    .aclk, .aresetn, .fault, .stops, .asks_restart, .is_wrong, .shows(master_shows),
    .m_axi_awvalid(axi_awvalid), .m_axi_awready(axi_awready), .m_axi_awid(axi_awid), .m_axi_awaddr(axi_awaddr), .m_axi_awlen(axi_awlen), .m_axi_awsize(axi_awsize),
    .m_axi_awburst(axi_awburst), .m_axi_awlock(axi_awlock), .m_axi_awcache(axi_awcache), .m_axi_awprot(axi_awprot), .m_axi_awqos(axi_awqos),
    .m_axi_wvalid(axi_wvalid), .m_axi_wready(axi_wready), .m_axi_wdata(axi_wdata), .m_axi_wstrb(axi_wstrb), .m_axi_wlast(axi_wlast),
    .m_axi_bvalid(axi_bvalid), .m_axi_bready(axi_bready), .m_axi_bid(axi_bid), .m_axi_bresp(axi_bresp),
    .m_axi_arvalid(axi_arvalid), .m_axi_arready(axi_arready), .m_axi_arid(axi_arid), .m_axi_araddr(axi_araddr), .m_axi_arlen(axi_arlen), .m_axi_arsize(axi_arsize),
    .m_axi_arburst(axi_arburst), .m_axi_arlock(axi_arlock), .m_axi_arcache(axi_arcache), .m_axi_arprot(axi_arprot), .m_axi_arqos(axi_arqos),
    .m_axi_rvalid(axi_rvalid), .m_axi_rready(axi_rready), .m_axi_rid(axi_rid), .m_axi_rdata(axi_rdata), .m_axi_rresp(axi_rresp), .m_axi_rlast(axi_rlast));
  axi_faulty_memory #(.LATENCY(2), .STALL(5)) slave (
    .aclk, .aresetn, .fault, .shows(slave_shows),
    .s_axi_awvalid(axi_awvalid), .s_axi_awready(axi_awready), .s_axi_awid(axi_awid), .s_axi_awaddr(axi_awaddr), .s_axi_awlen(axi_awlen), .s_axi_awsize(axi_awsize),
    .s_axi_awburst(axi_awburst), .s_axi_awlock(axi_awlock), .s_axi_awcache(axi_awcache), .s_axi_awprot(axi_awprot), .s_axi_awqos(axi_awqos),
    .s_axi_wvalid(axi_wvalid), .s_axi_wready(axi_wready), .s_axi_wdata(axi_wdata), .s_axi_wstrb(axi_wstrb), .s_axi_wlast(axi_wlast),
    .s_axi_bvalid(axi_bvalid), .s_axi_bready(axi_bready), .s_axi_bid(axi_bid), .s_axi_bresp(axi_bresp),
    .s_axi_arvalid(axi_arvalid), .s_axi_arready(axi_arready), .s_axi_arid(axi_arid), .s_axi_araddr(axi_araddr), .s_axi_arlen(axi_arlen), .s_axi_arsize(axi_arsize),
    .s_axi_arburst(axi_arburst), .s_axi_arlock(axi_arlock), .s_axi_arcache(axi_arcache), .s_axi_arprot(axi_arprot), .s_axi_arqos(axi_arqos),
    .s_axi_rvalid(axi_rvalid), .s_axi_rready(axi_rready), .s_axi_rid(axi_rid), .s_axi_rdata(axi_rdata), .s_axi_rresp(axi_rresp), .s_axi_rlast(axi_rlast));

  wire moves = (axi_awvalid && axi_awready) || (axi_wvalid && axi_wready) || (axi_bvalid && axi_bready) || (axi_arvalid && axi_arready) || (axi_rvalid && axi_rready);
  wire waits = axi_awvalid || axi_wvalid || axi_bvalid || axi_arvalid || axi_rvalid;
  integer edges = 0;
  integer still = 0;
  integer stuck = 0;
  always @(posedge aclk) begin
    if (aresetn) begin
      if (axi_awvalid && axi_awready) $display("A %0d %x %x %x %x %x", edges, axi_awid, axi_awaddr, axi_awlen, axi_awsize, axi_awburst);
      if (axi_wvalid && axi_wready) $display("W %0d %x %x %x", edges, axi_wdata, axi_wstrb, axi_wlast);
      if (axi_bvalid && axi_bready) $display("B %0d %x %x", edges, axi_bid, axi_bresp);
      if (axi_arvalid && axi_arready) $display("a %0d %x %x %x %x %x", edges, axi_arid, axi_araddr, axi_arlen, axi_arsize, axi_arburst);
      if (axi_rvalid && axi_rready) $display("R %0d %x %x %x %x", edges, axi_rid, axi_rdata, axi_rresp, axi_rlast);
    end
    if (!aresetn) $display("X %0d", edges);
    if (is_wrong) $display("M %0d", edges);
    if (master_shows || slave_shows) $display("F %0d", edges);
    if (master_shows || slave_shows || is_wrong) stops <= 1'b1;
    still <= moves || !aresetn ? 0 : still + 1;
    stuck <= moves || !waits || !aresetn ? 0 : stuck + 1;
    if (waits && !moves && stuck == 512) $display("D %0d", edges);
    edges <= edges + 1;
    // Longer than the checker waits before it calls an end quiet, or a handshake dead.
    if (still >= (waits ? 700 : 100)) begin
      $display("E %0d", edges + 1);
      $finish;
    end
  end
endmodule
