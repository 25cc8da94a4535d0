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
#define _GNU_SOURCE
#include "spanker_device.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#define PROTOCOL 1u
#define SLOTS 20
#define PHASES 8
#define BUFFERS 64
#define THREADS 8
#define GUARD_BYTES ((size_t)16 << 20)
#define PRINTED_BYTES ((off_t)1 << 16)

enum { COMMAND_DESCRIBE = 1, COMMAND_CALL = 2, COMMAND_CLOSE = 3, COMMAND_COLLECTIVE = 4, COMMAND_THREADS = 5, COMMAND_MAP = 6 };
enum { FLAG_TWIN = 1 };
enum { OFFERS_COLLECTIVES = 1, OFFERS_PHASES = 2 };
enum { STAGE_IDLE, STAGE_LOAD, STAGE_DESCRIBE, STAGE_OPEN, STAGE_CALL, STAGE_TWIN, STAGE_CLOSE, STAGE_COLLECTIVE, STAGE_THREADS };
enum { RULE_IN_TURN, RULE_DEVICE_EACH, RULE_ONE_DEVICE };

typedef struct answer {
    int32_t status;
    uint32_t phase_count;
    spanker_error error;
    spanker_phase phases[PHASES];
} answer;

typedef struct slot {
    uint64_t file_offset;
    uint64_t capacity; /* 0: not in use */
    uint64_t is_writable;
    uint64_t address; /* in the worker */
} slot;

typedef struct place {
    uint64_t slot;
    uint64_t offset;
} place;

typedef struct control {
    uint32_t protocol;
    uint32_t control_bytes;
    uint64_t sequence;
    uint32_t runner_sleeps;
    uint32_t worker_sleeps;

    /* request */
    uint32_t command;
    uint32_t flags;
    uint64_t m, k, n;
    uint64_t a_bytes, b_bytes, out_bytes;
    place a[2], b[2], out[2]; /* the call's own, then its twin's */
    uint64_t operation;       /* of a reduce; ~0: gather */
    uint64_t sails;
    uint64_t buffer_count;
    uint64_t gathered_length;
    place gathered;
    place buffers[BUFFERS];
    uint64_t lengths[BUFFERS];
    uint64_t thread_rule;
    uint64_t thread_count;
    uint64_t rounds;
    char options[1024];

    /* reply */
    uint64_t echo;
    uint32_t stage; /* what is under way */
    uint32_t offers;
    int32_t open_status;
    uint32_t abi;
    spanker_error open_error;
    answer answers[2];
    spanker_description description;
    uint64_t odd_thread; /* of COMMAND_THREADS: 1 + the first thread that got other bits; 0: none */
    uint64_t odd_round;
    uint64_t odd_byte;
    char changes[1024]; /* what the library left changed, a line each */
    char load_error[512];

    /* fault */
    uint32_t fault_signal;
    uint32_t fault_code;
    uint64_t fault_address;
    uint32_t fault_access; /* 0: unknown, 1: read, 2: write */
    uint32_t at_memory_limit;

    slot slots[SLOTS];
} control;

static control *shared;
static int channel, arena;
static pid_t self;
static uint64_t memory_limit, address_space_limit;
static uint64_t resting_bytes; /* private memory before any call */
static spanker_device *device;

static uint32_t (*lib_abi)(void);
static int32_t (*lib_describe)(const char *, spanker_description *, spanker_error *);
static int32_t (*lib_open)(const char *, spanker_device **, spanker_error *);
static void (*lib_close)(spanker_device *);
static int32_t (*lib_matmul)(spanker_device *, const void *, uint64_t, const void *, uint64_t, void *, uint64_t, uint64_t, uint64_t, uint64_t,
                             spanker_error *);
static int32_t (*lib_form)(spanker_device *, uint64_t, spanker_error *);
static int32_t (*lib_reduce)(spanker_device *, uint32_t, uint64_t, float *const *, const uint64_t *, spanker_error *);
static int32_t (*lib_gather)(spanker_device *, uint64_t, const float *const *, const uint64_t *, float *, uint64_t, spanker_error *);
static int32_t (*lib_phases)(spanker_device *, spanker_phase *, uint64_t, uint64_t *);

