/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Driver ABI 0.1.0 as a C client sees it (docs: CONTRACT DRV-2, DRV-3).
 *
 * Written from the contract, for the probe beside it. The macro and field
 * names are those of the driver's own header, so that one can take the
 * other's place: build abi_probe.c with -DSPANKER_UAPI_HEADER='"FILE"'.
 */
#ifndef SPANKER_CONFORMANCE_UAPI_H
#define SPANKER_CONFORMANCE_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define SPANKER_ABI_VERSION_MAJOR 0
#define SPANKER_ABI_VERSION_MINOR 1
#define SPANKER_ABI_VERSION_PATCH 0

/*
 * byte   0 1     2 3     4 5     6 7
 *        major   minor   patch   reserved (0)
 */
struct spanker_version {
	__u16 major;
	__u16 minor;
	__u16 patch;
	__u16 reserved;
};

#define SPANKER_IOC_MAGIC 0xE3

/* Succeeds if the driver is there; takes nothing, gives nothing. */
#define SPANKER_IOC_PING _IO(SPANKER_IOC_MAGIC, 0x01)

/* Fills the caller's record. */
#define SPANKER_IOC_GET_VERSION _IOR(SPANKER_IOC_MAGIC, 0x02, struct spanker_version)

#endif
