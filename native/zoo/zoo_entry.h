/* SPDX-License-Identifier: Apache-2.0 */
/* What an animal of the zoo is, and what all of them use. Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_ENTRY_H
#define SPANKER_ZOO_ENTRY_H

#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* One call of spanker_device_matmul_q4_k. */
typedef struct zoo_call {
    spanker_device *device;
    const unsigned char *a;
    const unsigned char *b;
    unsigned char *out;
    uint64_t a_bytes, b_bytes, out_bytes;
    uint64_t m, k, n;
    spanker_error *error;
} zoo_call;

typedef int32_t (*zoo_reduce)(
    sample_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error);

/* What is NULL is done as the sample does it. */
typedef struct zoo_entry {
    const char *name;
    int32_t (*matmul)(const zoo_call *call);
    void (*describe)(spanker_description *description);
    void (*opened)(spanker_device *device);
    void (*closing)(spanker_device *device);
    zoo_reduce reduce;
    int has_no_phases;
} zoo_entry;

struct spanker_device {
    const zoo_entry *entry;
    sample_device *sample;
    uint64_t calls;               /* successful calls before this one */
    uint64_t last_m, last_k, last_n;
    unsigned char last_result[4]; /* the last element of the call before */
    void *scratch;
    pthread_t thread;
};

static int32_t right_matmul(const zoo_call *call)
{
    return sample_matmul(
        call->device->sample, call->a, call->a_bytes, call->b, call->b_bytes, call->out, call->out_bytes,
        call->m, call->k, call->n, call->error);
}

/* The checks without the product. A caller that answers OK with work to do records the call's phases. */
static int32_t right_checks(const zoo_call *call)
{
    return check_matmul(call->a_bytes, call->b_bytes, call->out_bytes, call->m, call->k, call->n, call->error);
}

/* Phases of calls that may overlap on one device. */
static pthread_mutex_t phase_lock = PTHREAD_MUTEX_INITIALIZER;

static void record_in_turn(const zoo_call *call)
{
    pthread_mutex_lock(&phase_lock);
    record_call(call->device->sample, call->m, call->k, call->n);
    pthread_mutex_unlock(&phase_lock);
}

static uint64_t result_bytes(const zoo_call *call)
{
    return call->m * call->n * 4;
}

/* Computes rightly; true if OUT holds a result now. */
static int has_result(const zoo_call *call, int32_t *status)
{
    *status = right_matmul(call);
    return *status == SPANKER_OK && call->m != 0 && call->n != 0;
}

static uint64_t row_bytes_of(const zoo_call *call)
{
    return call->k / BLOCK_WEIGHTS * BLOCK_BYTES;
}

static uint32_t bits_of_float(float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* One element from a row of A and a row of B. */
typedef float (*zoo_dot)(const unsigned char *a, const unsigned char *b, uint64_t blocks);

static int32_t matmul_by(const zoo_call *call, zoo_dot dot)
{
    uint64_t row_bytes = row_bytes_of(call);
    uint64_t i, j;
    int32_t status = right_checks(call);

    if (status != SPANKER_OK || call->m == 0 || call->n == 0)
        return status;
    for (i = 0; i < call->m; i++)
        for (j = 0; j < call->n; j++)
            store_f32(call->out + (i * call->n + j) * 4, dot(call->a + i * row_bytes, call->b + j * row_bytes, call->k / BLOCK_WEIGHTS));
    record_call(call->device->sample, call->m, call->k, call->n);
    return SPANKER_OK;
}

static float sequential_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS], sum = 0.0f;
    uint64_t block;
    int i;

    for (block = 0; block < blocks; block++) {
        decode_block(a + block * BLOCK_BYTES, weights_a);
        decode_block(b + block * BLOCK_BYTES, weights_b);
        for (i = 0; i < BLOCK_WEIGHTS; i++)
            sum = sum + weights_a[i] * weights_b[i];
    }
    return sum;
}

static void nap(long milliseconds)
{
    struct timespec left;

    left.tv_sec = milliseconds / 1000;
    left.tv_nsec = milliseconds % 1000 * 1000000;
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

#endif