/* ---- what a library must leave as it was ---- */

static struct sigaction handlers[65];
static struct stat streams[3];
static sigset_t blocked;
static char folder[4096];
static long resting_threads;
static uint64_t caught, ignored;
static int task_folder, statm, status;

static void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void tell(const char *format, ...)
{
    size_t used = strlen(shared->changes);
    va_list arguments;
    va_start(arguments, format);
    if (used + 2 < sizeof shared->changes) {
        vsnprintf(shared->changes + used, sizeof shared->changes - used - 1, format, arguments);
        strcat(shared->changes, "\n");
    }
    va_end(arguments);
}

/* The control part of the floating-point unit: rounding, flushing, traps; the sticky flags of past operations are nobody's business. */
typedef struct fp_state {
    uint32_t vector;
    uint32_t x87;
} fp_state;

static fp_state resting_fp;

static inline fp_state fp_read(void)
{
    fp_state state = {0, 0};
#if defined(__x86_64__)
    uint16_t word;
    __asm__ volatile("stmxcsr %0" : "=m"(state.vector));
    __asm__ volatile("fnstcw %0" : "=m"(word));
    state.vector &= 0xFFC0u;
    state.x87 = word & 0x0F3Fu;
#elif defined(__aarch64__)
    uint64_t word;
    __asm__ volatile("mrs %0, fpcr" : "=r"(word));
    state.vector = (uint32_t)word;
#endif
    return state;
}

static inline void fp_restore(void)
{
#if defined(__x86_64__)
    uint32_t vector = resting_fp.vector;
    uint16_t word = (uint16_t)(resting_fp.x87 | 0x40u);
    __asm__ volatile("ldmxcsr %0" : : "m"(vector));
    __asm__ volatile("fldcw %0" : : "m"(word));
#elif defined(__aarch64__)
    uint64_t word = resting_fp.vector;
    __asm__ volatile("msr fpcr, %0" : : "r"(word));
#endif
}

static void check_fp(const char *where)
{
    fp_state now = fp_read();
    if (getpid() != self)
        _exit(0); /* a fork of the library's that came back into this code: the runner talks to one process only */
    if (now.vector != resting_fp.vector || now.x87 != resting_fp.x87) {
        fp_restore();
        tell("the floating-point environment was left changed by %s: control %#x, was %#x; x87 %#x, was %#x", where, now.vector,
             resting_fp.vector, now.x87, resting_fp.x87);
    }
}

static long thread_count(void)
{
    struct stat seen;
    return fstat(task_folder, &seen) == 0 ? (long)seen.st_nlink - 2 : 1;
}

