/* The slots of the arena, between inaccessible pages, and the limit on all other memory. Part of worker.c. */
#ifndef SPANKER_WORKER_MEMORY_H
#define SPANKER_WORKER_MEMORY_H

#include "control.h"
#include "process_state.h"

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

#endif
