/*
 * product_peer.c: the peers of the exact product, in a process of their own.
 *   gcc -std=gnu11 -O3 -march=native product_peer.c -o product_peer -lm -ldl
 *   product_peer LIBRARY THREADS OPERANDS M N K     LIBRARY: OpenBLAS, or - for the loops below
 * OPERANDS holds A and then B as Q4_K rows. A line on standard input names a product and how often; the answer is the seconds of one and, in hex,
 * the bits of the results at 64 places spread over OUT (doubles are converted).
 *   sgemm, dgemm  OUT = A * B^T by OpenBLAS on weights decoded before
 *   loops         the integer sums of a super-block in plain loops, joined in 128 bits, on rows unpacked before: for one slab of A's rows
 * The first line printed is the name of the library's kernel.
 */
#include <dlfcn.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK_BYTES = 144, BLOCK = 256, SUB_BLOCKS = 8, PLACES = 64, ROW_MAJOR = 101, AS_IS = 111, TRANSPOSED = 112 };

typedef void (*gemm_f32)(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int);
typedef void (*gemm_f64)(int, int, int, int, int, int, double, const double *, int, const double *, int, double, double *, int);

/* A row's block as integers: sc*q, and of each sub-block the sum of those and the minimum. */
typedef struct {
    int16_t products[BLOCK];
    int32_t sums[SUB_BLOCKS], minimums[SUB_BLOCKS];
    int32_t d, dmin; /* in units of 2^-24 */
} block_t;

static float half_at(const uint8_t *at)
{
    _Float16 half;

    memcpy(&half, at, sizeof half);
    return (float)half;
}

static void unpack(const uint8_t *bytes, block_t *block)
{
    const uint8_t *p = bytes + 4;

    block->d = (int32_t)(half_at(bytes) * 16777216.0f);
    block->dmin = (int32_t)(half_at(bytes + 2) * 16777216.0f);
    for (int s = 0; s < SUB_BLOCKS; s++) {
        int scale = s < 4 ? p[s] & 63 : (p[s + 4] & 15) | (p[s - 4] >> 6 << 4);

        block->minimums[s] = s < 4 ? p[s + 4] & 63 : (p[s + 4] >> 4) | (p[s] >> 6 << 4);
        block->sums[s] = 0;
        for (int i = 0; i < 32; i++) {
            uint8_t pair = bytes[16 + 32 * (s / 2) + i];
            int product = scale * (s % 2 ? pair >> 4 : pair & 15);

            block->products[32 * s + i] = (int16_t)product;
            block->sums[s] += product;
        }
    }
}

static double weight(const block_t *block, int i)
{
    return (double)(float)(((double)block->d * block->products[i] - (double)block->dmin * block->minimums[i / 32]) * (1.0 / 16777216));
}

