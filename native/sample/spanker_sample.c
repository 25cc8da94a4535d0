/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sample vendor library: a correct device, to start from and to compare with.
 *
 *   gcc -std=c99 -Wall -Wextra -pedantic -O2 -ffp-contract=off -fPIC -shared -Inative -o libspanker_sample.so native/sample/spanker_sample.c
 *
 * It claims class f32 with sequential order: every weight is decoded to binary32, every product is rounded to binary32, and the
 * products of a row are added to one binary32 accumulator from the first to the last. A compiler must not fuse a multiplication
 * with an addition here (-ffp-contract=off): the class would allow it, but the same source would then give other bits elsewhere.
 *
 * Plain C99 that is C++ too; it asks nothing of the processor's byte order. Read it from top to bottom:
 *   1. bytes to numbers   2. a block   3. the checks   4. the product   5. the life of a device   6. collectives   7. phases
 */
#include "spanker_device.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
#error "binary32 expressions must be evaluated in binary32; on 32-bit x86 build with -msse2 -mfpmath=sse"
#endif

enum {
    BLOCK_WEIGHTS = 256,
    BLOCK_BYTES = 144,
    SUBBLOCKS = 8,
    MAX_SAILS = 16,
    CALLS_REMEMBERED = 64,
    PHASES_PER_CALL = 4,
    TILE = 16, /* rows of A, and of B, that are decoded at a time */
    ERRNO_INVALID = 22,
    STATUS_UNKNOWN_OPERATION = 100 /* our own: the ABI leaves the numbers above its own to the vendor */
};

/* What is behind the handle. Nothing of it is shared between devices, so calls on different ones may overlap. */
struct spanker_device {
    uint64_t sails;
    uint64_t phase_count;
    spanker_phase phases[CALLS_REMEMBERED * PHASES_PER_CALL];
};

static int32_t refuse(spanker_error *error, int32_t status, uint64_t f0, uint64_t f1, uint64_t f2, uint64_t f3, const char *text)
{
    size_t length = strlen(text);

    if (length >= sizeof error->text)
        length = sizeof error->text - 1;
    memset(error, 0, sizeof *error);
    error->fields[0] = f0;
    error->fields[1] = f1;
    error->fields[2] = f2;
    error->fields[3] = f3;
    memcpy(error->text, text, length);
    return status;
}

/* ---- 1. Bytes to numbers. Everything in memory is little endian, whatever the processor is. ---- */

static unsigned load_u16(const unsigned char *p)
{
    return (unsigned)p[0] | (unsigned)p[1] << 8;
}

