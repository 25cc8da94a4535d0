/* The library: its functions, and how they are found. Part of worker.c. */
#ifndef SPANKER_WORKER_LIBRARY_H
#define SPANKER_WORKER_LIBRARY_H

#include "control.h"
#include "process_state.h"

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
    if (shared->load_error[0] == 0 && (lib_form != NULL || lib_reduce != NULL || lib_gather != NULL))
        if (lib_form == NULL || lib_reduce == NULL || lib_gather == NULL)
            snprintf(shared->load_error, sizeof shared->load_error, "it exports %s but not %s; collectives take all three of form_topology, all_reduce and all_gather",
                     lib_form != NULL ? "spanker_device_form_topology" : lib_reduce != NULL ? "spanker_device_all_reduce" : "spanker_device_all_gather",
                     lib_form == NULL ? "spanker_device_form_topology" : lib_reduce == NULL ? "spanker_device_all_reduce" : "spanker_device_all_gather");
    if (shared->load_error[0] != 0)
        return;
    shared->offers = (lib_form != NULL && lib_reduce != NULL && lib_gather != NULL ? OFFERS_COLLECTIVES : 0) | (lib_phases != NULL ? OFFERS_PHASES : 0);
    shared->abi = lib_abi();
    if (shared->abi >> 16 != SPANKER_DEVICE_ABI_MAJOR)
        snprintf(shared->load_error, sizeof shared->load_error, "it speaks ABI %u.%u, this host %u.%u", shared->abi >> 16, shared->abi & 0xFFFF,
                 (unsigned)SPANKER_DEVICE_ABI_MAJOR, (unsigned)SPANKER_DEVICE_ABI_MINOR);
}

#endif
