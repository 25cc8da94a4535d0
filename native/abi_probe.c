/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints what a C compiler makes of the driver's header, one "name value" a
 * line, so that a test can hold the C# constants and records against it
 * (CONTRACT DRV-10). Values are decimal; the record's bytes are hex.
 *
 *   cc -std=c99 [-DSPANKER_UAPI_HEADER='"/path/to/header.h"'] abi_probe.c
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>

#ifndef SPANKER_UAPI_HEADER
#define SPANKER_UAPI_HEADER "spanker_uapi.h"
#endif
#include SPANKER_UAPI_HEADER

static void print_number(const char *name, unsigned long value)
{
	printf("%s %lu\n", name, value);
}

#define PRINT(name) print_number(#name, (unsigned long)(name))
#define PRINT_FIELD(field)                                                                                    \
	do {                                                                                                  \
		print_number("offsetof." #field, (unsigned long)offsetof(struct spanker_version, field));     \
		print_number("sizeof." #field, (unsigned long)sizeof(((struct spanker_version *)0)->field)); \
	} while (0)

int main(void)
{
	/* Every byte differs, so a swapped field or byte order shows. */
	const struct spanker_version sample = { .major = 0x0102, .minor = 0x0304, .patch = 0x0506, .reserved = 0x0708 };
	const unsigned char *bytes = (const unsigned char *)&sample;
	size_t i;

	PRINT(SPANKER_IOC_MAGIC);
	PRINT(SPANKER_IOC_PING);
	PRINT(SPANKER_IOC_GET_VERSION);
	PRINT(SPANKER_ABI_VERSION_MAJOR);
	PRINT(SPANKER_ABI_VERSION_MINOR);
	PRINT(SPANKER_ABI_VERSION_PATCH);

	print_number("sizeof.spanker_version", (unsigned long)sizeof(struct spanker_version));
	PRINT_FIELD(major);
	PRINT_FIELD(minor);
	PRINT_FIELD(patch);
	PRINT_FIELD(reserved);
	printf("sample ");
	for (i = 0; i < sizeof(sample); i++)
		printf("%02x", bytes[i]);
	printf("\n");

	/* Requests that ABI 0.1.0 does not have (CONTRACT DRV-8). */
#ifdef SPANKER_IOC_WORK_SUBMIT
	print_number("has.WORK_SUBMIT", 1);
#else
	print_number("has.WORK_SUBMIT", 0);
#endif
#ifdef SPANKER_IOC_BAR_INFO
	print_number("has.BAR_INFO", 1);
#else
	print_number("has.BAR_INFO", 0);
#endif

	/* The bit layout of a request, by the kernel's own encoder. */
	print_number("_IOC(write,e3,7f,14 bits)", (unsigned long)_IOC(_IOC_WRITE, 0xE3, 0x7F, 0x3FFF));
	print_number("_IOC(readwrite,01,ff,1)", (unsigned long)_IOC(_IOC_READ | _IOC_WRITE, 0x01, 0xFF, 1));

	PRINT(O_RDWR);
	PRINT(O_CLOEXEC);
	PRINT(EPERM);
	PRINT(ENOENT);
	PRINT(EINTR);
	PRINT(EIO);
	PRINT(ENXIO);
	PRINT(EBADF);
	PRINT(EACCES);
	PRINT(EFAULT);
	PRINT(EBUSY);
	PRINT(ENODEV);
	PRINT(EINVAL);
	PRINT(EMFILE);
	PRINT(ENOTTY);
	PRINT(ENOSYS);
	return 0;
}
