/* Calls from several threads: rows [i*m, (i+1)*m) of A are thread i's; each thread's result alone is in OUT, what it gets in company in OUT's twin. Part of worker.c. */
#ifndef SPANKER_WORKER_THREADS_H
#define SPANKER_WORKER_THREADS_H

#include "calls.h"

typedef struct party {
    uint64_t index;
    spanker_device *on;
    int32_t status;
    uint64_t odd_round;
    uint64_t odd_byte;
    pthread_barrier_t *start;
} party;

static int32_t call_rows(spanker_device *on, uint64_t index, int which, spanker_error *error)
{
    char *out = at(shared->out[which]) + index * shared->out_bytes;
    return lib_matmul(on, at(shared->a[0]) + index * shared->a_bytes, shared->a_bytes, at(shared->b[0]), shared->b_bytes, out, shared->out_bytes,
                      shared->m, shared->k, shared->n, error);
}

static void *take_part(void *argument)
{
    party *self = argument;
    char *alone = at(shared->out[0]) + self->index * shared->out_bytes;
    char *together = at(shared->out[1]) + self->index * shared->out_bytes;
    for (uint64_t round = 1; round <= shared->rounds && self->odd_round == 0; round++) {
        spanker_error error;
        memset(&error, 0, sizeof error);
        memset(together, 0xA7, shared->out_bytes);
        if (self->start != NULL && round == 1)
            pthread_barrier_wait(self->start);
        self->status = call_rows(self->on, self->index, 1, &error);
        __atomic_fetch_add(&shared->progress, 1, __ATOMIC_RELAXED);
        if (self->status != SPANKER_OK) {
            self->odd_round = round;
        } else if (memcmp(alone, together, shared->out_bytes) != 0) {
            self->odd_round = round;
            while (alone[self->odd_byte] == together[self->odd_byte])
                self->odd_byte++;
        }
    }
    return NULL;
}

static uint64_t now_microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

static void do_threads(void)
{
    uint64_t count = shared->thread_count > THREADS ? THREADS : shared->thread_count;
    party parties[THREADS];
    pthread_t threads[THREADS];
    pthread_barrier_t start;
    answer *to = &shared->answers[0];
    memset(to, 0, sizeof *to);
    memset(parties, 0, sizeof parties);
    shared->odd_thread = 0;
    if (device == NULL && !open_device(&device))
        return;
    shared->open_status = SPANKER_OK;
    uint64_t began = now_microseconds();
    for (uint64_t i = 0; i < count; i++) {
        shared->stage = STAGE_THREADS;
        to->status = call_rows(device, i, 0, &to->error);
        shared->progress++;
        if (to->status != SPANKER_OK)
            return;
    }

    /* A slow device makes fewer rounds, but never less than two. */
    uint64_t round_microseconds = now_microseconds() - began + 1;
    if (shared->rounds > ROUNDS_MICROSECONDS / round_microseconds)
        shared->rounds = ROUNDS_MICROSECONDS / round_microseconds > 2 ? ROUNDS_MICROSECONDS / round_microseconds : 2;

    pthread_barrier_init(&start, NULL, (unsigned)count);
    for (uint64_t i = 0; i < count; i++) {
        parties[i].index = i;
        parties[i].on = device;
        if (shared->thread_rule == RULE_DEVICE_EACH && !open_device(&parties[i].on))
            return;
        parties[i].start = shared->thread_rule == RULE_IN_TURN ? NULL : &start;
    }

    shared->stage = STAGE_THREADS;
    for (uint64_t i = 0; i < count; i++) {
        if (pthread_create(&threads[i], NULL, take_part, &parties[i]) != 0)
            abort();
        if (shared->thread_rule == RULE_IN_TURN)
            pthread_join(threads[i], NULL);
    }

    for (uint64_t i = 0; i < count; i++) {
        if (shared->thread_rule != RULE_IN_TURN)
            pthread_join(threads[i], NULL);
        if (parties[i].odd_round != 0 && shared->odd_thread == 0) {
            shared->odd_thread = i + 1;
            shared->odd_round = parties[i].odd_round;
            shared->odd_byte = parties[i].odd_byte;
            to->status = parties[i].status;
        }
    }

    pthread_barrier_destroy(&start);
    for (uint64_t i = 0; i < count && shared->thread_rule == RULE_DEVICE_EACH; i++)
        close_device(parties[i].on);
}

#endif
