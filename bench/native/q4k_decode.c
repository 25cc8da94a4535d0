/*
 * q4k_decode.c: the plain loop that anyone would write for decoding Q4_K, as the peer of the suite's decoder.
 *   gcc -O3 -march=native -shared -fPIC q4k_decode.c -o libq4k_decode.so
 * The machine's own code has F16C for the two binary16 fields, so reading them costs the peer nothing.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BLOCK_BYTES 144
#define BLOCK_WEIGHTS 256

static float half_at(const uint8_t *at)
{
    _Float16 half;

    memcpy(&half, at, sizeof half);
    return (float)half;
}

static void scale_and_minimum(const uint8_t *packed, int s, int *scale, int *minimum)
{
    if (s < 4) {
        *scale = packed[s] & 63;
        *minimum = packed[s + 4] & 63;
    } else {
        *scale = (packed[s + 4] & 15) | (packed[s - 4] >> 6 << 4);
        *minimum = (packed[s + 4] >> 4) | (packed[s] >> 6 << 4);
    }
}

/* [count] super-blocks of 144 bytes to [count x 256] weights. */
void q4k_decode(const uint8_t *restrict blocks, float *restrict weights, size_t count)
{
    for (size_t b = 0; b < count; b++, blocks += BLOCK_BYTES, weights += BLOCK_WEIGHTS) {
        const float d = half_at(blocks);
        const float dmin = half_at(blocks + 2);

        for (int group = 0; group < 4; group++) {
            const uint8_t *pairs = blocks + 16 + 32 * group;
            float *low = weights + 64 * group;
            float *high = low + 32;
            int scale, minimum;

            scale_and_minimum(blocks + 4, 2 * group, &scale, &minimum);
            const float low_scale = d * scale;
            const float low_minimum = dmin * minimum;
            scale_and_minimum(blocks + 4, 2 * group + 1, &scale, &minimum);
            const float high_scale = d * scale;
            const float high_minimum = dmin * minimum;

            for (int i = 0; i < 32; i++)
                low[i] = low_scale * (pairs[i] & 15) - low_minimum;
            for (int i = 0; i < 32; i++)
                high[i] = high_scale * (pairs[i] >> 4) - high_minimum;
        }
    }
}
