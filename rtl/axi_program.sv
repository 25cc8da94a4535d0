// The operations of axi_traffic in their order, each a line; a fault of the master that asks for something illegal takes the place of one.
`timescale 1ns / 1ps

module axi_program (
  input  logic [7:0]  fault,
  input  logic [5:0]  pc,
  output logic [1:0]  kind,       // END, WRITE, READ, RESET
  output logic        is_joined,  // does not wait for the other direction
  output logic [3:0]  id,
  output logic [47:0] addr,
  output logic [7:0]  len,
  output logic [2:0]  size,
  output logic [1:0]  burst,
  output logic [3:0]  cache,
  output logic [1:0]  strobes,    // all lanes, every other, none
  output logic [1:0]  order,      // AW with W, AW first, W first, AW with W and a pause before each beat
  output logic [1:0]  taking,     // BREADY or RREADY: always, now and then, five clocks late
  output logic        is_illegal  // the fault is in this operation
);
  localparam logic [1:0] END = 2'd0, WRITE = 2'd1, READ = 2'd2, RESET = 2'd3;
  localparam logic [1:0] FIXED = 2'd0, INCR = 2'd1, WRAP = 2'd2, RESERVED = 2'd3;
  localparam logic [1:0] ALL = 2'd0, SPARSE = 2'd1, NO_LANES = 2'd2;
  localparam logic [1:0] TOGETHER = 2'd0, AW_FIRST = 2'd1, W_FIRST = 2'd2, PAUSING = 2'd3;
  localparam logic [1:0] ALWAYS = 2'd0, SOMETIMES = 2'd1, LATE = 2'd2;

  always_comb begin
    {cache, size, is_illegal} = {4'd0, 3'd5, 1'b0};
    case (pc)
      // A single beat, then four beats, and what was written is read back.
      6'd0:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd1, 48'h0000, 8'd0, INCR, ALL, TOGETHER, ALWAYS};
      6'd1:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd1, 48'h0000, 8'd0, INCR, ALL, TOGETHER, ALWAYS};
      6'd2:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd2, 48'h0100, 8'd3, INCR, ALL, AW_FIRST, LATE};
      6'd3:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd3, 48'h0100, 8'd3, INCR, ALL, TOGETHER, LATE};
      // All of W before AW.
      6'd4:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd4, 48'h0200, 8'd7, INCR, ALL, W_FIRST, ALWAYS};
      6'd5:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd4, 48'h0200, 8'd7, INCR, ALL, TOGETHER, SOMETIMES};
      6'd6:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd5, 48'h0300, 8'd0, INCR, ALL, AW_FIRST, ALWAYS};
      // Up to the last byte of a page.
      6'd7:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd6, 48'h0f80, 8'd3, INCR, ALL, PAUSING, SOMETIMES};
      6'd8:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd6, 48'h0f80, 8'd3, INCR, ALL, TOGETHER, ALWAYS};
      // Unaligned over what is there, then FIXED, of 16 beats and unaligned.
      6'd9:  {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd7, 48'h0204, 8'd2, INCR, ALL, TOGETHER, ALWAYS};
      6'd10: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd7, 48'h0200, 8'd2, INCR, ALL, TOGETHER, ALWAYS};
      6'd11: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd8, 48'h2000, 8'd3, FIXED, ALL, TOGETHER, ALWAYS};
      6'd12: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd8, 48'h2000, 8'd3, FIXED, ALL, TOGETHER, ALWAYS};
      6'd13: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd9, 48'h2027, 8'd15, FIXED, ALL, W_FIRST, ALWAYS};
      6'd14: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd9, 48'h2027, 8'd15, FIXED, ALL, TOGETHER, ALWAYS};
      // Every other byte, then none.
      6'd15: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd10, 48'h0100, 8'd3, INCR, SPARSE, TOGETHER, ALWAYS};
      6'd16: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd10, 48'h0100, 8'd3, INCR, ALL, TOGETHER, SOMETIMES};
      6'd17: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd11, 48'h0200, 8'd1, INCR, NO_LANES, TOGETHER, ALWAYS};
      6'd18: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd11, 48'h0204, 8'd1, INCR, ALL, TOGETHER, ALWAYS};
      // Both directions at once.
      6'd19: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd12, 48'h4000, 8'd15, INCR, ALL, PAUSING, LATE};
      6'd20: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b1, 4'd12, 48'h0100, 8'd7, INCR, ALL, TOGETHER, SOMETIMES};
      // A whole page.
      6'd21: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd13, 48'h3000, 8'd127, INCR, ALL, TOGETHER, ALWAYS};
      6'd22: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd13, 48'h3000, 8'd127, INCR, ALL, TOGETHER, ALWAYS};
      // Outside the memory; one beat, and the highest address there is.
      6'd23: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd14, 48'h0001_0000, 8'd1, INCR, ALL, TOGETHER, ALWAYS};
      6'd24: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd14, 48'h0001_0000, 8'd3, INCR, ALL, TOGETHER, ALWAYS};
      6'd25: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd15, 48'hffff_ffff_ffe0, 8'd0, INCR, ALL, TOGETHER, ALWAYS};
      // Never written; the last word; the first again, which the write outside must not have reached.
      6'd26: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd0, 48'h8000, 8'd1, INCR, ALL, TOGETHER, ALWAYS};
      6'd27: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd15, 48'hffe0, 8'd0, INCR, ALL, W_FIRST, LATE};
      6'd28: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd15, 48'hffe0, 8'd0, INCR, ALL, TOGETHER, LATE};
      6'd29: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd1, 48'h0000, 8'd1, INCR, ALL, TOGETHER, ALWAYS};
      // A reset with a read under way, and the memory is as it was.
      6'd30: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd5, 48'h3000, 8'd63, INCR, ALL, TOGETHER, ALWAYS};
      6'd31: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {RESET, 1'b1, 4'd0, 48'h0000, 8'd0, INCR, ALL, TOGETHER, ALWAYS};
      6'd32: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd2, 48'h0fe0, 8'd0, INCR, ALL, TOGETHER, ALWAYS};
      6'd33: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {WRITE, 1'b0, 4'd2, 48'h5000, 8'd1, INCR, ALL, TOGETHER, ALWAYS};
      6'd34: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {READ, 1'b0, 4'd2, 48'h5000, 8'd1, INCR, ALL, TOGETHER, ALWAYS};
      default: {kind, is_joined, id, addr, len, burst, strobes, order, taking} = {END, 1'b0, 4'd0, 48'h0000, 8'd0, INCR, ALL, TOGETHER, ALWAYS};
    endcase

    if (pc == 6'd2) begin
      is_illegal = 1'b1;
      case (fault)
        axi_faults::WRITE_CROSSES_PAGE: addr = 48'h0fc0;
        axi_faults::WRITE_FIXED_17: {len, burst} = {8'd16, FIXED};
        axi_faults::BURST_RESERVED: burst = RESERVED;
        axi_faults::SIZE_6: {size, strobes, len} = {3'd6, NO_LANES, 8'd0};
        default: is_illegal = 1'b0;
      endcase
    end
    if (pc == 6'd3) begin
      is_illegal = 1'b1;
      case (fault)
        axi_faults::READ_CROSSES_PAGE: addr = 48'h0fc0;
        axi_faults::READ_FIXED_17: {len, burst} = {8'd16, FIXED};
        axi_faults::BURST_WRAP: burst = WRAP;
        axi_faults::NARROW: size = 3'd3;
        axi_faults::NARROW_OKAY: {size, len} = {3'd3, 8'd0};
        axi_faults::CACHE_RESERVED: cache = 4'b0100;
        default: is_illegal = 1'b0;
      endcase
    end
  end
endmodule