static float float_of_bits(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

static void store_f32(unsigned char *p, float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    p[0] = (unsigned char)(bits & 0xff);
    p[1] = (unsigned char)(bits >> 8 & 0xff);
    p[2] = (unsigned char)(bits >> 16 & 0xff);
    p[3] = (unsigned char)(bits >> 24);
}

/*
 * binary16 to binary32, always exact.
 *   15    14..10    9..0
 *   sign  exponent  fraction     exponent 0: zero or subnormal, fraction * 2^-24; 31: infinity or NaN
 */
static float float_of_half(unsigned half)
{
    uint32_t sign = (uint32_t)(half & 0x8000u) << 16;
    uint32_t exponent = half >> 10 & 0x1f;
    uint32_t fraction = half & 0x3ff;

    if (exponent == 31) /* a NaN is made quiet, as arithmetic would do */
        return float_of_bits(sign | 0x7f800000u | fraction << 13 | (fraction != 0 ? 0x00400000u : 0));
    if (exponent == 0) { /* the integer and the power of two are exact, and so is their product */
        float magnitude = (float)fraction * float_of_bits(0x33800000u); /* 2^-24 */
        return sign != 0 ? -magnitude : magnitude;
    }
    return float_of_bits(sign | (exponent + (127 - 15)) << 23 | fraction << 13);
}

/* ---- 2. A block: 144 bytes, 256 weights. ---- */

/*
 * Twelve bytes hold eight 6-bit scales and eight 6-bit minimums:
 *   p[0..3]    high 2 bits of scale 4..7     scale 0..3
 *   p[4..7]    high 2 bits of minimum 4..7   minimum 0..3
 *   p[8..11]   low 4 bits of minimum 4..7    low 4 bits of scale 4..7
 */
static void unpack_scales(const unsigned char *p, unsigned *scale, unsigned *minimum)
{
    int s;

    for (s = 0; s < 4; s++) {
        scale[s] = p[s] & 63u;
        minimum[s] = p[s + 4] & 63u;
        scale[s + 4] = (p[s + 8] & 15u) | (unsigned)(p[s] >> 6) << 4;
        minimum[s + 4] = (unsigned)(p[s + 8] >> 4) | (unsigned)(p[s + 4] >> 6) << 4;
    }
}

/* The 4-bit value of weight i. Each 32 bytes hold 64 weights: the first 32 in the low nibbles, the others in the high ones. */
static unsigned nibble_of(const unsigned char *block, int i)
{
    unsigned char pair = block[16 + i / 64 * 32 + i % 32];

    return i % 64 < 32 ? pair & 15u : (unsigned)pair >> 4;
}

/* w = (d*sc)*q - dmin*m. With finite d and dmin only the subtraction rounds. Infinities and NaNs go their IEEE 754 way. */
static void decode_block(const unsigned char *block, float *weights)
{
    float d = float_of_half(load_u16(block));
    float dmin = float_of_half(load_u16(block + 2));
    unsigned scale[SUBBLOCKS], minimum[SUBBLOCKS];
    int i;

    unpack_scales(block + 4, scale, minimum);
    for (i = 0; i < BLOCK_WEIGHTS; i++) {
        float step = d * (float)scale[i / 32];
        float offset = dmin * (float)minimum[i / 32];
        weights[i] = step * (float)nibble_of(block, i) - offset;
    }
}

/* ---- 3. The checks. Sizes are compared as numbers; a product that does not fit into 64 bits is refused, never wrapped. ---- */

static int multiply_sizes(uint64_t left, uint64_t right, uint64_t *product)
{
    if (left != 0 && right > UINT64_MAX / left)
        return 0;
    *product = left * right;
    return 1;
}

static int32_t check_matmul(
    uint64_t a_bytes, uint64_t b_bytes, uint64_t out_bytes, uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
{
    uint64_t row_bytes, a_needed, b_needed, elements, out_needed;

    if (k == 0 || k % BLOCK_WEIGHTS != 0)
        return refuse(error, SPANKER_BAD_DIMS, m, k, n, BLOCK_WEIGHTS, "k is not a positive multiple of 256");

    row_bytes = k / BLOCK_WEIGHTS * BLOCK_BYTES; /* below 2^56 * 144, which 64 bits hold */
    if (!multiply_sizes(m, row_bytes, &a_needed) || !multiply_sizes(n, row_bytes, &b_needed)
        || !multiply_sizes(m, n, &elements) || !multiply_sizes(elements, 4, &out_needed))
        return refuse(error, SPANKER_BAD_DIMS, m, k, n, BLOCK_WEIGHTS, "a size exceeds 64 bits");

    if (a_bytes != a_needed || b_bytes != b_needed)
        return refuse(error, SPANKER_BAD_DIMS, m, k, n, BLOCK_WEIGHTS, "A or B is not as long as the dimensions say");

    if (out_bytes < out_needed)
        return refuse(error, SPANKER_OUTPUT_TOO_SMALL, out_bytes, out_needed, 0, 0, "OUT is shorter than m*n*4 bytes");

    return SPANKER_OK;
}

/* ---- 4. The product. ---- */

static void record_phase(spanker_device *device, uint32_t kind, uint64_t bytes, uint64_t m, uint64_t k, uint64_t n)
{
    spanker_phase *phase = &device->phases[device->phase_count++];

    memset(phase, 0, sizeof *phase);
    phase->kind = kind;
    phase->bytes = bytes;
    phase->m = m;
    phase->k = k;
    phase->n = n;
}

/* Four phases a call. When there is no room, the oldest call is forgotten. */
static void record_call(spanker_device *device, uint64_t m, uint64_t k, uint64_t n)
{
    uint64_t row_bytes = k / BLOCK_WEIGHTS * BLOCK_BYTES;

    if (device->phase_count == CALLS_REMEMBERED * PHASES_PER_CALL) {
        device->phase_count -= PHASES_PER_CALL;
        memmove(device->phases, device->phases + PHASES_PER_CALL, (size_t)device->phase_count * sizeof *device->phases);
    }
    record_phase(device, SPANKER_PHASE_WRITE_A, m * row_bytes, 0, 0, 0);
    record_phase(device, SPANKER_PHASE_WRITE_B, n * row_bytes, 0, 0, 0);
    record_phase(device, SPANKER_PHASE_COMPUTE, 0, m, k, n);
    record_phase(device, SPANKER_PHASE_READ_OUT, m * n * 4, 0, 0, 0);
}

/*
 * A tile of OUT: rows x columns elements, at most 16 x 16. A block of each row is decoded once and used for the whole tile, and
 * every element still has one accumulator that meets its products in order.
 */
static void multiply_tile(
    const unsigned char *a, const unsigned char *b, uint64_t row_bytes, int rows, int columns, unsigned char *out, uint64_t out_row_bytes)
{
    float weights_a[TILE][BLOCK_WEIGHTS], weights_b[TILE][BLOCK_WEIGHTS], sum[TILE][TILE];
    uint64_t at;
    int row, column, i;

    for (row = 0; row < rows; row++)
        for (column = 0; column < columns; column++)
            sum[row][column] = 0.0f;

    for (at = 0; at < row_bytes; at += BLOCK_BYTES) {
        for (row = 0; row < rows; row++)
            decode_block(a + (uint64_t)row * row_bytes + at, weights_a[row]);
        for (column = 0; column < columns; column++)
            decode_block(b + (uint64_t)column * row_bytes + at, weights_b[column]);
        for (row = 0; row < rows; row++)
            for (column = 0; column < columns; column++) {
                float accumulator = sum[row][column];
                for (i = 0; i < BLOCK_WEIGHTS; i++)
                    accumulator = accumulator + weights_a[row][i] * weights_b[column][i];
                sum[row][column] = accumulator;
            }
    }

    for (row = 0; row < rows; row++)
        for (column = 0; column < columns; column++)
            store_f32(out + (uint64_t)row * out_row_bytes + (uint64_t)column * 4, sum[row][column]);
}

static int tile_length(uint64_t first, uint64_t length)
{
    return length - first < TILE ? (int)(length - first) : TILE;
}

int32_t spanker_device_matmul_q4_k(
    spanker_device *device, const void *a, uint64_t a_bytes, const void *b, uint64_t b_bytes, void *out, uint64_t out_bytes,
    uint64_t m, uint64_t k, uint64_t n, spanker_error *error)
{
    uint64_t row_bytes = k / BLOCK_WEIGHTS * BLOCK_BYTES;
    uint64_t i, j;
    int32_t status = check_matmul(a_bytes, b_bytes, out_bytes, m, k, n, error);

    if (status != SPANKER_OK || m == 0 || n == 0)
        return status; /* nothing written, nothing recorded */

    for (i = 0; i < m; i += TILE)
        for (j = 0; j < n; j += TILE)
            multiply_tile(
                (const unsigned char *)a + i * row_bytes, (const unsigned char *)b + j * row_bytes, row_bytes,
                tile_length(i, m), tile_length(j, n), (unsigned char *)out + (i * n + j) * 4, n * 4);

    record_call(device, m, k, n);
    return SPANKER_OK;
}

/* ---- 5. The life of a device. ---- */

uint32_t spanker_device_abi_version(void)
{
    return SPANKER_DEVICE_ABI_VERSION;
}

/* The options are the text behind the library's path. This device has none; a vendor's may choose a card or a mode. */
static int32_t check_options(const char *options, spanker_error *error)
{
    return options[0] == '\0' ? SPANKER_OK : refuse(error, SPANKER_OPEN_FAILED, ERRNO_INVALID, 0, 0, 0, "this device takes no options");
}

int32_t spanker_device_describe(const char *options, spanker_description *description, spanker_error *error)
{
    uint32_t struct_bytes = description->struct_bytes;
    int32_t status = check_options(options, error);

    if (status != SPANKER_OK)
        return status;

    /* struct_bytes is what the host has. A host of a later minor has more; what is behind our own struct stays as it was. */
    memset(description, 0, sizeof *description);
    description->struct_bytes = struct_bytes;
    description->arithmetic_class = SPANKER_CLASS_F32;
    description->summation_order = SPANKER_ORDER_SEQUENTIAL;
    description->weights = SPANKER_WEIGHTS_ROUNDED;
    description->nonfinite = SPANKER_NONFINITE_IEEE;
    description->thread_rule = SPANKER_THREADS_PER_DEVICE;
    description->is_deterministic = 1;
    description->max_sails = MAX_SAILS;
    description->products_per_second = 200000000; /* cautious: one core was seen to do six times as many */
    strcpy(description->name, "spanker-sample");
    strcpy(description->vendor, "Spanker Conformance");
    return SPANKER_OK;
}

int32_t spanker_device_open(const char *options, spanker_device **device, spanker_error *error)
{
    int32_t status = check_options(options, error);

    *device = NULL;
    if (status != SPANKER_OK)
        return status;
    *device = (spanker_device *)calloc(1, sizeof **device);
    return *device != NULL ? SPANKER_OK : refuse(error, SPANKER_OPEN_FAILED, 12, 0, 0, 0, "out of memory");
}

void spanker_device_close(spanker_device *device)
{
    free(device);
}

/* ---- 6. Collectives, as a host folds them: Sail 0 with 1, 2, .. in binary32. ---- */

int32_t spanker_device_form_topology(spanker_device *device, uint64_t sails, spanker_error *error)
{
    if (sails > MAX_SAILS)
        return refuse(error, SPANKER_TOPOLOGY_MISMATCH, MAX_SAILS, sails, 0, 0, "more Sails than max_sails");
    device->sails = sails;
    return SPANKER_OK;
}

/* The number of buffers first, then the first length that differs from Sail 0's. */
static int32_t check_buffers(const spanker_device *device, uint64_t buffer_count, const uint64_t *lengths, spanker_error *error)
{
    uint64_t sail;

    if (buffer_count != device->sails)
        return refuse(error, SPANKER_TOPOLOGY_MISMATCH, device->sails, buffer_count, 0, 0, "one buffer a Sail");
    for (sail = 1; sail < buffer_count; sail++)
        if (lengths[sail] != lengths[0])
            return refuse(error, SPANKER_SHAPE_MISMATCH, sail, lengths[0], lengths[sail], 0, "every buffer as long as Sail 0's");
    return SPANKER_OK;
}

/* A comparison with a NaN is false, so the accumulator stays: a NaN of Sail 0 is kept, one of another Sail is dropped. */
static float fold(uint32_t operation, float accumulator, float value)
{
    switch (operation) {
    case SPANKER_REDUCE_MAX:
        return value > accumulator ? value : accumulator;
    case SPANKER_REDUCE_MIN:
        return value < accumulator ? value : accumulator;
    default:
        return accumulator + value;
    }
}

int32_t spanker_device_all_reduce(
    spanker_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    uint64_t element, sail;
    int32_t status = check_buffers(device, buffer_count, lengths, error);

    if (status != SPANKER_OK || buffer_count == 0 || lengths[0] == 0)
        return status;
    if (operation > SPANKER_REDUCE_AVG)
        return refuse(error, STATUS_UNKNOWN_OPERATION, operation, 0, 0, 0, "this reduce operation is not known");

    for (element = 0; element < lengths[0]; element++) {
        float accumulator = buffers[0][element];
        for (sail = 1; sail < buffer_count; sail++)
            accumulator = fold(operation, accumulator, buffers[sail][element]);
        if (operation == SPANKER_REDUCE_AVG)
            accumulator = accumulator / (float)buffer_count;
        for (sail = 0; sail < buffer_count; sail++)
            buffers[sail][element] = accumulator;
    }
    return SPANKER_OK;
}

int32_t spanker_device_all_gather(
    spanker_device *device, uint64_t buffer_count, const float *const *buffers, const uint64_t *lengths,
    float *gathered, uint64_t gathered_length, spanker_error *error)
{
    uint64_t sail, length, needed;
    int32_t status = check_buffers(device, buffer_count, lengths, error);

    if (status != SPANKER_OK || buffer_count == 0 || lengths[0] == 0)
        return status;
    length = lengths[0];
    needed = length * buffer_count; /* buffers that exist are far shorter than 2^64 / 16 */
    if (gathered_length < needed)
        return refuse(error, SPANKER_OUTPUT_TOO_SMALL, gathered_length * 4, needed * 4, 0, 0, "no room for all buffers");

    for (sail = 0; sail < buffer_count; sail++)
        memcpy(gathered + sail * length, buffers[sail], (size_t)length * sizeof *gathered);
    return SPANKER_OK;
}

/* ---- 7. Phases. ---- */

int32_t spanker_device_take_phases(spanker_device *device, spanker_phase *phases, uint64_t capacity, uint64_t *count)
{
    uint64_t copied = device->phase_count < capacity ? device->phase_count : capacity;

    if (copied > 0)
        memcpy(phases, device->phases, (size_t)copied * sizeof *phases);
    *count = device->phase_count;
    device->phase_count = 0;
    return SPANKER_OK;
}
