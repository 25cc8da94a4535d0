/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and writes where none belong (CONTRACT MM-11). Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_MEMORY_FAULTS_H
#define SPANKER_ZOO_MEMORY_FAULTS_H

enum { PAGE_BYTES = 4096 };

static int32_t overrun_one_byte(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status))
        call->out[result_bytes(call)] = 0x5a;
    return status;
}

static int32_t overrun_page(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status))
        memset(call->out + result_bytes(call), 0x5a, PAGE_BYTES + 64);
    return status;
}

/* Skips what is directly behind OUT, where a canary would be. */
static int32_t overrun_far(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status))
        call->out[result_bytes(call) + PAGE_BYTES] = 0x5a;
    return status;
}

static int32_t underrun(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status))
        *(call->out - 1) = 0x5a;
    return status;
}

static int32_t clears_tail(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status))
        memset(call->out + result_bytes(call), 0, (size_t)(call->out_bytes - result_bytes(call)));
    return status;
}

/* A stray byte shows in the first element, in bits that no bound forgives. */
static int32_t depend_on(const zoo_call *call, const unsigned char *stray)
{
    int32_t status;

    if (has_result(call, &status)) {
        call->out[2] ^= *stray;
        call->out[3] ^= (unsigned char)(*stray >> 4);
    }
    return status;
}

static int32_t read_past_a(const zoo_call *call)
{
    return depend_on(call, call->a + call->a_bytes);
}

static int32_t read_page_past_a(const zoo_call *call)
{
    return depend_on(call, call->a + call->a_bytes + PAGE_BYTES);
}

static int32_t read_before_a(const zoo_call *call)
{
    return depend_on(call, call->a - 1);
}

static int32_t read_past_b(const zoo_call *call)
{
    return depend_on(call, call->b + call->b_bytes);
}

/* Prefetches a whole vector at the end of B and uses none of it: the answer is right, the access is not. */
static int32_t touch_past_b(const zoo_call *call)
{
    const volatile unsigned char *behind = call->b + call->b_bytes;
    int32_t status;
    unsigned char ignored = 0;
    int i;

    if (has_result(call, &status))
        for (i = 0; i < 32; i++)
            ignored = (unsigned char)(ignored + behind[i]);
    (void)ignored;
    return status;
}

/* OUT is not an operand: what is in it before the call is nobody's business. */
static int32_t read_out(const zoo_call *call)
{
    unsigned char before = 0;
    int32_t status = right_checks(call);

    if (status == SPANKER_OK && call->m != 0 && call->n != 0)
        before = call->out[0];
    status = right_matmul(call);
    if (status == SPANKER_OK && call->m != 0 && call->n != 0)
        call->out[2] ^= before;
    return status;
}

static int32_t modify_a(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status))
        ((unsigned char *)call->a)[16] ^= 1;
    return status;
}

static int32_t modify_b(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status))
        ((unsigned char *)call->b)[call->b_bytes - 1] ^= 0x80;
    return status;
}

static int32_t skip_last_element(const zoo_call *call)
{
    unsigned char kept[4];
    unsigned char *last;
    int32_t status = right_checks(call);

    if (status != SPANKER_OK || call->m == 0 || call->n == 0)
        return right_matmul(call);
    last = call->out + result_bytes(call) - 4;
    memcpy(kept, last, sizeof kept);
    status = right_matmul(call);
    memcpy(last, kept, sizeof kept);
    return status;
}

#endif
