/*
 * spanker_device.h: what a device library offers to Spanker Conformance. ABI 1.0.
 *
 * A vendor builds a shared library that exports the functions below under these names. docs/vendor-guide.md is the manual;
 * this header is the whole contract. C99 and C++.
 *
 * Rules
 *   - Every size is in bytes, every length of a collective in binary32 elements, unless its name says otherwise.
 *   - A and B are 16-byte aligned, OUT and collective buffers 4-byte aligned. No more may be assumed. A buffer of no bytes may be
 *     anywhere, at NULL too.
 *   - Memory that the caller passes stays the caller's. A library reads operands, writes OUT[0 .. m*n*4) and the error record,
 *     and keeps no pointer after it returns.
 *   - A library writes nothing to standard output, installs no signal handler, changes neither the working directory nor the
 *     floating-point environment, and leaves no thread running after spanker_device_close.
 *   - Functions marked optional may be missing, or answer SPANKER_NOT_IMPLEMENTED, which says the same of one device. What is missing
 *     is reported as not-supported, never as passed.
 *   - Threads: see SPANKER_THREADS_*.
 */
#ifndef SPANKER_DEVICE_H
#define SPANKER_DEVICE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define SPANKER_EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define SPANKER_EXPORT __attribute__((visibility("default")))
#else
#define SPANKER_EXPORT
#endif

/* A host refuses a library of another major. A newer minor only adds. */
#define SPANKER_DEVICE_ABI_MAJOR 1
#define SPANKER_DEVICE_ABI_MINOR 0
#define SPANKER_DEVICE_ABI_VERSION ((uint32_t)((SPANKER_DEVICE_ABI_MAJOR << 16) | SPANKER_DEVICE_ABI_MINOR))

/* An open device. The library defines what is in it. */
typedef struct spanker_device spanker_device;

/* Arithmetic classes: docs/numerics.md defines each step by step. */
enum {
    SPANKER_CLASS_EXACT = 0,
    SPANKER_CLASS_F32 = 1,
    SPANKER_CLASS_SUBBLOCK_INT = 2,
    SPANKER_CLASS_F16_ACCUMULATE = 3,
    SPANKER_CLASS_BF16_ACCUMULATE = 4,
    SPANKER_CLASS_Q8K = 5
};

/* The order of the sums of class f32, if declared. Any other class: SPANKER_ORDER_ANY. */
enum {
    SPANKER_ORDER_ANY = 0,
    SPANKER_ORDER_SEQUENTIAL = 1,
    SPANKER_ORDER_PAIRWISE = 2,
    SPANKER_ORDER_BLOCKS32 = 3,
    SPANKER_ORDER_BLOCKS256 = 4
};

/* What a weight is worth. Classes f32, f16-accumulate and bf16-accumulate mean ROUNDED, subblock-int and q8k RATIONAL. */
enum {
    SPANKER_WEIGHTS_RATIONAL = 0,
    SPANKER_WEIGHTS_ROUNDED = 1
};

/* Blocks whose d or dmin is infinite or NaN. */
enum {
    SPANKER_NONFINITE_IEEE = 0,
    SPANKER_NONFINITE_EXCLUDED = 1
};

/* Which calls may run at the same time. */
enum {
    SPANKER_THREADS_NONE = 0,       /* one call at a time in the whole process */
    SPANKER_THREADS_PER_DEVICE = 1, /* one call at a time on each open device */
    SPANKER_THREADS_FREE = 2        /* any calls, on one open device too */
};

/* What a library says of itself. All reserved fields are 0. Texts are UTF-8 and end with a zero byte. */
typedef struct spanker_description {
    uint32_t struct_bytes; /* sizeof(spanker_description); set by the host before the call */
    uint32_t arithmetic_class;
    uint32_t summation_order;
    uint32_t weights;
    uint32_t nonfinite;
    uint32_t thread_rule;
    uint32_t is_deterministic; /* 1: the same call gives the same bits */
    uint32_t max_sails;        /* 0: no collectives */
    uint64_t max_m;            /* 0: no limit of its own; so for the next three */
    uint64_t max_n;
    uint64_t max_k;
    uint64_t max_call_milliseconds;
    uint64_t products_per_second; /* what a profile may expect of it; 0: unknown */
    uint64_t reserved[3];
    char name[64];
    char vendor[64];
} spanker_description;

/* What a call answers. 0 is success; the others carry fields in spanker_error. A library may answer with any other positive
 * number, up to 9999: it is reported as an error of a kind that the suite does not know. */
