/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints what a C compiler makes of spanker_device.h, one "name value" a line, so that a test can hold the C# side against it.
 * Values are decimal. Builds as C99 and as C++.
 *
 *   cc -std=c99 -Inative native/device_abi_probe.c
 */
#include "spanker_device.h"

#include <stddef.h>
#include <stdio.h>

static void print_number(const char *name, unsigned long value)
{
    printf("%s %lu\n", name, value);
}

#define PRINT(name) print_number(#name, (unsigned long)(name))
#define PRINT_SIZE(type) print_number("sizeof." #type, (unsigned long)sizeof(type))
#define PRINT_FIELD(type, field)                                                                    \
    do {                                                                                            \
        print_number("offsetof." #type "." #field, (unsigned long)offsetof(type, field));           \
        print_number("sizeof." #type "." #field, (unsigned long)sizeof(((type *)0)->field));        \
    } while (0)

static void print_constants(void)
{
    PRINT(SPANKER_DEVICE_ABI_MAJOR);
    PRINT(SPANKER_DEVICE_ABI_MINOR);
    PRINT(SPANKER_DEVICE_ABI_VERSION);
    PRINT(SPANKER_CLASS_EXACT);
    PRINT(SPANKER_CLASS_F32);
    PRINT(SPANKER_CLASS_SUBBLOCK_INT);
    PRINT(SPANKER_CLASS_F16_ACCUMULATE);
    PRINT(SPANKER_CLASS_BF16_ACCUMULATE);
    PRINT(SPANKER_CLASS_Q8K);
    PRINT(SPANKER_ORDER_ANY);
    PRINT(SPANKER_ORDER_SEQUENTIAL);
    PRINT(SPANKER_ORDER_PAIRWISE);
    PRINT(SPANKER_ORDER_BLOCKS32);
    PRINT(SPANKER_ORDER_BLOCKS256);
    PRINT(SPANKER_WEIGHTS_RATIONAL);
    PRINT(SPANKER_WEIGHTS_ROUNDED);
    PRINT(SPANKER_NONFINITE_IEEE);
    PRINT(SPANKER_NONFINITE_EXCLUDED);
    PRINT(SPANKER_THREADS_NONE);
    PRINT(SPANKER_THREADS_PER_DEVICE);
    PRINT(SPANKER_THREADS_FREE);
    PRINT(SPANKER_OK);
    PRINT(SPANKER_BAD_DIMS);
    PRINT(SPANKER_OUTPUT_TOO_SMALL);
    PRINT(SPANKER_NOT_IMPLEMENTED);
    PRINT(SPANKER_TOPOLOGY_MISMATCH);
    PRINT(SPANKER_SHAPE_MISMATCH);
    PRINT(SPANKER_OPEN_FAILED);
    PRINT(SPANKER_IOCTL_FAILED);
    PRINT(SPANKER_NO_SAILS);
    PRINT(SPANKER_PHASE_WRITE_A);
    PRINT(SPANKER_PHASE_WRITE_B);
    PRINT(SPANKER_PHASE_COMPUTE);
    PRINT(SPANKER_PHASE_READ_OUT);
    PRINT(SPANKER_REDUCE_SUM);
    PRINT(SPANKER_REDUCE_MAX);
    PRINT(SPANKER_REDUCE_MIN);
    PRINT(SPANKER_REDUCE_AVG);
}

static void print_layouts(void)
{
    PRINT_SIZE(spanker_description);
    PRINT_FIELD(spanker_description, struct_bytes);
    PRINT_FIELD(spanker_description, arithmetic_class);
    PRINT_FIELD(spanker_description, summation_order);
    PRINT_FIELD(spanker_description, weights);
    PRINT_FIELD(spanker_description, nonfinite);
    PRINT_FIELD(spanker_description, thread_rule);
    PRINT_FIELD(spanker_description, is_deterministic);
    PRINT_FIELD(spanker_description, max_sails);
    PRINT_FIELD(spanker_description, max_m);
    PRINT_FIELD(spanker_description, max_n);
    PRINT_FIELD(spanker_description, max_k);
    PRINT_FIELD(spanker_description, max_call_milliseconds);
    PRINT_FIELD(spanker_description, products_per_second);
    PRINT_FIELD(spanker_description, reserved);
    PRINT_FIELD(spanker_description, name);
    PRINT_FIELD(spanker_description, vendor);

    PRINT_SIZE(spanker_error);
    PRINT_FIELD(spanker_error, fields);
    PRINT_FIELD(spanker_error, text);

    PRINT_SIZE(spanker_phase);
    PRINT_FIELD(spanker_phase, kind);
    PRINT_FIELD(spanker_phase, reserved);
    PRINT_FIELD(spanker_phase, bytes);
    PRINT_FIELD(spanker_phase, m);
    PRINT_FIELD(spanker_phase, k);
    PRINT_FIELD(spanker_phase, n);
}

int main(void)
{
    print_constants();
    print_layouts();
    return 0;
}
