/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that end, stop, multiply or exhaust the process, or do not come back (CONTRACT PROC-1, PROC-2). Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_PROCESS_FAULTS_H
#define SPANKER_ZOO_PROCESS_FAULTS_H

enum { HOG_CHUNK_BYTES = 16 << 20, HOG_CHUNKS = 256, ORPHAN_SECONDS = 30, DECLARED_LIMIT_MILLISECONDS = 250 };

static int32_t crash_on_one_row(const zoo_call *call)
{
    volatile int *volatile nowhere = NULL;

    if (call->m == 1)
        *nowhere = 1;
    return right_matmul(call);
}

static int32_t divide_by_zero(const zoo_call *call)
{
    volatile int columns_left = call->n == 1 ? 0 : 1;
    volatile int share = 16 / columns_left;

    (void)share;
    return right_matmul(call);
}

static int32_t abort_on_three_blocks(const zoo_call *call)
{
    if (call->k == 3 * BLOCK_WEIGHTS)
        abort();
    return right_matmul(call);
}

static int32_t exit_on_17_rows(const zoo_call *call)
{
    if (call->m == 17)
        exit(0);
    return right_matmul(call);
}

static int32_t exit_at_once_on_17_columns(const zoo_call *call)
{
    if (call->n == 17)
        _exit(0);
    return right_matmul(call);
}

static int32_t kill_itself(const zoo_call *call)
{
    if (call->m == 15)
        raise(SIGKILL);
    return right_matmul(call);
}

static int32_t stop_itself(const zoo_call *call)
{
    if (call->n == 15)
        raise(SIGSTOP);
    return right_matmul(call);
}

static unsigned descend(volatile unsigned char *above, unsigned depth)
{
    volatile unsigned char frame[4096];

    frame[0] = above[0];
    frame[4095] = (unsigned char)depth;
    return depth == 0xffffffffu ? frame[0] : descend(frame, depth + 1) + frame[4095];
}

static int32_t exhaust_stack(const zoo_call *call)
{
    volatile unsigned char seed = 1;

    if (call->m == 33 && descend(&seed, 0) == 0)
        return SPANKER_NO_SAILS;
    return right_matmul(call);
}

static int32_t hang_on_17_blocks(const zoo_call *call)
{
    volatile uint64_t turns = 0;

    while (call->k == 17 * BLOCK_WEIGHTS)
        turns++;
    return right_matmul(call);
}

/* Takes a lock twice: no processor time is spent, and no signal but a fatal one ends it. */
static int32_t deadlock_on_13_blocks(const zoo_call *call)
{
    pthread_mutex_t once;

    if (call->k == 13 * BLOCK_WEIGHTS) {
        pthread_mutex_init(&once, NULL);
        pthread_mutex_lock(&once);
        pthread_mutex_lock(&once);
    }
    return right_matmul(call);
}

static void hang_in_close(spanker_device *device)
{
    if (device->last_k == 13 * BLOCK_WEIGHTS)
        for (;;)
            nap(1000);
}

static int32_t remember_depth(const zoo_call *call)
{
    call->device->last_k = call->k;
    return right_matmul(call);
}

static void describe_limit(spanker_description *description)
{
    description->max_call_milliseconds = DECLARED_LIMIT_MILLISECONDS;
}

static int32_t exceed_declared_limit(const zoo_call *call)
{
    if (call->k == 5 * BLOCK_WEIGHTS)
        nap(4 * DECLARED_LIMIT_MILLISECONDS);
    return right_matmul(call);
}

/* Takes memory until there is no more, at most 4 GiB, and gives up as a program without a plan does; then fills what it has. */
static int32_t hog_memory(const zoo_call *call)
{
    unsigned char *volatile chunks[HOG_CHUNKS];
    int chunk;

    if (call->k == 7 * BLOCK_WEIGHTS) {
        for (chunk = 0; chunk < HOG_CHUNKS; chunk++)
            if ((chunks[chunk] = malloc(HOG_CHUNK_BYTES)) == NULL)
                abort();
        for (chunk = 0; chunk < HOG_CHUNKS; chunk++)
            memset(chunks[chunk], 0x5a, HOG_CHUNK_BYTES);
    }
    return right_matmul(call);
}

/* The child keeps every descriptor of its parent open. */
static int32_t leave_child(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    if (call->k == 2 * BLOCK_WEIGHTS && fork() == 0) {
        sleep(ORPHAN_SECONDS);
        _exit(0);
    }
    return status;
}

static void *run_forever(void *unused)
{
    for (;;)
        nap(50);
    return unused;
}

static void start_thread(spanker_device *device)
{
    if (pthread_create(&device->thread, NULL, run_forever, NULL) == 0)
        pthread_detach(device->thread);
}

/* The pointer goes the long way round, so that the compiler does not see what it is asked to do. */
static void free_twice(spanker_device *device)
{
    void *volatile scratch = malloc(64);

    (void)device;
    free(scratch);
    free(scratch);
}

#endif
