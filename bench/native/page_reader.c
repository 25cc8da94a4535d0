/*
 * page_reader.c: a device library that computes nothing. It reads a byte of every page of A and B and writes their sum all over OUT, so that a
 * call on large operands costs what it takes to reach them and no more.
 */
#include "spanker_device.h"

#include <stdlib.h>
#include <string.h>

struct spanker_device {
    int unused;
};

enum { PAGE_BYTES = 4096, BLOCK_WEIGHTS = 256, BLOCK_BYTES = 144 };

uint32_t spanker_device_abi_version(void)
{
    return SPANKER_DEVICE_ABI_VERSION;
}

int32_t spanker_device_describe(const char *options, spanker_description *description, spanker_error *error)
{
    uint32_t struct_bytes = description->struct_bytes;

    (void)options;
    (void)error;
    memset(description, 0, sizeof *description);
    description->struct_bytes = struct_bytes;
    description->arithmetic_class = SPANKER_CLASS_F32;
    description->weights = SPANKER_WEIGHTS_ROUNDED;
    description->is_deterministic = 1;
    strcpy(description->name, "page-reader");
    return SPANKER_OK;
}

int32_t spanker_device_open(const char *options, spanker_device **device, spanker_error *error)
{
    (void)options;
    (void)error;
    *device = (spanker_device *)calloc(1, sizeof **device);
    return *device != NULL ? SPANKER_OK : SPANKER_OPEN_FAILED;
}

void spanker_device_close(spanker_device *device)
{
    free(device);
}

static uint64_t sum_of_pages(const unsigned char *bytes, uint64_t length)
{
    uint64_t sum = 0, at;

    for (at = 0; at < length; at += PAGE_BYTES)
        sum += bytes[at];
    return sum;
}

int32_t spanker_device_matmul_q4_k(
    spanker_device *device, const void *a, uint64_t a_bytes, const void *b, uint64_t b_bytes, void *out, uint64_t out_bytes,
    uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
{
    uint64_t row_bytes = k / BLOCK_WEIGHTS * BLOCK_BYTES;
    uint64_t element;
    float sum;

    (void)device;
    (void)error;
    if (a_bytes != m * row_bytes || b_bytes != n * row_bytes || out_bytes != m * n * sizeof sum)
        return SPANKER_BAD_DIMS;

    sum = (float)(sum_of_pages((const unsigned char *)a, a_bytes) + sum_of_pages((const unsigned char *)b, b_bytes));
    for (element = 0; element < m * n; element++)
        memcpy((unsigned char *)out + element * sizeof sum, &sum, sizeof sum);
    return SPANKER_OK;
}
