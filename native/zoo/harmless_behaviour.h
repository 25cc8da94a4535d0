/* SPDX-License-Identifier: Apache-2.0 */
/* Unusual manners that break no rule. Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_HARMLESS_BEHAVIOUR_H
#define SPANKER_ZOO_HARMLESS_BEHAVIOUR_H

enum { WORKERS = 4, SLOW_MILLISECONDS = 5, STACK_BYTES = 768 << 10, CHATTER_LINES = 3000, LIMIT_ROWS = 512, LIMIT_DEPTH = 8192 };

typedef struct zoo_share {
    const zoo_call *call;
    uint64_t first_row;
} zoo_share;

static void *multiply_share(void *argument)
{
    const zoo_share *share = argument;
    const zoo_call *call = share->call;
    uint64_t row_bytes = row_bytes_of(call), i, j;

    for (i = share->first_row; i < call->m; i += WORKERS)
        for (j = 0; j < call->n; j++)
            store_f32(
                call->out + (i * call->n + j) * 4,
                sequential_dot(call->a + i * row_bytes, call->b + j * row_bytes, call->k / BLOCK_WEIGHTS));
    return NULL;
}

/* A thread that cannot be had is done without. */
static int32_t own_threads(const zoo_call *call)
{
    zoo_share shares[WORKERS];
    pthread_t threads[WORKERS];
    int started[WORKERS], w;
    int32_t status = right_checks(call);

    if (status != SPANKER_OK || call->m == 0 || call->n == 0)
        return status;
    for (w = 0; w < WORKERS; w++) {
        shares[w].call = call;
        shares[w].first_row = (uint64_t)w;
        started[w] = pthread_create(&threads[w], NULL, multiply_share, &shares[w]) == 0;
    }
    for (w = 0; w < WORKERS; w++)
        if (started[w])
            pthread_join(threads[w], NULL);
        else
            multiply_share(&shares[w]);
    record_call(call->device->sample, call->m, call->k, call->n);
    return SPANKER_OK;
}

/* A thread that lives as long as its device and is joined in close. */
static void *serve_until_told(void *argument)
{
    while (!atomic_load((atomic_int *)argument))
        nap(1);
    return NULL;
}

static void start_service(spanker_device *device)
{
    atomic_int *is_over = malloc(sizeof *is_over);

    if (is_over == NULL)
        return;
    atomic_init(is_over, 0);
    if (pthread_create(&device->thread, NULL, serve_until_told, is_over) == 0)
        device->scratch = is_over;
    else
        free(is_over);
}

static void join_service(spanker_device *device)
{
    if (device->scratch == NULL)
        return;
    atomic_store((atomic_int *)device->scratch, 1);
    pthread_join(device->thread, NULL);
    free(device->scratch);
}

static int32_t slow(const zoo_call *call)
{
    nap(SLOW_MILLISECONDS);
    return right_matmul(call);
}

static void describe_slow(spanker_description *description)
{
    description->max_call_milliseconds = 60000;
}

/* A line a call, and a flood now and then: more than a pipe holds. */
static int32_t chatty_on_stderr(const zoo_call *call)
{
    int line, lines = call->m == 16 ? CHATTER_LINES : 1;

    for (line = 0; line < lines; line++)
        fprintf(stderr, "zoo: %llu x %llu x %llu, line %d\n",
            (unsigned long long)call->m, (unsigned long long)call->k, (unsigned long long)call->n, line);
    return right_matmul(call);
}

static void describe_limits(spanker_description *description)
{
    description->max_m = LIMIT_ROWS;
    description->max_n = LIMIT_ROWS;
    description->max_k = LIMIT_DEPTH;
}

static int32_t own_status_beyond_limits(const zoo_call *call)
{
    int32_t status = right_checks(call);

    return status == SPANKER_OK && (call->m > LIMIT_ROWS || call->n > LIMIT_ROWS || call->k > LIMIT_DEPTH)
        ? refuse(call->error, 4242, call->m, call->k, call->n, 0, "beyond the declared limits")
        : right_matmul(call);
}

/* From the last byte of the last element to the first. */
static int32_t write_backward(const zoo_call *call)
{
    uint64_t row_bytes = row_bytes_of(call), element;
    int32_t status = right_checks(call);

    if (status != SPANKER_OK || call->m == 0 || call->n == 0)
        return status;
    for (element = call->m * call->n; element-- > 0;) {
        uint32_t bits = bits_of_float(sequential_dot(
            call->a + element / call->n * row_bytes, call->b + element % call->n * row_bytes, call->k / BLOCK_WEIGHTS));
        int byte;
        for (byte = 3; byte >= 0; byte--)
            call->out[element * 4 + (uint64_t)byte] = (unsigned char)(bits >> 8 * byte & 0xff);
    }
    record_call(call->device->sample, call->m, call->k, call->n);
    return SPANKER_OK;
}

/* Partial sums live in OUT, block by block: it is read, but only after it was written. */
static int32_t accumulate_in_out(const zoo_call *call)
{
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS], sum;
    uint64_t row_bytes = row_bytes_of(call), i, j, at;
    int32_t status = right_checks(call);
    int w;

    if (status != SPANKER_OK || call->m == 0 || call->n == 0)
        return status;
    memset(call->out, 0, (size_t)result_bytes(call));
    for (at = 0; at < row_bytes; at += BLOCK_BYTES)
        for (i = 0; i < call->m; i++)
            for (j = 0; j < call->n; j++) {
                unsigned char *element = call->out + (i * call->n + j) * 4;
                decode_block(call->a + i * row_bytes + at, weights_a);
                decode_block(call->b + j * row_bytes + at, weights_b);
                sum = float_of_bits((uint32_t)load_u16(element) | (uint32_t)load_u16(element + 2) << 16);
                for (w = 0; w < BLOCK_WEIGHTS; w++)
                    sum = sum + weights_a[w] * weights_b[w];
                store_f32(element, sum);
            }
    record_call(call->device->sample, call->m, call->k, call->n);
    return SPANKER_OK;
}

static int32_t use_much_stack(const zoo_call *call)
{
    volatile unsigned char scratch[STACK_BYTES];
    size_t at;

    for (at = 0; at < sizeof scratch; at += 512)
        scratch[at] = 0x5a;
    return right_matmul(call);
}

/* Another rounding mode and a handler of its own, both put back before the call ends. */
static int32_t tidy_up(const zoo_call *call)
{
    struct sigaction action, before;
    int mode = fegetround();
    int32_t status;

    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_IGN;
    sigaction(SIGUSR2, &action, &before);
    fesetround(FE_TOWARDZERO);
    fesetround(mode);
    status = right_matmul(call);
    sigaction(SIGUSR2, &before, NULL);
    return status;
}

#endif
