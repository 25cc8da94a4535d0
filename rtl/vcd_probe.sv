// A stream and an AXI4 read port, both with back-pressure, driven from one counter: small enough to dump, and the same transfers in every simulator.
`timescale 1ns / 1ps

module probe_master (
  input  logic        clk,
  input  logic        rst_n,
  output logic        tx_valid,
  input  logic        tx_ready,
  output logic [15:0] tx_data,
  output logic        m_axi_arvalid,
  input  logic        m_axi_arready,
  output logic [31:0] m_axi_araddr,
  output logic [7:0]  m_axi_arlen,
  input  logic        m_axi_rvalid,
  output logic        m_axi_rready,
  input  logic [63:0] m_axi_rdata,
  input  logic        m_axi_rlast
);
  logic [15:0] lfsr;
  logic [3:0]  sent;
  always_ff @(posedge clk) begin
    if (!rst_n) begin
      tx_valid <= 1'b0;
      tx_data <= 16'h0;
      m_axi_arvalid <= 1'b0;
      m_axi_araddr <= 32'h0;
      m_axi_arlen <= 8'h0;
      m_axi_rready <= 1'b0;
      lfsr <= 16'hACE1;
      sent <= 4'h0;
    end else begin
      lfsr <= {lfsr[14:0], lfsr[15] ^ lfsr[13] ^ lfsr[12] ^ lfsr[10]};
      if (!tx_valid || tx_ready) begin
        tx_valid <= lfsr[0];
        if (lfsr[0]) tx_data <= lfsr;
      end
      if (m_axi_arvalid && m_axi_arready) begin
        m_axi_arvalid <= 1'b0;
        sent <= sent + 4'h1;
      end else if (!m_axi_arvalid && lfsr[3:2] == 2'b11) begin
        m_axi_arvalid <= 1'b1;
        m_axi_araddr <= {20'h4_0000, sent, 8'h00};
        m_axi_arlen <= {6'h0, lfsr[5:4]};
      end
      m_axi_rready <= lfsr[6];
    end
  end
endmodule

module probe_slave (
  input  logic        clk,
  input  logic        rst_n,
  input  logic        tx_valid,
  output logic        tx_ready,
  input  logic [15:0] tx_data,
  input  logic        s_axi_arvalid,
  output logic        s_axi_arready,
  input  logic [31:0] s_axi_araddr,
  input  logic [7:0]  s_axi_arlen,
  output logic        s_axi_rvalid,
  input  logic        s_axi_rready,
  output logic [63:0] s_axi_rdata,
  output logic        s_axi_rlast
);
  logic [7:0]  lfsr;
  logic [8:0]  left;
  logic [15:0] sum;
  assign s_axi_arready = left == 9'h0;
  assign s_axi_rlast = left == 9'h1;
  always_ff @(posedge clk) begin
    if (!rst_n) begin
      tx_ready <= 1'b0;
      s_axi_rvalid <= 1'b0;
      s_axi_rdata <= 64'h0;
      lfsr <= 8'h5A;
      left <= 9'h0;
      sum <= 16'h0;
    end else begin
      lfsr <= {lfsr[6:0], lfsr[7] ^ lfsr[5] ^ lfsr[4] ^ lfsr[3]};
      tx_ready <= lfsr[0];
      if (tx_valid && tx_ready) sum <= sum + tx_data;
      if (s_axi_arvalid && s_axi_arready) begin
        left <= {1'b0, s_axi_arlen} + 9'h1;
        s_axi_rvalid <= 1'b1;
        s_axi_rdata <= {s_axi_araddr, 32'h0};
      end else if (s_axi_rvalid && s_axi_rready) begin
        left <= left - 9'h1;
        s_axi_rvalid <= left != 9'h1;
        s_axi_rdata <= s_axi_rdata + 64'h1;
      end
    end
  end
endmodule

module probe_pair (input logic clk, input logic rst_n);
  logic        tx_valid, tx_ready;
  logic [15:0] tx_data;
  logic        arvalid, arready, rvalid, rready, rlast;
  logic [31:0] araddr;
  logic [7:0]  arlen;
  logic [63:0] rdata;
  probe_master master (
    .clk(clk), .rst_n(rst_n), .tx_valid(tx_valid), .tx_ready(tx_ready), .tx_data(tx_data),
    .m_axi_arvalid(arvalid), .m_axi_arready(arready), .m_axi_araddr(araddr), .m_axi_arlen(arlen),
    .m_axi_rvalid(rvalid), .m_axi_rready(rready), .m_axi_rdata(rdata), .m_axi_rlast(rlast));
  probe_slave slave (
    .clk(clk), .rst_n(rst_n), .tx_valid(tx_valid), .tx_ready(tx_ready), .tx_data(tx_data),
    .s_axi_arvalid(arvalid), .s_axi_arready(arready), .s_axi_araddr(araddr), .s_axi_arlen(arlen),
    .s_axi_rvalid(rvalid), .s_axi_rready(rready), .s_axi_rdata(rdata), .s_axi_rlast(rlast));
  // The simulator's own account of the transfers, in its log: what a reader of the dump is held against.
  integer edges = 0;
  always @(posedge clk) begin
    if (tx_valid && tx_ready) $display("T %0d %04x", edges, tx_data);
    if (arvalid && arready) $display("A %0d %08x %02x", edges, araddr, arlen);
    if (rvalid && rready) $display("R %0d %016x %0d", edges, rdata, rlast);
    edges = edges + 1;
  end
endmodule
