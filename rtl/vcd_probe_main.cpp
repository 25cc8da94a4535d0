// Clock, reset and dump for Verilator, with the edges of vcd_probe_tb.sv.
#include "Vprobe_pair.h"
#include "verilated.h"
#include "verilated_vcd_c.h"

int main(int argc, char **argv) {
  VerilatedContext context;
  context.commandArgs(argc, argv);
  context.traceEverOn(true);
  Vprobe_pair top{&context};
  VerilatedVcdC trace;
  top.trace(&trace, 99);
  trace.open("verilator.vcd");
  top.clk = 0;
  top.rst_n = 0;
  for (int ns = 0; ns < 1600; ns++) {
    const bool is_edge = ns % 5 == 0 && ns > 0;
    if (is_edge) top.clk = !top.clk;
    if (ns == 42) top.rst_n = 1;
    if (is_edge || ns == 0 || ns == 42) {
      top.eval();
      trace.dump(static_cast<vluint64_t>(ns) * 1000);
    }
  }
  trace.close();
  top.final();
  return 0;
}
