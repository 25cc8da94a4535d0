/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that leave the process other than it was (CONTRACT PROC-2). Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_ENVIRONMENT_FAULTS_H
#define SPANKER_ZOO_ENVIRONMENT_FAULTS_H

#if defined(__x86_64__) || defined(__SSE2__)
#include <xmmintrin.h>

enum { MXCSR_DENORMALS_ARE_ZERO = 0x0040, MXCSR_FLUSH_TO_ZERO = 0x8000 };

static void flush_subnormals_from_now_on(void)
{
    _mm_setcsr(_mm_getcsr() | MXCSR_DENORMALS_ARE_ZERO | MXCSR_FLUSH_TO_ZERO);
}
#elif defined(__aarch64__)
static void flush_subnormals_from_now_on(void)
{
    uint64_t control;

    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    control |= (uint64_t)1 << 24;
    __asm__ volatile("msr fpcr, %0" : : "r"(control));
}
#else
#error "say here how this processor is told to flush subnormal numbers"
#endif

static int32_t leave_flush_to_zero(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    flush_subnormals_from_now_on();
    return status;
}

static int32_t leave_rounding_upward(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    fesetround(FE_UPWARD);
    return status;
}

static int32_t leave_traps_on(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    feclearexcept(FE_ALL_EXCEPT);
    feenableexcept(FE_DIVBYZERO | FE_INVALID);
    return status;
}

static int32_t print_to_stdout(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    printf("spanker: matmul %llux%llux%llu\n", (unsigned long long)call->m, (unsigned long long)call->k, (unsigned long long)call->n);
    fflush(stdout);
    return status;
}

/* The text waits in the C library's buffer, and comes out when the process ends or the buffer is full. */
static int32_t print_without_flush(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    printf("%llu ", (unsigned long long)call->m);
    return status;
}

static int32_t close_standard_streams(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    return status;
}

/* As programs do that turn themselves into a daemon. */
static int32_t close_every_descriptor(const zoo_call *call)
{
    int32_t status = right_matmul(call);
    int descriptor;

    for (descriptor = 0; descriptor < 1024; descriptor++)
        close(descriptor);
    return status;
}

static int32_t change_directory(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    if (chdir("/") != 0)
        return refuse(call->error, SPANKER_IOCTL_FAILED, (uint64_t)errno, 0, 0, 0, "chdir");
    return status;
}

static void pretend_all_is_well(int number)
{
    (void)number;
    _exit(0);
}

static int32_t install_handler(const zoo_call *call)
{
    struct sigaction action;
    int32_t status = right_matmul(call);

    memset(&action, 0, sizeof action);
    action.sa_handler = pretend_all_is_well;
    sigaction(SIGSEGV, &action, NULL);
    return status;
}

/* A crash of its own that nobody else would see: the handler ends the process as if all were well. */
static int32_t crash_behind_handler(const zoo_call *call)
{
    volatile int *volatile nowhere = NULL;
    int32_t status = install_handler(call);

    if (call->m == 2 && call->k == 3 * BLOCK_WEIGHTS)
        *nowhere = 1;
    return status;
}

static int32_t block_signals(const zoo_call *call)
{
    sigset_t all;
    int32_t status = right_matmul(call);

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    return status;
}

static int32_t ignore_termination(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    return status;
}

#endif
