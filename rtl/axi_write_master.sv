// One write at a time: AW, W and B of an operation of axi_program. The lanes of W are those of full-width beats.
`timescale 1ns / 1ps

module axi_write_master (
  input  logic         aclk,
  input  logic         aresetn,
  input  logic         waits_for_aw,  // a fault: W begins after the handshake of AW, instead of five clocks after AWVALID
  input  logic         takes_never,   // a fault: BREADY stays low
  input  logic         start,         // takes the operation; while not busy
  input  logic [5:0]   pc,
  input  logic [3:0]   id,
  input  logic [47:0]  addr,
  input  logic [7:0]   len,
  input  logic [2:0]   size,
  input  logic [1:0]   burst,
  input  logic [3:0]   cache,
  input  logic [1:0]   strobes,
  input  logic [1:0]   order,
  input  logic [1:0]   taking,
  input  logic         draws_ready,
  output logic         is_busy,
  output logic [10:0]  word,          // of the memory, that the beat on W goes to
  output logic         m_axi_awvalid,
  input  logic         m_axi_awready,
  output logic [3:0]   m_axi_awid,
  output logic [47:0]  m_axi_awaddr,
  output logic [7:0]   m_axi_awlen,
  output logic [2:0]   m_axi_awsize,
  output logic [1:0]   m_axi_awburst,
  output logic [3:0]   m_axi_awcache,
  output logic         m_axi_wvalid,
  input  logic         m_axi_wready,
  output logic [255:0] m_axi_wdata,
  output logic [31:0]  m_axi_wstrb,
  output logic         m_axi_wlast,
  input  logic         m_axi_bvalid,
  output logic         m_axi_bready
);
  localparam logic [1:0] AW_FIRST = 2'd1, W_FIRST = 2'd2, PAUSING = 2'd3;
  localparam logic [1:0] FIXED = 2'd0;

  // Each byte is told apart by its lane, its beat and its operation.
  function automatic logic [255:0] pattern(input logic [5:0] op, input logic [7:0] beat);
    for (int i = 0; i < 32; i++) pattern[8*i +: 8] = 8'd29 * {2'd0, op} + 8'd7 * beat + 8'd5 * i[7:0] + 8'd1;
  endfunction

  function automatic logic [31:0] strobe(input logic [1:0] choice, input logic is_unaligned, input logic [4:0] first);
    strobe = choice == 2'd0 ? 32'hffff_ffff : choice == 2'd1 ? 32'h5555_5555 : 32'h0;
    if (is_unaligned) strobe = strobe & (32'hffff_ffff << first);
  endfunction

  logic [5:0] op;
  logic [1:0] my_strobes, my_order, my_taking;
  logic [4:0] first_lane;
  logic       is_fixed, awaits_aw, awaits_w, awaits_b;
  logic [7:0] beat, last_beat;
  logic [2:0] clocks, b_waits;
  initial {m_axi_awvalid, m_axi_awid, m_axi_awaddr, m_axi_awlen, m_axi_awsize, m_axi_awburst, m_axi_awcache} = '0;
  initial {m_axi_wvalid, m_axi_wdata, m_axi_wstrb, m_axi_wlast, m_axi_bready, is_busy} = '0;
  always_ff @(posedge aclk) begin
    if (!aresetn) begin
      {m_axi_awvalid, m_axi_awid, m_axi_awaddr, m_axi_awlen, m_axi_awsize, m_axi_awburst, m_axi_awcache} <= '0;
      {m_axi_wvalid, m_axi_wdata, m_axi_wstrb, m_axi_wlast, is_busy} <= '0;
    end else if (start) begin
      {op, my_strobes, my_order, my_taking} <= {pc, strobes, order, taking};
      {is_fixed, awaits_aw, awaits_w, awaits_b, is_busy} <= {burst == FIXED, 4'b1111};
      {beat, last_beat, clocks, first_lane, word} <= {8'd0, len, 3'd0, addr[4:0], addr[15:5]};
      m_axi_awvalid <= order != W_FIRST;
      {m_axi_awid, m_axi_awaddr, m_axi_awlen, m_axi_awsize, m_axi_awburst, m_axi_awcache} <= {id, addr, len, size, burst, cache};
      m_axi_wvalid <= order != AW_FIRST && order != PAUSING;
      {m_axi_wdata, m_axi_wstrb, m_axi_wlast} <= {pattern(pc, 8'd0), strobe(strobes, 1'b1, addr[4:0]), len == 8'd0};
    end else begin
      if (clocks != 3'd7) clocks <= clocks + 3'd1;
      if (m_axi_awvalid && m_axi_awready) begin
        // The id need not stay: a slave that looks at it later is wrong.
        {m_axi_awvalid, awaits_aw, m_axi_awid} <= {2'b00, ~m_axi_awid};
      end else if (is_busy && awaits_aw && !awaits_w) begin
        m_axi_awvalid <= 1'b1;
      end
      if (m_axi_wvalid && m_axi_wready) begin
        if (beat == last_beat) begin
          {m_axi_wvalid, awaits_w} <= 2'b00;
        end else begin
          beat <= beat + 8'd1;
          if (!is_fixed) word <= word + 11'd1;
          m_axi_wvalid <= my_order != PAUSING;
          {m_axi_wdata, m_axi_wstrb, m_axi_wlast} <= {pattern(op, beat + 8'd1), strobe(my_strobes, is_fixed, first_lane), beat + 8'd1 == last_beat};
        end
      end else if (is_busy && awaits_w && (my_order != AW_FIRST || (waits_for_aw ? !awaits_aw : clocks >= 3'd5))) begin
        m_axi_wvalid <= 1'b1;
      end
      if (m_axi_bvalid && m_axi_bready) awaits_b <= 1'b0;
      if (!awaits_aw && !awaits_w && !awaits_b) is_busy <= 1'b0;
    end
  end

  // Between two writes B is accepted at once, if one comes.
  initial b_waits = '0;
  always_ff @(posedge aclk) begin
    b_waits <= aresetn && m_axi_bvalid && !m_axi_bready ? b_waits + 3'd1 : 3'd0;
    if (!aresetn || takes_never) m_axi_bready <= 1'b0;
    else if (start ? taking == 2'd0 : !is_busy || my_taking == 2'd0) m_axi_bready <= 1'b1;
    else if (start ? taking == 2'd1 : my_taking == 2'd1) m_axi_bready <= draws_ready;
    else m_axi_bready <= m_axi_bvalid && !m_axi_bready && b_waits >= 3'd4;
  end
endmodule
