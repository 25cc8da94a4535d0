/* SPDX-License-Identifier: Apache-2.0 */
/* Valid calls whose answer and whose OUT or phases disagree (CONTRACT MM-2, MM-9). Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_CALL_FAULTS_H
#define SPANKER_ZOO_CALL_FAULTS_H

static int32_t ok_without_writing(const zoo_call *call)
{
    int32_t status = right_checks(call);

    if (status != SPANKER_OK || call->n != 33)
        return right_matmul(call);
    if (call->m != 0)
        record_call(call->device->sample, call->m, call->k, call->n);
    return SPANKER_OK;
}

static int32_t error_though_written(const zoo_call *call)
{
    int32_t status;

    return has_result(call, &status) && call->m == 17
        ? refuse(call->error, SPANKER_BAD_DIMS, call->m, call->k, call->n, BLOCK_WEIGHTS, "m is odd")
        : status;
}

static int32_t unknown_status(const zoo_call *call)
{
    int32_t status = right_checks(call);

    return status == SPANKER_OK && call->k == 3 * BLOCK_WEIGHTS && call->m != 0 && call->n != 0
        ? refuse(call->error, 4711, 1, 2, 3, 4, "the moon is in the wrong phase")
        : right_matmul(call);
}

static int32_t phases_swapped(const zoo_call *call)
{
    sample_device *sample = call->device->sample;
    int32_t status;

    if (has_result(call, &status)) {
        spanker_phase *first = &sample->phases[sample->phase_count - PHASES_PER_CALL], kept = first[0];
        first[0] = first[1];
        first[1] = kept;
    }
    return status;
}

static int32_t out_phase_too_long(const zoo_call *call)
{
    int32_t status;

    if (has_result(call, &status))
        call->device->sample->phases[call->device->sample->phase_count - 1].bytes += 64;
    return status;
}

#endif
