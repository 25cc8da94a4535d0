/* What a fault of the library leaves in the control block before the worker ends. Part of worker.c. */
#ifndef SPANKER_WORKER_FAULTS_H
#define SPANKER_WORKER_FAULTS_H

#include "control.h"
#include "process_state.h"

static void on_fault(int number, siginfo_t *info, void *context)
{
    if (getpid() != self)
        _exit(128 + number); /* a fork of the library's: its end is not the worker's */
    if (shared->fault_signal == 0) {
        shared->fault_signal = (uint32_t)number;
        shared->fault_code = (uint32_t)info->si_code;
        shared->fault_address = (uint64_t)(uintptr_t)info->si_addr;
        shared->fault_access = 0;
#if defined(__x86_64__)
        if (number == SIGSEGV || number == SIGBUS)
            shared->fault_access = (((ucontext_t *)context)->uc_mcontext.gregs[REG_ERR] & 2) != 0 ? 2 : 1;
#else
        (void)context;
#endif
        shared->at_memory_limit = (uint32_t)is_at_memory_limit();
    }
    _exit(128 + number);
}

static void catch_faults(void)
{
    static char stack[1 << 16];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action;
    int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
    sigaltstack(&alternate, NULL);
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
    /* A write beyond the limit on what may be printed fails instead of killing. */
    signal(SIGXFSZ, SIG_IGN);
}

#endif
