/* Requests for one thread: describe, call, close, collectives. Part of worker.c. */
#ifndef SPANKER_WORKER_CALLS_H
#define SPANKER_WORKER_CALLS_H

#include "library.h"
#include "memory.h"
#include "process_state.h"

static int open_device(spanker_device **opened)
{
    memset(&shared->open_error, 0, sizeof shared->open_error);
    *opened = NULL;
    shared->stage = STAGE_OPEN;
    shared->open_status = lib_open(shared->options, opened, &shared->open_error);
    check_fp("spanker_device_open");
    if (shared->open_status == SPANKER_OK && *opened == NULL) {
        shared->open_status = -1;
        strcpy(shared->open_error.text, "spanker_device_open answered success and gave no device");
    }
    return shared->open_status == SPANKER_OK;
}

static void close_device(spanker_device *opened)
{
    shared->stage = STAGE_CLOSE;
    lib_close(opened);
    check_fp("spanker_device_close");
}

static void take_phases(spanker_device *of, answer *to)
{
    uint64_t count = 0;
    to->phase_count = UINT32_MAX; /* it does not tell */
    if (lib_phases != NULL && lib_phases(of, to->phases, PHASES, &count) == SPANKER_OK)
        to->phase_count = (uint32_t)(count >= UINT32_MAX ? UINT32_MAX - 1 : count);
}

static void call(spanker_device *on, int which)
{
    answer *to = &shared->answers[which];
    memset(&to->error, 0, sizeof to->error);
    take_phases(on, to);
    shared->stage = which == 0 ? STAGE_CALL : STAGE_TWIN;
    to->status = lib_matmul(on, at(shared->a[which]), shared->a_bytes, at(shared->b[which]), shared->b_bytes, at(shared->out[which]),
                            shared->out_bytes, shared->m, shared->k, shared->n, &to->error);
    check_fp("spanker_device_matmul_q4_k");
    take_phases(on, to);
    if (to->status != SPANKER_OK)
        shared->at_memory_limit = (uint32_t)is_at_memory_limit();
}

static void do_call(void)
{
    if (device == NULL && !open_device(&device))
        return;
    shared->open_status = SPANKER_OK;
    call(device, 0);
    if ((shared->flags & FLAG_TWIN) != 0) {
        spanker_device *twin;
        if (!open_device(&twin))
            return;
        call(twin, 1);
        close_device(twin);
    }
}

static void do_close(void)
{
    if (device != NULL) {
        spanker_device *closing = device;
        device = NULL;
        close_device(closing);
    }
    check_threads();
}

static void do_describe(void)
{
    memset(&shared->description, 0, sizeof shared->description);
    memset(&shared->open_error, 0, sizeof shared->open_error);
    shared->description.struct_bytes = sizeof shared->description;
    shared->stage = STAGE_DESCRIBE;
    shared->open_status = lib_describe(shared->options, &shared->description, &shared->open_error);
    check_fp("spanker_device_describe");
}

static void do_collective(void)
{
    answer *to = &shared->answers[0];
    float *buffers[BUFFERS];
    memset(&to->error, 0, sizeof to->error);
    if (device == NULL && !open_device(&device))
        return;
    shared->open_status = SPANKER_OK;
    for (uint64_t i = 0; i < shared->buffer_count && i < BUFFERS; i++)
        buffers[i] = (float *)(void *)at(shared->buffers[i]);
    shared->stage = STAGE_COLLECTIVE;
    to->status = lib_form(device, shared->sails, &to->error);
    if (to->status == SPANKER_OK) {
        to->status = shared->operation == ~(uint64_t)0
                         ? lib_gather(device, shared->buffer_count, (const float *const *)buffers, shared->lengths,
                                      (float *)(void *)at(shared->gathered), shared->gathered_length, &to->error)
                         : lib_reduce(device, (uint32_t)shared->operation, shared->buffer_count, buffers, shared->lengths, &to->error);
    }
    check_fp("a collective");
}

#endif
