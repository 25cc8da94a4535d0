/* SPDX-License-Identifier: Apache-2.0 */
/* Other ways to compute rightly. Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_HARMLESS_ARITHMETIC_H
#define SPANKER_ZOO_HARMLESS_ARITHMETIC_H

enum { LANES = 8, PAIRWISE_LEVELS = 64 };

/*
 * Recursive halving without recursion: finished sums of a power of two of products wait on a stack, and two of a kind are added.
 * A row has 256 * blocks products; what is left at the end is joined from the smallest up, so the depth stays within the class.
 */
static float pairwise_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS], waiting[PAIRWISE_LEVELS], sum;
    uint64_t block, done = 0, merged;
    int i, depth = 0;

    for (block = 0; block < blocks; block++) {
        decode_block(a + block * BLOCK_BYTES, weights_a);
        decode_block(b + block * BLOCK_BYTES, weights_b);
        for (i = 0; i < BLOCK_WEIGHTS; i++) {
            waiting[depth++] = weights_a[i] * weights_b[i];
            for (merged = ++done; merged % 2 == 0; merged /= 2) {
                depth--;
                waiting[depth - 1] = waiting[depth - 1] + waiting[depth];
            }
        }
    }
    for (sum = waiting[--depth]; depth > 0; depth--)
        sum = waiting[depth - 1] + sum;
    return sum;
}

static void describe_pairwise(spanker_description *description)
{
    description->summation_order = SPANKER_ORDER_PAIRWISE;
}

static int32_t pairwise(const zoo_call *call)
{
    return matmul_by(call, pairwise_dot);
}

static float backward_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS], sum = 0.0f;
    uint64_t block;
    int i;

    for (block = blocks; block-- > 0;) {
        decode_block(a + block * BLOCK_BYTES, weights_a);
        decode_block(b + block * BLOCK_BYTES, weights_b);
        for (i = BLOCK_WEIGHTS - 1; i >= 0; i--)
            sum = sum + weights_a[i] * weights_b[i];
    }
    return sum;
}

static int32_t backward(const zoo_call *call)
{
    return matmul_by(call, backward_dot);
}

/* One rounding for a product and its addition: still sequential. */
static float fused_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS], sum = 0.0f;
    uint64_t block;
    int i;

    for (block = 0; block < blocks; block++) {
        decode_block(a + block * BLOCK_BYTES, weights_a);
        decode_block(b + block * BLOCK_BYTES, weights_b);
        for (i = 0; i < BLOCK_WEIGHTS; i++)
            sum = fmaf(weights_a[i], weights_b[i], sum);
    }
    return sum;
}

static int32_t fused(const zoo_call *call)
{
    return matmul_by(call, fused_dot);
}

/* Eight accumulators in a vector register. */
typedef float zoo_lanes __attribute__((vector_size(LANES * sizeof(float))));

static float vector_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    float weights_a[BLOCK_WEIGHTS], weights_b[BLOCK_WEIGHTS];
    zoo_lanes sums = { 0 }, left, right;
    uint64_t block;
    int i;

    for (block = 0; block < blocks; block++) {
        decode_block(a + block * BLOCK_BYTES, weights_a);
        decode_block(b + block * BLOCK_BYTES, weights_b);
        for (i = 0; i < BLOCK_WEIGHTS; i += LANES) {
            memcpy(&left, weights_a + i, sizeof left);
            memcpy(&right, weights_b + i, sizeof right);
            sums += left * right;
        }
    }
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

static int32_t vectorised(const zoo_call *call)
{
    return matmul_by(call, vector_dot);
}

/* Integers within a sub-block, scales above it: four terms a sub-block. */
static float subblock_dot(const unsigned char *a, const unsigned char *b, uint64_t blocks)
{
    unsigned scale_a[SUBBLOCKS], minimum_a[SUBBLOCKS], scale_b[SUBBLOCKS], minimum_b[SUBBLOCKS];
    float sum = 0.0f;
    uint64_t block;
    int s, i;

    for (block = 0; block < blocks; block++, a += BLOCK_BYTES, b += BLOCK_BYTES) {
        float d_a = float_of_half(load_u16(a)), dmin_a = float_of_half(load_u16(a + 2));
        float d_b = float_of_half(load_u16(b)), dmin_b = float_of_half(load_u16(b + 2));

        unpack_scales(a + 4, scale_a, minimum_a);
        unpack_scales(b + 4, scale_b, minimum_b);
        for (s = 0; s < SUBBLOCKS; s++) {
            float step_a = d_a * (float)scale_a[s], offset_a = dmin_a * (float)minimum_a[s];
            float step_b = d_b * (float)scale_b[s], offset_b = dmin_b * (float)minimum_b[s];
            unsigned both = 0, only_a = 0, only_b = 0;

            for (i = 32 * s; i < 32 * s + 32; i++) {
                both += nibble_of(a, i) * nibble_of(b, i);
                only_a += nibble_of(a, i);
                only_b += nibble_of(b, i);
            }
            sum = sum + step_a * step_b * (float)both;
            sum = sum - step_a * offset_b * (float)only_a;
            sum = sum - offset_a * step_b * (float)only_b;
            sum = sum + offset_a * offset_b * 32.0f;
        }
    }
    return sum;
}

static void describe_subblock_int(spanker_description *description)
{
    description->arithmetic_class = SPANKER_CLASS_SUBBLOCK_INT;
    description->summation_order = SPANKER_ORDER_ANY;
    description->weights = SPANKER_WEIGHTS_RATIONAL;
    description->nonfinite = SPANKER_NONFINITE_EXCLUDED;
}

static int32_t subblock_int(const zoo_call *call)
{
    return matmul_by(call, subblock_dot);
}

#endif
