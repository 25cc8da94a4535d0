// rtl/axi_memory.sv, verilated, behind spanker_axi_slave.h. A top with the same ports takes its place: -DSPANKER_AXI_TOP=Vname.
#ifndef SPANKER_AXI_TOP
#define SPANKER_AXI_TOP Vaxi_memory
#endif
#define SPANKER_AXI_QUOTE(name) #name
#define SPANKER_AXI_HEADER(name) SPANKER_AXI_QUOTE(name.h)
#include SPANKER_AXI_HEADER(SPANKER_AXI_TOP)

#include "spanker_axi_slave.h"
#include "verilated.h"

#include <cstring>
#include <new>

struct spanker_axi_slave {
  VerilatedContext context;
  SPANKER_AXI_TOP top{&context, "slave"};
};

namespace {

void apply(SPANKER_AXI_TOP &top, const spanker_axi_pins &pins) {
  top.aresetn = pins.aresetn;
  top.s_axi_awvalid = pins.awvalid;
  top.s_axi_awid = pins.awid;
  top.s_axi_awaddr = pins.awaddr;
  top.s_axi_awlen = pins.awlen;
  top.s_axi_awsize = pins.awsize;
  top.s_axi_awburst = pins.awburst;
  top.s_axi_awlock = pins.awlock;
  top.s_axi_awcache = pins.awcache;
  top.s_axi_awprot = pins.awprot;
  top.s_axi_awqos = pins.awqos;
  top.s_axi_wvalid = pins.wvalid;
  std::memcpy(&top.s_axi_wdata, pins.wdata, sizeof pins.wdata);
  top.s_axi_wstrb = pins.wstrb;
  top.s_axi_wlast = pins.wlast;
  top.s_axi_bready = pins.bready;
  top.s_axi_arvalid = pins.arvalid;
  top.s_axi_arid = pins.arid;
  top.s_axi_araddr = pins.araddr;
  top.s_axi_arlen = pins.arlen;
  top.s_axi_arsize = pins.arsize;
  top.s_axi_arburst = pins.arburst;
  top.s_axi_arlock = pins.arlock;
  top.s_axi_arcache = pins.arcache;
  top.s_axi_arprot = pins.arprot;
  top.s_axi_arqos = pins.arqos;
  top.s_axi_rready = pins.rready;
}

}  // namespace

uint32_t spanker_axi_slave_abi(void) { return SPANKER_AXI_SLAVE_ABI; }

spanker_axi_slave *spanker_axi_slave_create(void) { return new (std::nothrow) spanker_axi_slave; }

void spanker_axi_slave_eval(spanker_axi_slave *slave, spanker_axi_pins *pins) {
  SPANKER_AXI_TOP &top = slave->top;
  apply(top, *pins);
  top.aclk = 0;
  top.eval();
  pins->awready = top.s_axi_awready;
  pins->wready = top.s_axi_wready;
  pins->arready = top.s_axi_arready;
  pins->bvalid = top.s_axi_bvalid;
  pins->bid = top.s_axi_bid;
  pins->bresp = top.s_axi_bresp;
  pins->rvalid = top.s_axi_rvalid;
  pins->rid = top.s_axi_rid;
  pins->rresp = top.s_axi_rresp;
  pins->rlast = top.s_axi_rlast;
  std::memcpy(pins->rdata, &top.s_axi_rdata, sizeof pins->rdata);
}

void spanker_axi_slave_clock(spanker_axi_slave *slave, const spanker_axi_pins *pins) {
  apply(slave->top, *pins);
  slave->top.aclk = 1;
  slave->top.eval();
}

void spanker_axi_slave_destroy(spanker_axi_slave *slave) {
  if (slave == nullptr) return;
  slave->top.final();
  delete slave;
}
