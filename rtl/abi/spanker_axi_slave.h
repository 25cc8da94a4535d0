/* The pins of an AXI4 slave of generation A behind four functions: a Verilated model, or anything else that is called once a clock.
 *
 * A cycle is: the master's pins are set, eval() sets the slave's pins with the clock low, both are looked at, then clock() is the rising edge.
 * What the slave derives from the master's pins without a register is seen in the same cycle, what it registers in the next one.
 * A slave begins out of reset; hold aresetn low for a few cycles first. One thread at a time uses a slave; several slaves are independent. */
#ifndef SPANKER_AXI_SLAVE_H
#define SPANKER_AXI_SLAVE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 256 data bits as four words, lowest first. Bits above a pin's width are 0. */
struct spanker_axi_pins {
  /* offset 0 */
  uint64_t awaddr, araddr;
  uint64_t wdata[4];
  uint64_t rdata[4];
  /* offset 80 */
  uint32_t wstrb;
  /* offset 84: the master's, a byte each */
  uint8_t aresetn;
  uint8_t awvalid, awid, awlen, awsize, awburst, awlock, awcache, awprot, awqos;
  uint8_t arvalid, arid, arlen, arsize, arburst, arlock, arcache, arprot, arqos;
  uint8_t wvalid, wlast, bready, rready;
  /* offset 107: the slave's */
  uint8_t awready, wready, arready;
  uint8_t bvalid, bid, bresp;
  uint8_t rvalid, rid, rresp, rlast;
  uint8_t reserved[3];
};

/* The version of this header in the upper half, the bytes of spanker_axi_pins in the lower. */
#define SPANKER_AXI_SLAVE_ABI ((UINT32_C(1) << 16) | (uint32_t)sizeof(struct spanker_axi_pins))

struct spanker_axi_slave;

uint32_t spanker_axi_slave_abi(void);

/* NULL if there is no memory. */
struct spanker_axi_slave *spanker_axi_slave_create(void);
void spanker_axi_slave_eval(struct spanker_axi_slave *slave, struct spanker_axi_pins *pins);
void spanker_axi_slave_clock(struct spanker_axi_slave *slave, const struct spanker_axi_pins *pins);
void spanker_axi_slave_destroy(struct spanker_axi_slave *slave);

#ifdef __cplusplus
}
#endif

#endif
