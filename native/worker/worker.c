/*
 * worker.c: the process that hosts one vendor library (spanker_device.h) for Spanker Conformance.
 *
 *   worker LIBRARY RUNNER_PID MEMORY_LIMIT_BYTES
 *
 * The runner (src/Device/Worker) starts it with these descriptors:
 *   0 /dev/null   1, 2 memfds that take what the library prints   3 one end of a SOCK_SEQPACKET pair   4 a memfd: the arena
 *
 * Conversation. Requests and replies are `struct control` at the start of the arena. The runner writes a request and counts `sequence`
 * up; the worker answers in place and sets `echo` to it. The first echo says that the library is loaded, or load_error says why not. Who waits looks at
 * the other's number for a moment, then says in `*_sleeps` that it sleeps, looks once more, and sleeps on the socket until a byte comes; who counts
 * up sends that byte if the other sleeps. (A wake-up costs more than most calls.) End of file on the socket ends the worker.
 *
 * What the library leaves changed in the process is looked for when its device is closed, but for the floating-point environment, which is
 * looked at after every call.
 *
 * Memory. The arena holds slots behind the control block. Each slot is mapped between inaccessible pages; those of operands are mapped
 * read-only. A signal that a library's fault raises is written into the control block, with its address, by a handler on a
 * stack of its own; then the worker ends, and the runner says in words what lies at that address.
 */
#include "control.h"
#include "process_state.h"
#include "library.h"
#include "memory.h"
#include "faults.h"
#include "calls.h"
#include "threads.h"

static void serve(void)
{
    switch (shared->command) {
    case COMMAND_DESCRIBE:
        do_describe();
        break;
    case COMMAND_OPEN:
        if (device == NULL)
            open_device(&device);
        break;
    case COMMAND_CALL:
        do_call();
        break;
    case COMMAND_CLOSE:
        do_close();
        break;
    case COMMAND_COLLECTIVE:
        do_collective();
        break;
    case COMMAND_THREADS:
        do_threads();
        break;
    case COMMAND_MAP:
        shared->open_status = map_slots();
        break;
    default:
        _exit(3);
    }
    shared->stage = STAGE_IDLE;
    if (shared->command == COMMAND_CLOSE || shared->command == COMMAND_DESCRIBE)
        check_process();
}

/* ---- turns ---- */

static void pause_briefly(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Returns 0 when the runner is gone. */
static int await_request(uint64_t last)
{
    char turn;
    for (int spin = 0; spin < 2000; spin++) {
        if (__atomic_load_n(&shared->sequence, __ATOMIC_ACQUIRE) != last)
            return 1;
        pause_briefly();
        if (spin % 16 == 15)
            sched_yield(); /* where runners and workers are more than processors, who looks keeps the other from asking */
    }

    __atomic_store_n(&shared->worker_sleeps, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&shared->sequence, __ATOMIC_SEQ_CST) != last && __atomic_exchange_n(&shared->worker_sleeps, 0, __ATOMIC_SEQ_CST) == 1)
        return 1; /* nobody sent a byte, and nobody will */
    return recv(channel, &turn, 1, 0) == 1;
}

static void answer_turn(uint64_t sequence)
{
    char turn = 0;
    __atomic_store_n(&shared->echo, sequence, __ATOMIC_SEQ_CST);
    if (__atomic_exchange_n(&shared->runner_sleeps, 0, __ATOMIC_SEQ_CST) == 1 && send(channel, &turn, 1, MSG_NOSIGNAL) != 1)
        _exit(0);
}

/* ---- start ---- */

static void die_with(pid_t runner)
{
    struct rlimit none = {0, 0}, printed = {64u << 20, RLIM_INFINITY};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != runner)
        _exit(0); /* it died before the signal was asked for */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    self = getpid();
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_FSIZE, &printed);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    die_with((pid_t)strtol(argv[2], NULL, 10));
    memory_limit = strtoull(argv[3], NULL, 10);
    channel = fcntl(3, F_DUPFD_CLOEXEC, 200);
    arena = fcntl(4, F_DUPFD_CLOEXEC, 200);
    close(3);
    close(4);
    task_folder = fcntl(open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC), F_DUPFD_CLOEXEC, 200);
    status = fcntl(open("/proc/self/status", O_RDONLY | O_CLOEXEC), F_DUPFD_CLOEXEC, 200);
    statm = fcntl(open("/proc/self/statm", O_RDONLY | O_CLOEXEC), F_DUPFD_CLOEXEC, 200);
    size_t pages = (sizeof(control) + 4095) / 4096 * 4096;
    shared = mmap(NULL, pages, PROT_READ | PROT_WRITE, MAP_SHARED, arena, 0);
    if (channel < 0 || arena < 0 || shared == MAP_FAILED)
        return 2;
    if (shared->protocol != PROTOCOL || shared->control_bytes != sizeof(control))
        return 4;
    catch_faults();
    remember();
    load(argv[1]);
    resting_bytes = private_bytes();
    if (map_slots() != 0)
        return 5;
    check_process();
    shared->stage = STAGE_IDLE;
    uint64_t asked = 1;
    answer_turn(asked);
    while (await_request(asked)) {
        asked = __atomic_load_n(&shared->sequence, __ATOMIC_ACQUIRE);
        shared->changes[0] = 0;
        shared->at_memory_limit = 0;
        shared->fault_signal = 0;
        serve();
        answer_turn(asked);
    }
    _exit(0);
}
