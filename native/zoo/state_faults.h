/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that remember, and calls that meet (CONTRACT MM-12, MM-16, PROC-3). Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_STATE_FAULTS_H
#define SPANKER_ZOO_STATE_FAULTS_H

static int32_t second_call_wrong(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status) && call->device->calls++ == 1)
        call->out[3] ^= 0x40;
    return status;
}

/* Within the bound, but other bits every other time: as sums are that threads add up in the order of their coming. */
static int32_t last_bit_varies(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status) && call->device->calls++ % 2 == 1)
        call->out[0] ^= 1;
    return status;
}

static void describe_varying(spanker_description *description)
{
    description->is_deterministic = 0;
    description->summation_order = SPANKER_ORDER_ANY;
}

static void describe_any_order(spanker_description *description)
{
    description->summation_order = SPANKER_ORDER_ANY;
}

/* A call of another shape finds the last element of the call before in its own. */
static int32_t stale_after_other_shape(const zoo_call *call)
{
    spanker_device *device = call->device;
    int32_t status;

    if (has_result(call, &status)) {
        unsigned char *last = call->out + result_bytes(call) - 4, right[4];
        memcpy(right, last, sizeof right);
        if (device->calls > 0 && (device->last_m != call->m || device->last_n != call->n || device->last_k != call->k))
            memcpy(last, device->last_result, sizeof device->last_result);
        memcpy(device->last_result, right, sizeof right);
        device->last_m = call->m;
        device->last_n = call->n;
        device->last_k = call->k;
        device->calls++;
    }
    return status;
}

/* A refusal is remembered, and the next call pays for it. */
static int32_t sulk_after_refusal(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status) && call->device->calls != 0)
        call->out[3] ^= 0x40;
    call->device->calls = status != SPANKER_OK;
    return status;
}

/* What a call needs and nothing else: for devices that declare that any calls may overlap. */
static int32_t share_nothing(const zoo_call *call)
{
    uint64_t row_bytes = row_bytes_of(call), i, j;
    int32_t status = right_checks(call);

    if (status != SPANKER_OK || call->m == 0 || call->n == 0)
        return status;
    for (i = 0; i < call->m; i++)
        for (j = 0; j < call->n; j++)
            store_f32(
                call->out + (i * call->n + j) * 4,
                sequential_dot(call->a + i * row_bytes, call->b + j * row_bytes, call->k / BLOCK_WEIGHTS));
    record_in_turn(call);
    return SPANKER_OK;
}

/* Results wait in one static buffer, long enough for another call to come by. */
enum { SHARED_ELEMENTS = 4096, WAIT_MILLISECONDS = 2 };

static unsigned char shared_result[SHARED_ELEMENTS * 4];

static int32_t share_buffer(const zoo_call *call)
{
    uint64_t row_bytes = row_bytes_of(call), i, j;
    int32_t status = right_checks(call);

    if (status != SPANKER_OK || call->m == 0 || call->n == 0)
        return status;
    if (call->m * call->n > SHARED_ELEMENTS)
        return share_nothing(call);
    for (i = 0; i < call->m; i++)
        for (j = 0; j < call->n; j++)
            store_f32(
                shared_result + (i * call->n + j) * 4,
                sequential_dot(call->a + i * row_bytes, call->b + j * row_bytes, call->k / BLOCK_WEIGHTS));
    nap(WAIT_MILLISECONDS);
    memcpy(call->out, shared_result, (size_t)result_bytes(call));
    record_in_turn(call);
    return SPANKER_OK;
}

static void describe_free_threads(spanker_description *description)
{
    description->thread_rule = SPANKER_THREADS_FREE;
}

static void describe_no_threads(spanker_description *description)
{
    description->thread_rule = SPANKER_THREADS_NONE;
}

/* The result of the last call is kept back until the device is closed: its caller has looked by then. */
typedef struct late_result {
    unsigned char *out;
    uint64_t bytes;
    unsigned char result[];
} late_result;

static int32_t put_off_result(const zoo_call *call)
{
    uint64_t bytes = call->m == 0 || call->n == 0 ? 0 : result_bytes(call);
    unsigned char *before = call->out_bytes >= bytes && bytes > 0 ? malloc(bytes) : NULL;
    int32_t status;

    if (before != NULL)
        memcpy(before, call->out, bytes);
    if (has_result(call, &status) && before != NULL) {
        late_result *late = malloc(sizeof *late + bytes);
        late->out = call->out;
        late->bytes = bytes;
        memcpy(late->result, call->out, bytes);
        memcpy(call->out, before, bytes);
        free(call->device->scratch);
        call->device->scratch = late;
    }
    free(before);
    return status;
}

static void write_result_late(spanker_device *device)
{
    late_result *late = device->scratch;

    if (late != NULL)
        memcpy(late->out, late->result, late->bytes);
    free(late);
    device->scratch = NULL;
}

#endif
