// axi_traffic, and between it and the bus the faults of a master. Without one it is a wire.
`timescale 1ns / 1ps

module axi_faulty_traffic (
  input  logic         aclk,
  input  logic         aresetn,
  input  logic [7:0]   fault,
  input  logic         stops,
  output logic         asks_restart,
  output logic         is_wrong,
  output logic         shows,         // the fault is on the pins in this cycle, and was not before
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
  logic         own_awvalid, own_awready, own_wvalid, own_wready, own_wlast, own_arvalid, own_arready, own_shows;
  logic [3:0]   own_awid, own_arid, own_arcache;
  logic [47:0]  own_awaddr, own_araddr;
  logic [7:0]   own_awlen, own_arlen;
  logic [255:0] own_wdata;
  logic [31:0]  own_wstrb;
  axi_traffic traffic (
    .aclk, .aresetn, .fault, .stops, .asks_restart, .is_wrong, .shows(own_shows),
    .m_axi_awvalid(own_awvalid), .m_axi_awready(own_awready), .m_axi_awid(own_awid), .m_axi_awaddr(own_awaddr), .m_axi_awlen(own_awlen), .m_axi_awsize,
    .m_axi_awburst, .m_axi_awlock, .m_axi_awcache, .m_axi_awprot, .m_axi_awqos,
    .m_axi_wvalid(own_wvalid), .m_axi_wready(own_wready), .m_axi_wdata(own_wdata), .m_axi_wstrb(own_wstrb), .m_axi_wlast(own_wlast),
    .m_axi_bvalid, .m_axi_bready, .m_axi_bid, .m_axi_bresp,
    .m_axi_arvalid(own_arvalid), .m_axi_arready(own_arready), .m_axi_arid(own_arid), .m_axi_araddr(own_araddr), .m_axi_arlen(own_arlen), .m_axi_arsize,
    .m_axi_arburst, .m_axi_arlock, .m_axi_arcache(own_arcache), .m_axi_arprot, .m_axi_arqos,
    .m_axi_rvalid, .m_axi_rready, .m_axi_rid, .m_axi_rdata, .m_axi_rresp, .m_axi_rlast);

  // What the last cycle left waiting, the beats of the write so far, and whether a fault that shows once has shown.
  logic       aw_waits, w_waits, ar_waits, is_spent, was_held, has_run;
  logic [7:0] beat, awlen;
  initial {aw_waits, w_waits, ar_waits, is_spent, has_run, beat, awlen} = '0;
  initial was_held = 1'b1;
  always_ff @(posedge aclk) begin
    aw_waits <= m_axi_awvalid && !m_axi_awready;
    w_waits <= m_axi_wvalid && !m_axi_wready;
    ar_waits <= m_axi_arvalid && !m_axi_arready;
    was_held <= !aresetn;
    has_run <= has_run || (m_axi_awvalid && m_axi_awready);
    if (!aresetn) beat <= 8'd0;
    else if (own_wvalid && own_wready) beat <= own_wlast ? 8'd0 : beat + 8'd1;
    if (own_awvalid) awlen <= own_awlen;
    if (shows) is_spent <= 1'b1;
  end
  wire has_four_beats = (own_awvalid ? own_awlen : awlen) == 8'd3;

  // A request that the program does not have: a read in the first cycle after reset, a read or a write beside the one that is under way.
  logic early_ar, extra_ar, extra_aw, extra_w;
  initial {early_ar, extra_ar, extra_aw, extra_w} = '0;
  always_ff @(posedge aclk) begin
    early_ar <= (fault == axi_faults::ARVALID_AFTER_RESET && !is_spent && !aresetn) || (early_ar && !(aresetn && m_axi_arready));
    if (m_axi_arvalid && m_axi_arready) extra_ar <= fault == axi_faults::AR_TWICE_LOST && !is_spent && !extra_ar;
    if (fault == axi_faults::B_OVERWRITTEN && m_axi_awvalid && m_axi_awready) extra_aw <= !is_spent && !extra_aw && own_awlen == 8'd0;
    if (extra_aw && m_axi_awready) extra_w <= 1'b1;
    else if (extra_w && m_axi_wready) extra_w <= 1'b0;
  end

  wire drops_aw = fault == axi_faults::AWVALID_DROPPED && aw_waits && !is_spent;
  wire drops_ar = fault == axi_faults::ARVALID_DROPPED && ar_waits && !is_spent;
  wire drops_w = fault == axi_faults::WVALID_DROPPED && w_waits && !is_spent;
  wire moves_address = fault == axi_faults::AWADDR_CHANGES && aw_waits;
  wire moves_data = fault == axi_faults::WDATA_CHANGES && w_waits;
  wire is_cut = (fault == axi_faults::WLAST_EARLY || fault == axi_faults::WRITE_STOPS) && has_four_beats && beat >= 8'd2;
  wire hides_last = fault == axi_faults::WLAST_NEVER;
  wire shows_last = fault == axi_faults::WLAST_EARLY && has_four_beats && beat == 8'd1;
  wire strobes_below = fault == axi_faults::STROBE_BELOW && own_wstrb == 32'hffff_fff0;
  wire has_x = fault == axi_faults::WDATA_X;
  // In the second reset: a dump in which VALID is high in reset and nowhere else says nothing of the reset.
  wire w_too_early = fault == axi_faults::WVALID_IN_RESET && was_held && !aresetn && has_run;

  assign m_axi_awvalid = (own_awvalid || extra_aw) && !drops_aw;
  assign own_awready = m_axi_awready && !drops_aw && !extra_aw;
  assign m_axi_awid = extra_aw ? 4'd6 : own_awid;
  assign m_axi_awaddr = moves_address ? own_awaddr ^ 48'h20 : own_awaddr;
  assign m_axi_awlen = own_awlen;

  assign m_axi_wvalid = (own_wvalid && !drops_w && !is_cut) || extra_w || w_too_early;
  assign own_wready = (m_axi_wready && !drops_w && !extra_w && !is_cut) || (is_cut && fault == axi_faults::WLAST_EARLY);
  assign m_axi_wdata = has_x ? {own_wdata[255:16], 16'hxxxx} : moves_data ? ~own_wdata : own_wdata;
  assign m_axi_wstrb = strobes_below ? 32'hffff_ffff : own_wstrb;
  assign m_axi_wlast = (own_wlast && !hides_last) || shows_last;

  assign m_axi_arvalid = (own_arvalid || extra_ar || (early_ar && aresetn)) && !drops_ar;
  assign own_arready = m_axi_arready && !drops_ar && !extra_ar && !early_ar;
  assign m_axi_arid = extra_ar ? 4'd6 : own_arid;
  assign m_axi_araddr = own_araddr;
  assign m_axi_arlen = own_arlen;
  assign m_axi_arcache = own_arcache;

  wire w_taken = m_axi_wvalid && m_axi_wready;
  assign shows = own_shows || (!is_spent && (
    drops_aw || drops_ar || drops_w || moves_address || moves_data || (early_ar && aresetn) || w_too_early
    || (shows_last && w_taken) || (hides_last && own_wlast && w_taken) || (strobes_below && w_taken) || (has_x && m_axi_wvalid)
    || (fault == axi_faults::WRITE_STOPS && is_cut)
    || (fault == axi_faults::AR_TWICE_LOST && extra_ar && m_axi_arready) || (fault == axi_faults::B_OVERWRITTEN && extra_aw && m_axi_awready)));
endmodule
