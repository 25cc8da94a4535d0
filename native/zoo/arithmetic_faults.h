/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong values, and arithmetic that is not what the description claims (CONTRACT MM-2, MM-13, NUM). Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_ARITHMETIC_FAULTS_H
#define SPANKER_ZOO_ARITHMETIC_FAULTS_H

/* A weight is an integer in units of 2^-24, a product in units of 2^-48: a dot product fits into 128 bits. */
__extension__ typedef __int128 zoo_wide;

enum { WEIGHT_UNIT_EXPONENT = -24, PRODUCT_UNIT_EXPONENT = -48 };

static int is_finite_half(unsigned half)
{
    return (half & 0x7c00u) != 0x7c00u;
}

static int64_t units_of_half(unsigned half)
{
    int64_t fraction = half & 0x3ff;
    int exponent = (int)(half >> 10 & 31);
    int64_t magnitude = exponent == 0 ? fraction : (fraction + 1024) << (exponent - 1);

    return (half & 0x8000u) != 0 ? -magnitude : magnitude;
}

static int has_finite_scales(const unsigned char *row, uint64_t blocks)
{
    uint64_t block;

    for (block = 0; block < blocks; block++)
        if (!is_finite_half(load_u16(row + block * BLOCK_BYTES)) || !is_finite_half(load_u16(row + block * BLOCK_BYTES + 2)))
            return 0;
    return 1;
}

static void decode_block_units(const unsigned char *block, int64_t *units)
{
    int64_t d = units_of_half(load_u16(block)), dmin = units_of_half(load_u16(block + 2));
    unsigned scale[SUBBLOCKS], minimum[SUBBLOCKS];
    int i;

    unpack_scales(block + 4, scale, minimum);
    for (i = 0; i < BLOCK_WEIGHTS; i++)
        units[i] = d * (int64_t)(scale[i / 32] * nibble_of(block, i)) - dmin * (int64_t)minimum[i / 32];
}

/* Rounded once, to nearest, ties to even. */
static float float_of_wide(zoo_wide value)
{
    zoo_wide magnitude = value < 0 ? -value : value;
    int shift = 0;
    zoo_wide kept, lost, half;
    float result;

    while (magnitude >> shift >= (zoo_wide)1 << 24)
        shift++;
    kept = magnitude >> shift;
    lost = magnitude - (kept << shift);
    half = shift > 0 ? (zoo_wide)1 << (shift - 1) : 1;
    if (lost > half || (shift > 0 && lost == half && (kept & 1) != 0))
        kept++;
    result = ldexpf((float)(uint32_t)kept, shift + PRODUCT_UNIT_EXPONENT);
    return value < 0 ? -result : result;
}

/* The exact product of the rational weights. Rows with infinities or NaNs go the IEEE 754 way. */
static float exact_rational_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    int64_t units_a[BLOCK_WEIGHTS], units_b[BLOCK_WEIGHTS];
    zoo_wide sum = 0;
    uint64_t block;
    int i;

    if (!has_finite_scales(a, blocks) || !has_finite_scales(b, blocks))
        return sequential_dot(a, b, blocks);
    for (block = 0; block < blocks; block++) {
        decode_block_units(a + block * BLOCK_BYTES, units_a);
        decode_block_units(b + block * BLOCK_BYTES, units_b);
        for (i = 0; i < BLOCK_WEIGHTS; i++)
            sum += (zoo_wide)units_a[i] * units_b[i];
    }
    return float_of_wide(sum);
}

/* The exact product of the weights after decode has rounded them. */
static float exact_rounded_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS];
    zoo_wide sum = 0;
    uint64_t block;
    int i;

    if (!has_finite_scales(a, blocks) || !has_finite_scales(b, blocks))
        return sequential_dot(a, b, blocks);
    for (block = 0; block < blocks; block++) {
        decode_block(a + block * BLOCK_BYTES, weights_a);
        decode_block(b + block * BLOCK_BYTES, weights_b);
        for (i = 0; i < BLOCK_WEIGHTS; i++)
            sum += (zoo_wide)(int64_t)ldexpf(weights_a[i], -WEIGHT_UNIT_EXPONENT) * (int64_t)ldexpf(weights_b[i], -WEIGHT_UNIT_EXPONENT);
    }
    return float_of_wide(sum);
}

