/* What a library must leave as it was. Part of worker.c. */
#ifndef SPANKER_WORKER_PROCESS_STATE_H
#define SPANKER_WORKER_PROCESS_STATE_H

#include "control.h"

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

#endif
