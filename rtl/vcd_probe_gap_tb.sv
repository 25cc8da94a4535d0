// Dumping off and on again, a real, an event, an escaped identifier, a vector of 70 bits with x and z, an alias: what else a dump of Icarus may hold.
`timescale 1ns / 1ps

module tb;
  reg clk = 0;
  reg rst_n = 0;
  real temperature = 1.5;
  event tick;
  reg [69:0] \wide[x] = 70'bx;
  wire [69:0] wide_alias = \wide[x] ;
  probe_pair pair (.clk(clk), .rst_n(rst_n));
  always #5 clk = ~clk;
  initial begin
    $dumpfile("icarus-gap.vcd");
    $dumpvars(0, tb);
    #42 rst_n = 1;
    #60 \wide[x] = 70'bz01;
    #1 temperature = 2.5;
    ->tick;
    #97 $dumpoff;
    #100 $dumpon;
    #3 \wide[x] = {6'b10x0z1, 64'h0123_4567_89ab_cdef};
    #97 $finish;
  end
endmodule