/* In units of 2^-48. Scales are below 128, since they are held in 32 bits in units of 2^-24; those of the bench are below 1/64. */
static float dot(const block_t *a, const block_t *b, int blocks)
{
    __int128 total = 0;

    for (int k = 0; k < blocks; k++) {
        int32_t p = 0, q = 0, r = 0, m = 0;

        for (int i = 0; i < BLOCK; i++)
            p += a[k].products[i] * b[k].products[i];
        for (int s = 0; s < SUB_BLOCKS; s++) {
            q += a[k].sums[s] * b[k].minimums[s];
            r += a[k].minimums[s] * b[k].sums[s];
            m += a[k].minimums[s] * b[k].minimums[s];
        }
        total += (__int128)((int64_t)a[k].d * b[k].d) * p - (__int128)((int64_t)a[k].d * b[k].dmin) * q
            - (__int128)((int64_t)a[k].dmin * b[k].d) * r + (__int128)((int64_t)a[k].dmin * b[k].dmin * 32) * m;
    }
    return (float)total * 0x1p-48f;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void *need(void *found, const char *what)
{
    if (!found) {
        fprintf(stderr, "product_peer: %s\n", what);
        exit(1);
    }
    return found;
}

int main(int argc, char **argv)
{
    if (argc != 7) {
        fprintf(stderr, "product_peer LIBRARY THREADS OPERANDS M N K\n");
        return 2;
    }
    const int threads = atoi(argv[2]), m = atoi(argv[4]), n = atoi(argv[5]), k = atoi(argv[6]), blocks = k / BLOCK;
    const size_t rows = (size_t)m + n;
    const int of_library = strcmp(argv[1], "-") != 0;
    /* 2^27 products: a tenth of a second or so of plain loops. */
    const int slab = m < 1 + (1 << 27) / ((double)n * k) ? m : 1 + (int)((1 << 27) / ((double)n * k));
    FILE *file = need(fopen(argv[3], "rb"), "the operands cannot be read");
    uint8_t *bytes = need(malloc((size_t)blocks * BLOCK_BYTES), "out of memory");
    block_t *unpacked = of_library ? NULL : need(malloc(rows * blocks * sizeof *unpacked), "out of memory");
    float *floats = of_library ? need(malloc(rows * k * sizeof *floats), "out of memory") : NULL;
    double *doubles = of_library && threads == 1 ? need(malloc(rows * k * sizeof *doubles), "out of memory") : NULL;
    float *out = need(malloc((size_t)m * n * sizeof *out), "out of memory");
    double *wide = doubles ? need(malloc((size_t)m * n * sizeof *wide), "out of memory") : NULL;
    gemm_f32 sgemm = NULL;
    gemm_f64 dgemm = NULL;

    for (size_t row = 0; row < rows; row++) {
        if (fread(bytes, BLOCK_BYTES, blocks, file) != (size_t)blocks)
            need(NULL, "the operands are too short");
        for (int b = 0; b < blocks; b++) {
            block_t block;

            unpack(bytes + (size_t)b * BLOCK_BYTES, of_library ? &block : &unpacked[row * blocks + b]);
            for (int i = 0; of_library && i < BLOCK; i++) {
                floats[row * k + b * BLOCK + i] = (float)weight(&block, i);
                if (doubles)
                    doubles[row * k + b * BLOCK + i] = weight(&block, i);
            }
        }
    }
    fclose(file);
    if (of_library) {
        void *library = need(dlopen(argv[1], RTLD_NOW), "the library does not load");
        char *(*core)(void) = (char *(*)(void))need(dlsym(library, "openblas_get_corename"), "the library is no OpenBLAS");
        void (*set_threads)(int) = (void (*)(int))need(dlsym(library, "openblas_set_num_threads"), "the library is no OpenBLAS");

        sgemm = (gemm_f32)need(dlsym(library, "cblas_sgemm"), "the library has no cblas_sgemm");
        dgemm = (gemm_f64)need(dlsym(library, "cblas_dgemm"), "the library has no cblas_dgemm");
        set_threads(threads);
        printf("%s\n", core());
    } else {
        printf("loops\n");
    }
    fflush(stdout);

    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        char name[16] = "";
        int done = m, times = 0;

        if (sscanf(line, "%15s %d", name, &times) != 2 || times < 1)
            need(NULL, "a line is a product and how often");
        double start = now();

        if (sgemm && strcmp(name, "sgemm") == 0) {
            for (int time = 0; time < times; time++)
                sgemm(ROW_MAJOR, AS_IS, TRANSPOSED, m, n, k, 1, floats, k, floats + (size_t)m * k, k, 0, out, n);
        } else if (doubles && strcmp(name, "dgemm") == 0) {
            for (int time = 0; time < times; time++)
                dgemm(ROW_MAJOR, AS_IS, TRANSPOSED, m, n, k, 1, doubles, k, doubles + (size_t)m * k, k, 0, wide, n);
        } else if (unpacked && strcmp(name, "loops") == 0) {
            done = slab;
            times = 1;
            for (int i = 0; i < slab; i++)
                for (int j = 0; j < n; j++)
                    out[(size_t)i * n + j] = dot(unpacked + (size_t)i * blocks, unpacked + ((size_t)m + j) * blocks, blocks);
        } else {
            need(NULL, "no such product");
        }
        printf("%.9f %d", (now() - start) / times, done);
        for (int place = 0; place < PLACES; place++) {
            size_t at = (size_t)((double)place / PLACES * done * n);
            float value = strcmp(name, "dgemm") == 0 ? (float)wide[at] : out[at];
            uint32_t bits;

            memcpy(&bits, &value, sizeof bits);
            printf(" %08x", bits);
        }
        printf("\n");
        fflush(stdout);
    }
    return 0;
}