static uint64_t private_bytes(void)
{
    char text[128];
    unsigned long long size, resident, in_files;
    ssize_t got = pread(statm, text, sizeof text - 1, 0);
    if (got <= 0)
        return 0;
    text[got] = 0;
    return sscanf(text, "%llu %llu %llu", &size, &resident, &in_files) == 3 ? (resident - in_files) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

/* Async-signal-safe: the greatest size of the address space so far, in bytes. */
static uint64_t peak_bytes(void)
{
    char text[1024];
    int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? 0 : read(file, text, sizeof text - 1);
    uint64_t kibibytes = 0;
    if (file >= 0)
        close(file);
    text[got > 0 ? got : 0] = 0;
    for (char *at = text; (at = strchr(at, 'V')) != NULL; at++) {
        if (strncmp(at, "VmPeak:", 7) == 0) {
            for (at += 7; *at == ' ' || *at == '\t'; at++) {
            }
            for (; *at >= '0' && *at <= '9'; at++)
                kibibytes = kibibytes * 10 + (uint64_t)(*at - '0');
            break;
        }
    }
    return kibibytes * 1024;
}

static int is_at_memory_limit(void)
{
    return memory_limit > 0 && peak_bytes() > address_space_limit - memory_limit / 16;
}

/* Which signals have handlers and which are ignored, bit i-1 for signal i, from one file instead of 64 calls. */
static void read_masks(uint64_t *caught_now, uint64_t *ignored_now)
{
    char text[4096];
    ssize_t got = pread(status, text, sizeof text - 1, 0);
    text[got > 0 ? got : 0] = 0;
    char *at = strstr(text, "\nSigIgn:");
    *ignored_now = at == NULL ? 0 : strtoull(at + 8, NULL, 16);
    at = strstr(text, "\nSigCgt:");
    *caught_now = at == NULL ? 0 : strtoull(at + 8, NULL, 16);
}

static void remember(void)
{
    read_masks(&caught, &ignored);
    for (int number = 1; number <= 64; number++)
        sigaction(number, NULL, &handlers[number]);
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    for (int stream = 0; stream < 3; stream++)
        fstat(stream, &streams[stream]);
    if (getcwd(folder, sizeof folder) == NULL)
        folder[0] = 0;
    resting_threads = thread_count();
    resting_fp = fp_read();
}

static void check_process(void)
{
    char now[4096];
    uint64_t caught_now, ignored_now;
    read_masks(&caught_now, &ignored_now);
    uint64_t suspects = (caught ^ caught_now) | (ignored ^ ignored_now) | caught;
    for (int number = 1; number <= 64; number++) {
        struct sigaction seen;
        if ((suspects >> (number - 1) & 1) != 0 && sigaction(number, NULL, &seen) == 0 && seen.sa_sigaction != handlers[number].sa_sigaction) {
            sigaction(number, &handlers[number], NULL);
            tell("the handler of signal %d (%s) was replaced", number, strsignal(number));
        }
    }

    sigset_t masked;
    sigprocmask(SIG_SETMASK, &blocked, &masked);
    if (memcmp(&masked, &blocked, sizeof(uint64_t)) != 0)
        tell("signals were left blocked");

    fflush(stdout);
    for (int stream = 0; stream < 3; stream++) {
        struct stat seen;
        if (fstat(stream, &seen) != 0 || seen.st_ino != streams[stream].st_ino || seen.st_dev != streams[stream].st_dev) {
            tell("descriptor %d, a standard stream, was closed or replaced", stream);
            fstat(stream, &streams[stream]);
        } else if (stream > 0 && seen.st_size > 0) {
            if (stream == 1) {
                char text[81];
                ssize_t got = pread(1, text, sizeof text - 1, 0);
                text[got > 0 ? got : 0] = 0;
                for (char *at = text; *at != 0; at++)
                    *at = *at < ' ' || *at > '~' ? ' ' : *at;
                tell("%lld bytes were written to standard output: '%s'", (long long)seen.st_size, text);
            }
            if (stream == 1 || seen.st_size > PRINTED_BYTES) {
                if (ftruncate(stream, 0) != 0)
                    tell("descriptor %d cannot be emptied", stream);
            }
        }
    }

    if (folder[0] != 0 && (getcwd(now, sizeof now) == NULL || strcmp(now, folder) != 0)) {
        tell("the working directory was changed to %.200s", now);
        if (chdir(folder) != 0)
            folder[0] = 0;
    }

    int ended;
    pid_t child = waitpid(-1, &ended, WNOHANG | __WALL);
    if (child >= 0) {
        tell("a child process was started%s", child == 0 ? " and is still running" : "");
    }
}

/* Joined threads leave the kernel's count a moment after they are joined. */
static void check_threads(void)
{
    struct timespec moment = {0, 1000000};
    for (int tries = 0; thread_count() > resting_threads && tries < 200; tries++)
        nanosleep(&moment, NULL);
    long now = thread_count();
    if (now > resting_threads) {
        tell("%ld thread%s still running after spanker_device_close", now - resting_threads, now - resting_threads == 1 ? " is" : "s are");
        resting_threads = now;
    }

    if (memory_limit > 0) {
        uint64_t held = private_bytes();
        if (held > resting_bytes + memory_limit / 4) {
            tell("more than %llu MiB are still held after spanker_device_close", (unsigned long long)(memory_limit / 4 >> 20));
            resting_bytes = held;
        }
    }
}

/* ---- faults ---- */

static void on_fault(int number, siginfo_t *info, void *context)
{
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

/* ---- memory ---- */

static void limit_address_space(void)
{
    if (memory_limit == 0)
        return;
    char text[128];
    ssize_t got = pread(statm, text, sizeof text - 1, 0);
    text[got > 0 ? got : 0] = 0;
    address_space_limit = strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE) + memory_limit;
    struct rlimit limit = {address_space_limit, RLIM_INFINITY};
    setrlimit(RLIMIT_AS, &limit);
}

static int map_slot(slot *wanted)
{
    size_t guarded = wanted->capacity + 2 * GUARD_BYTES;
    char *start = mmap(NULL, guarded, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED)
        return errno;
    void *mapped = mmap(start + GUARD_BYTES, wanted->capacity, wanted->is_writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED | MAP_FIXED,
                        arena, (off_t)wanted->file_offset);
    if (mapped == MAP_FAILED)
        return errno;
    wanted->address = (uint64_t)(uintptr_t)mapped;
    return 0;
}

static int map_slots(void)
{
    struct rlimit open_ended = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_AS, &open_ended);
    int error = 0;
    for (int i = 0; i < SLOTS && error == 0; i++) {
        if (shared->slots[i].capacity > 0 && shared->slots[i].address == 0)
            error = map_slot(&shared->slots[i]);
    }
    limit_address_space();
    return error;
}

