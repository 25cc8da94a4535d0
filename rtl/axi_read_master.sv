// One read at a time: AR and R of an operation of axi_program.
`timescale 1ns / 1ps

module axi_read_master (
  input  logic         aclk,
  input  logic         aresetn,
  input  logic         takes_never,  // a fault: RREADY stays low
  input  logic         start,        // takes the operation; while not busy
  input  logic [3:0]   id,
  input  logic [47:0]  addr,
  input  logic [7:0]   len,
  input  logic [2:0]   size,
  input  logic [1:0]   burst,
  input  logic [3:0]   cache,
  input  logic [1:0]   taking,
  input  logic         draws_ready,
  output logic         is_busy,
  output logic [10:0]  word,         // of the memory, that the next beat on R comes from
  output logic [31:0]  active,       // the lanes of that beat
  output logic         m_axi_arvalid,
  input  logic         m_axi_arready,
  output logic [3:0]   m_axi_arid,
  output logic [47:0]  m_axi_araddr,
  output logic [7:0]   m_axi_arlen,
  output logic [2:0]   m_axi_arsize,
  output logic [1:0]   m_axi_arburst,
  output logic [3:0]   m_axi_arcache,
  input  logic         m_axi_rvalid,
  output logic         m_axi_rready
);
  localparam logic [1:0] FIXED = 2'd0;

  logic       is_fixed, awaits_ar;
  logic [1:0] my_taking;
  logic [8:0] left;
  logic [2:0] r_waits;
  initial {m_axi_arvalid, m_axi_arid, m_axi_araddr, m_axi_arlen, m_axi_arsize, m_axi_arburst, m_axi_arcache, m_axi_rready, is_busy} = '0;
  always_ff @(posedge aclk) begin
    if (!aresetn) begin
      {m_axi_arvalid, m_axi_arid, m_axi_araddr, m_axi_arlen, m_axi_arsize, m_axi_arburst, m_axi_arcache, is_busy} <= '0;
      m_axi_arsize <= 3'd5;
    end else if (start) begin
      {is_fixed, awaits_ar, is_busy, my_taking} <= {burst == FIXED, 2'b11, taking};
      {left, word, active} <= {{1'b0, len} + 9'd1, addr[15:5], 32'hffff_ffff << addr[4:0]};
      m_axi_arvalid <= 1'b1;
      {m_axi_arid, m_axi_araddr, m_axi_arlen, m_axi_arsize, m_axi_arburst, m_axi_arcache} <= {id, addr, len, size, burst, cache};
    end else begin
      // The id need not stay: a slave that looks at it later is wrong.
      if (m_axi_arvalid && m_axi_arready) {m_axi_arvalid, awaits_ar, m_axi_arid} <= {2'b00, ~m_axi_arid};
      if (is_busy && m_axi_rvalid && m_axi_rready) begin
        left <= left - 9'd1;
        if (!is_fixed) {word, active} <= {word + 11'd1, 32'hffff_ffff};
        if (left == 9'd1) is_busy <= 1'b0;
      end
    end
  end

  // Between two reads R is accepted at once, if one comes.
  initial r_waits = '0;
  always_ff @(posedge aclk) begin
    r_waits <= aresetn && m_axi_rvalid && !m_axi_rready ? r_waits + 3'd1 : 3'd0;
    if (!aresetn || takes_never) m_axi_rready <= 1'b0;
    else if (start ? taking == 2'd0 : !is_busy || my_taking == 2'd0) m_axi_rready <= 1'b1;
    else if (start ? taking == 2'd1 : my_taking == 2'd1) m_axi_rready <= draws_ready;
    else m_axi_rready <= m_axi_rvalid && !m_axi_rready && r_waits >= 3'd4;
  end

  wire unused = awaits_ar;
endmodule
