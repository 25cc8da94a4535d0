/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A zoo of vendor libraries in one: faulty ones that a referee must convict, and unusual ones that it must not.
 * The options choose the animal: lib:libspanker_zoo.so?hangs-on-17-blocks. entries.txt says what each must come to.
 *
 *   gcc -std=gnu11 -Wall -Wextra -pedantic -O2 -ffp-contract=off -fvisibility=hidden -fPIC -shared -pthread -Inative \
 *       -o libspanker_zoo.so native/zoo/spanker_zoo.c -lm
 *
 * Every animal is the sample device with one thing changed. The sample is compiled in under other names; the faults lie in the
 * headers beside this file, by what they break. All are deterministic.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "spanker_device.h"

/* The sample's functions and its handle, under names of our own. */
typedef struct sample_device sample_device;
#define spanker_device sample_device
#define spanker_device_abi_version sample_abi_version
#define spanker_device_describe sample_describe
#define spanker_device_open sample_open
#define spanker_device_close sample_close
#define spanker_device_matmul_q4_k sample_matmul
#define spanker_device_form_topology sample_form_topology
#define spanker_device_all_reduce sample_all_reduce
#define spanker_device_all_gather sample_all_gather
#define spanker_device_take_phases sample_take_phases
#include "../sample/spanker_sample.c"
#undef spanker_device
#undef spanker_device_abi_version
#undef spanker_device_describe
#undef spanker_device_open
#undef spanker_device_close
#undef spanker_device_matmul_q4_k
#undef spanker_device_form_topology
#undef spanker_device_all_reduce
#undef spanker_device_all_gather
#undef spanker_device_take_phases

#include "zoo_entry.h"

#include "arithmetic_faults.h"
#include "call_faults.h"
#include "collective_faults.h"
#include "environment_faults.h"
#include "memory_faults.h"
#include "process_faults.h"
#include "state_faults.h"
#include "status_faults.h"

#include "harmless_arithmetic.h"
#include "harmless_behaviour.h"

#include "zoo_table.h"

/* A library of another major, which a host must refuse, is this one built with -DSPANKER_ZOO_ABI_VERSION=0x20000. */
#ifndef SPANKER_ZOO_ABI_VERSION
#define SPANKER_ZOO_ABI_VERSION SPANKER_DEVICE_ABI_VERSION
#endif

uint32_t spanker_device_abi_version(void)
{
    return SPANKER_ZOO_ABI_VERSION;
}

static int32_t find_entry(const char *options, const zoo_entry **entry, spanker_error *error)
{
    size_t i;

    for (i = 0; i < sizeof zoo_entries / sizeof *zoo_entries; i++)
        if (strcmp(zoo_entries[i].name, options) == 0) {
            *entry = &zoo_entries[i];
            return SPANKER_OK;
        }
    return refuse(error, SPANKER_OPEN_FAILED, ENOENT, 0, 0, 0, "no such entry in the zoo; native/zoo/entries.txt lists them");
}

int32_t spanker_device_describe(const char *options, spanker_description *description, spanker_error *error)
{
    const zoo_entry *entry;
    int32_t status = find_entry(options, &entry, error);

    if (status != SPANKER_OK)
        return status;
    sample_describe("", description, error);
    description->max_sails = 0; /* only an animal with something to show there has Sails */
    description->products_per_second = 0;
    snprintf(description->name, sizeof description->name, "%s", entry->name);
    snprintf(description->vendor, sizeof description->vendor, "Spanker Conformance zoo");
    if (entry->describe != NULL)
        entry->describe(description);
    return SPANKER_OK;
}

int32_t spanker_device_open(const char *options, spanker_device **device, spanker_error *error)
{
    const zoo_entry *entry;
    int32_t status = find_entry(options, &entry, error);

    *device = NULL;
    if (status != SPANKER_OK)
        return status;
    *device = calloc(1, sizeof **device);
    if (*device == NULL || sample_open("", &(*device)->sample, error) != SPANKER_OK) {
        free(*device);
        *device = NULL;
        return refuse(error, SPANKER_OPEN_FAILED, ENOMEM, 0, 0, 0, "out of memory");
    }
    (*device)->entry = entry;
    if (entry->opened != NULL)
        entry->opened(*device);
    return SPANKER_OK;
}

void spanker_device_close(spanker_device *device)
{
    if (device->entry->closing != NULL)
        device->entry->closing(device);
    sample_close(device->sample);
    free(device);
}

int32_t spanker_device_matmul_q4_k(
    spanker_device *device, const void *a, uint64_t a_bytes, const void *b, uint64_t b_bytes, void *out, uint64_t out_bytes,
    uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
{
    zoo_call call;

    call.device = device;
    call.a = a;
    call.b = b;
    call.out = out;
    call.a_bytes = a_bytes;
    call.b_bytes = b_bytes;
    call.out_bytes = out_bytes;
    call.m = m;
    call.k = k;
    call.n = n;
    call.error = error;
    return device->entry->matmul != NULL ? device->entry->matmul(&call) : right_matmul(&call);
}

int32_t spanker_device_form_topology(spanker_device *device, uint64_t sails, spanker_error *error)
{
    return sample_form_topology(device->sample, sails, error);
}

int32_t spanker_device_all_reduce(
    spanker_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    zoo_reduce reduce = device->entry->reduce != NULL ? device->entry->reduce : sample_all_reduce;

    return reduce(device->sample, operation, buffer_count, buffers, lengths, error);
}

int32_t spanker_device_all_gather(
    spanker_device *device, uint64_t buffer_count, const float *const *buffers, const uint64_t *lengths,
    float *gathered, uint64_t gathered_length, spanker_error *error)
{
    return sample_all_gather(device->sample, buffer_count, buffers, lengths, gathered, gathered_length, error);
}

int32_t spanker_device_take_phases(spanker_device *device, spanker_phase *phases, uint64_t capacity, uint64_t *count)
{
    int32_t status;

    if (device->entry->has_no_phases) {
        *count = 0;
        return SPANKER_NOT_IMPLEMENTED;
    }
    pthread_mutex_lock(&phase_lock);
    status = sample_take_phases(device->sample, phases, capacity, count);
    pthread_mutex_unlock(&phase_lock);
    return status;
}