static char *at(place where)
{
    return (char *)(uintptr_t)shared->slots[where.slot % SLOTS].address + where.offset;
}

/* ---- requests ---- */

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

/* ---- several threads: rows [i*m, (i+1)*m) of A are thread i's; each thread's result alone is in OUT, what it gets in company in OUT's twin ---- */

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
    for (uint64_t i = 0; i < count; i++) {
        shared->stage = STAGE_THREADS;
        to->status = call_rows(device, i, 0, &to->error);
        if (to->status != SPANKER_OK)
            return;
    }

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

static void serve(void)
{
    switch (shared->command) {
    case COMMAND_DESCRIBE:
        do_describe();
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

static void *find(void *library, const char *name, int is_needed)
{
    void *found = dlsym(library, name);
    if (found == NULL && is_needed && shared->load_error[0] == 0)
        snprintf(shared->load_error, sizeof shared->load_error, "it does not export %s", name);
    return found;
}

#define FIND(target, name, is_needed) *(void **)&target = find(library, name, is_needed)

static void load(const char *path)
{
    shared->stage = STAGE_LOAD;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    check_fp("loading the library");
    if (library == NULL) {
        snprintf(shared->load_error, sizeof shared->load_error, "%s", dlerror());
        return;
    }

    FIND(lib_abi, "spanker_device_abi_version", 1);
    FIND(lib_describe, "spanker_device_describe", 1);
    FIND(lib_open, "spanker_device_open", 1);
    FIND(lib_close, "spanker_device_close", 1);
    FIND(lib_matmul, "spanker_device_matmul_q4_k", 1);
    FIND(lib_form, "spanker_device_form_topology", 0);
    FIND(lib_reduce, "spanker_device_all_reduce", 0);
    FIND(lib_gather, "spanker_device_all_gather", 0);
    FIND(lib_phases, "spanker_device_take_phases", 0);
    if (shared->load_error[0] != 0)
        return;
    shared->offers = (lib_form != NULL && lib_reduce != NULL && lib_gather != NULL ? OFFERS_COLLECTIVES : 0) | (lib_phases != NULL ? OFFERS_PHASES : 0);
    shared->abi = lib_abi();
    if (shared->abi >> 16 != SPANKER_DEVICE_ABI_MAJOR)
        snprintf(shared->load_error, sizeof shared->load_error, "it speaks ABI %u.%u, this host %u.%u", shared->abi >> 16, shared->abi & 0xFFFF,
                 (unsigned)SPANKER_DEVICE_ABI_MAJOR, (unsigned)SPANKER_DEVICE_ABI_MINOR);
}

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
        serve();
        answer_turn(asked);
    }
    _exit(0);
}