static void describe_exact_rational(spanker_description *description)
{
    description->arithmetic_class = SPANKER_CLASS_EXACT;
    description->summation_order = SPANKER_ORDER_ANY;
    description->weights = SPANKER_WEIGHTS_RATIONAL;
}

static void describe_exact_rounded(spanker_description *description)
{
    describe_exact_rational(description);
    description->weights = SPANKER_WEIGHTS_ROUNDED;
}

static int32_t exact_of_rational_weights(const zoo_call *call)
{
    return matmul_by(call, exact_rational_dot);
}

static int32_t exact_of_rounded_weights(const zoo_call *call)
{
    return matmul_by(call, exact_rounded_dot);
}

/* To so many significant bits, ties to even; infinities and NaNs stay. */
static float round_to_bits(float value, int bits_kept)
{
    uint32_t bits = bits_of_float(value);
    int dropped = 24 - bits_kept;

    if ((bits & 0x7f800000u) == 0x7f800000u)
        return value;
    bits += (1u << (dropped - 1)) - 1 + (bits >> dropped & 1);
    return float_of_bits(bits & ~((1u << dropped) - 1));
}

static float eleven_bit_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS], sum = 0.0f;
    uint64_t block;
    int i;

    for (block = 0; block < blocks; block++) {
        decode_block(a + block * BLOCK_BYTES, weights_a);
        decode_block(b + block * BLOCK_BYTES, weights_b);
        for (i = 0; i < BLOCK_WEIGHTS; i++)
            sum = round_to_bits(sum + round_to_bits(weights_a[i] * weights_b[i], 11), 11);
    }
    return sum;
}

static int32_t eleven_bit_sums(const zoo_call *call)
{
    return matmul_by(call, eleven_bit_dot);
}

static float bf16_result_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    return round_to_bits(sequential_dot(a, b, blocks), 8);
}

static int32_t bf16_results(const zoo_call *call)
{
    return matmul_by(call, bf16_result_dot);
}

/* A block whose d and dmin were flushed if they are subnormal. */
static void copy_flushed(unsigned char *to, const unsigned char *block)
{
    memcpy(to, block, BLOCK_BYTES);
    if ((load_u16(block) & 0x7c00u) == 0)
        to[0] = to[1] = 0;
    if ((load_u16(block + 2) & 0x7c00u) == 0)
        to[2] = to[3] = 0;
}

static float flushing_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    unsigned char block_a[BLOCK_BYTES], block_b[BLOCK_BYTES];
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS], sum = 0.0f;
    uint64_t block;
    int i;

    for (block = 0; block < blocks; block++) {
        copy_flushed(block_a, a + block * BLOCK_BYTES);
        copy_flushed(block_b, b + block * BLOCK_BYTES);
        decode_block(block_a, weights_a);
        decode_block(block_b, weights_b);
        for (i = 0; i < BLOCK_WEIGHTS; i++)
            sum = sum + weights_a[i] * weights_b[i];
    }
    return sum;
}

static int32_t flush_subnormal_scales(const zoo_call *call)
{
    return matmul_by(call, flushing_dot);
}

static int32_t big_endian(const zoo_call *call)
{
    int32_t status;
    uint64_t at;

    if (has_result(call, &status))
        for (at = 0; at < result_bytes(call); at += 4) {
            unsigned char *p = call->out + at, first = p[0], second = p[1];
            p[0] = p[3];
            p[1] = p[2];
            p[2] = second;
            p[3] = first;
        }
    return status;
}

static int32_t transposed(const zoo_call *call)
{
    uint64_t row_bytes = row_bytes_of(call), i, j;
    int32_t status = right_checks(call);

    if (status != SPANKER_OK || call->m == 0 || call->n == 0)
        return status;
    for (i = 0; i < call->m; i++)
        for (j = 0; j < call->n; j++)
            store_f32(
                call->out + (j * call->m + i) * 4,
                sequential_dot(call->a + i * row_bytes, call->b + j * row_bytes, call->k / BLOCK_WEIGHTS));
    record_call(call->device->sample, call->m, call->k, call->n);
    return SPANKER_OK;
}

/* An index of 16 bits, somewhere. */
static int32_t wrong_above_65536_outputs(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status) && call->m * call->n > 65536)
        memcpy(call->out + 65536 * 4, call->out, 4);
    return status;
}

static int32_t wrong_above_65536_weights(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status) && call->m * call->k > 65536)
        memcpy(call->out + (call->m - 1) * call->n * 4, call->out, (size_t)call->n * 4);
    return status;
}

#endif
