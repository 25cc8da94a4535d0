/* The block of memory through which a runner and its worker talk, and what the worker knows of itself. Part of worker.c. */
#ifndef SPANKER_WORKER_CONTROL_H
#define SPANKER_WORKER_CONTROL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
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
#define ROUNDS_MICROSECONDS ((uint64_t)20000000)
#define PRINTED_BYTES ((off_t)1 << 16)

enum { COMMAND_DESCRIBE = 1, COMMAND_CALL = 2, COMMAND_CLOSE = 3, COMMAND_COLLECTIVE = 4, COMMAND_THREADS = 5, COMMAND_MAP = 6, COMMAND_OPEN = 7 };
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

    uint64_t progress; /* of a request with many calls: those that came back, so that each has the limit of a call */

    slot slots[SLOTS];
} control;

static control *shared;
static int channel, arena;
static pid_t self;
static uint64_t memory_limit, address_space_limit;
static uint64_t resting_bytes; /* private memory before any call */
static spanker_device *device;

#endif
