// Clock, reset and dump for Icarus; Verilator's harness is vcd_probe_main.cpp.
`timescale 1ns / 1ps

module tb;
  reg clk = 0;
  reg rst_n = 0;
  probe_pair pair (.clk(clk), .rst_n(rst_n));
  always #5 clk = ~clk;
  initial begin
    $dumpfile("icarus.vcd");
    $dumpvars(0, tb);
    #42 rst_n = 1;
    #1558 $finish;
  end
endmodule