enum {
    SPANKER_OK = 0,
    SPANKER_BAD_DIMS = 1,          /* fields: m, k, n, qk */
    SPANKER_OUTPUT_TOO_SMALL = 2,  /* fields: have_bytes, need_bytes */
    SPANKER_NOT_IMPLEMENTED = 3,   /* text names what is missing */
    SPANKER_TOPOLOGY_MISMATCH = 4, /* fields: expected, actual */
    SPANKER_SHAPE_MISMATCH = 5,    /* fields: sail, expected, actual */
    SPANKER_OPEN_FAILED = 6,       /* fields: errno; text: the path */
    SPANKER_IOCTL_FAILED = 7,      /* fields: errno; text: the operation */
    SPANKER_NO_SAILS = 8
};

/* Filled by a call that does not answer SPANKER_OK. The host zeroes it before the call. */
typedef struct spanker_error {
    uint64_t fields[4];
    char text[192];
} spanker_error;

/* The phases of a call, if the library can tell (optional). */
enum {
    SPANKER_PHASE_WRITE_A = 0,
    SPANKER_PHASE_WRITE_B = 1,
    SPANKER_PHASE_COMPUTE = 2,
    SPANKER_PHASE_READ_OUT = 3
};

typedef struct spanker_phase {
    uint32_t kind;
    uint32_t reserved;
    uint64_t bytes; /* of a write or a read; 0 for compute */
    uint64_t m;     /* of compute; 0 otherwise */
    uint64_t k;
    uint64_t n;
} spanker_phase;

/* Operations of an all-reduce. Any other number is answered with an error of the library's choice, and no buffer changes. */
enum {
    SPANKER_REDUCE_SUM = 0,
    SPANKER_REDUCE_MAX = 1,
    SPANKER_REDUCE_MIN = 2,
    SPANKER_REDUCE_AVG = 3
};

/* SPANKER_DEVICE_ABI_VERSION, as the library was compiled. */
SPANKER_EXPORT uint32_t spanker_device_abi_version(void);

/* Describes the device that these options would open. options is the text behind the library's path, never NULL. */
SPANKER_EXPORT int32_t spanker_device_describe(const char *options, spanker_description *description, spanker_error *error);

/* Opens a device. On success *device is not NULL, and the host closes it exactly once. */
SPANKER_EXPORT int32_t spanker_device_open(const char *options, spanker_device **device, spanker_error *error);

SPANKER_EXPORT void spanker_device_close(spanker_device *device);

/*
 * OUT = A * B^T. A is [m x k] and B is [n x k] in Q4_K, rows contiguous; OUT is [m x n] binary32 little endian, row major.
 * Checks, in this order: k = 0 or not a multiple of 256; a size beyond 2^64-1; a_bytes and b_bytes other than the dimensions
 * say: SPANKER_BAD_DIMS. out_bytes below m*n*4: SPANKER_OUTPUT_TOO_SMALL; longer is allowed. m or n = 0: success, OUT untouched.
 * A refused call writes nothing to OUT.
 */
SPANKER_EXPORT int32_t spanker_device_matmul_q4_k(
    spanker_device *device,
    const void *a, uint64_t a_bytes,
    const void *b, uint64_t b_bytes,
    void *out, uint64_t out_bytes,
    uint64_t m, uint64_t k, uint64_t n,
    spanker_error *error);

/* Optional, with the next two: connects so many Sails; at most max_sails. */
SPANKER_EXPORT int32_t spanker_device_form_topology(spanker_device *device, uint64_t sails, spanker_error *error);

/* Reduces element by element, in place. buffer_count may differ from the number of Sails, and lengths from one another:
 * refusing that is the library's job (topology first, then shapes; a refused call changes no buffer). */
SPANKER_EXPORT int32_t spanker_device_all_reduce(
    spanker_device *device, uint32_t operation, uint64_t buffer_count,
    float *const *buffers, const uint64_t *lengths, spanker_error *error);

/* Joins the buffers in topology order into gathered, which has room for gathered_length elements. */
SPANKER_EXPORT int32_t spanker_device_all_gather(
    spanker_device *device, uint64_t buffer_count,
    const float *const *buffers, const uint64_t *lengths,
    float *gathered, uint64_t gathered_length, spanker_error *error);

/* Optional: copies up to capacity phases recorded since the last call and forgets them all; *count is how many there were. */
SPANKER_EXPORT int32_t spanker_device_take_phases(
    spanker_device *device, spanker_phase *phases, uint64_t capacity, uint64_t *count);

#ifdef __cplusplus
}
#endif

#endif
