/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong answers to calls that must be refused or that have nothing to do (CONTRACT MM-3 to MM-8, MM-10). Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_STATUS_FAULTS_H
#define SPANKER_ZOO_STATUS_FAULTS_H

static int32_t short_out_is_bad_dims(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    return status == SPANKER_OUTPUT_TOO_SMALL
        ? refuse(call->error, SPANKER_BAD_DIMS, call->m, call->k, call->n, BLOCK_WEIGHTS, "OUT is too short")
        : status;
}

static int32_t need_in_elements(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    if (status == SPANKER_OUTPUT_TOO_SMALL) {
        call->error->fields[0] /= 4;
        call->error->fields[1] /= 4;
    }
    return status;
}

static int32_t fields_as_m_n_k(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    if (status == SPANKER_BAD_DIMS) {
        call->error->fields[1] = call->n;
        call->error->fields[2] = call->k;
    }
    return status;
}

static int32_t fields_left_empty(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    memset(call->error->fields, 0, sizeof call->error->fields);
    return status;
}

static int32_t negative_errno(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    return status == SPANKER_BAD_DIMS ? -EINVAL : status;
}

static int32_t out_length_first(const zoo_call *call)
{
    uint64_t elements, needed;

    if (multiply_sizes(call->m, call->n, &elements) && multiply_sizes(elements, 4, &needed) && call->out_bytes < needed)
        return refuse(call->error, SPANKER_OUTPUT_TOO_SMALL, call->out_bytes, needed, 0, 0, "OUT is too short");
    return right_matmul(call);
}

static int32_t empty_first(const zoo_call *call)
{
    return call->m == 0 || call->n == 0 ? SPANKER_OK : right_matmul(call);
}

static int32_t accept_longer_operands(const zoo_call *call)
{
    zoo_call cut = *call;
    uint64_t row_bytes = row_bytes_of(call), a_needed, b_needed;

    if (multiply_sizes(call->m, row_bytes, &a_needed) && cut.a_bytes > a_needed)
        cut.a_bytes = a_needed;
    if (multiply_sizes(call->n, row_bytes, &b_needed) && cut.b_bytes > b_needed)
        cut.b_bytes = b_needed;
    return right_matmul(&cut);
}

/* The sizes wrap, and where they then fit there is nothing to compute. */
static int32_t wrap_sizes(const zoo_call *call)
{
    uint64_t row_bytes = row_bytes_of(call);

    if (call->k != 0 && call->k % BLOCK_WEIGHTS == 0 && call->m * row_bytes == call->a_bytes && call->n * row_bytes == call->b_bytes
        && (call->m == 0 || call->n == 0))
        return SPANKER_OK;
    return right_matmul(call);
}

static int32_t accept_short_out(const zoo_call *call)
{
    zoo_call rows = *call;
    int32_t status = right_checks(call);

    if (status != SPANKER_OUTPUT_TOO_SMALL)
        return right_matmul(call);
    memset(call->error, 0, sizeof *call->error);
    rows.m = call->out_bytes / (call->n * 4);
    rows.a_bytes = rows.m * row_bytes_of(call);
    return right_matmul(&rows);
}

static int32_t accept_any_depth(const zoo_call *call)
{
    return call->k % BLOCK_WEIGHTS != 0 ? SPANKER_OK : right_matmul(call);
}

static int32_t refuse_empty(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    return status == SPANKER_OK && (call->m == 0 || call->n == 0)
        ? refuse(call->error, SPANKER_BAD_DIMS, call->m, call->k, call->n, BLOCK_WEIGHTS, "nothing to multiply")
        : status;
}

static int32_t write_when_empty(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    if (status == SPANKER_OK && (call->m == 0 || call->n == 0) && call->out_bytes >= 4)
        store_f32(call->out, 1.5f);
    return status;
}

/* Clears OUT before it looks at the operands. */
static int32_t write_when_refused(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    if (status != SPANKER_OK)
        memset(call->out, 0, (size_t)(call->out_bytes < 16 ? call->out_bytes : 16));
    return status;
}

static int32_t record_refused_calls(const zoo_call *call)
{
    int32_t status = right_matmul(call);

    if (status != SPANKER_OK)
        record_call(call->device->sample, 1, BLOCK_WEIGHTS, 1);
    return status;
}

#endif
