/* SPDX-License-Identifier: Apache-2.0 */
/* Collectives that are not the fold (CONTRACT COL, MM-11). Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_COLLECTIVE_FAULTS_H
#define SPANKER_ZOO_COLLECTIVE_FAULTS_H

static void describe_sails(spanker_description *description)
{
    description->max_sails = MAX_SAILS;
}

static int has_sums(uint32_t operation, uint64_t buffer_count, const uint64_t *lengths)
{
    return (operation == SPANKER_REDUCE_SUM || operation == SPANKER_REDUCE_AVG) && buffer_count > 0 && lengths[0] > 0;
}

/* Starts from +0 and not from Sail 0: (+0) + (-0) is +0, so a sum of -0 alone loses its sign. */
static int32_t sum_from_plus_zero(
    sample_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    uint64_t element, sail;
    int32_t status = sample_all_reduce(device, operation, buffer_count, buffers, lengths, error);

    if (status == SPANKER_OK && has_sums(operation, buffer_count, lengths))
        for (element = 0; element < lengths[0]; element++)
            for (sail = 0; sail < buffer_count; sail++)
                buffers[sail][element] = 0.0f + buffers[sail][element];
    return status;
}

static int32_t fold_from_last_sail(
    sample_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    float *turned[MAX_SAILS];
    uint64_t sail;

    if (buffer_count != device->sails)
        return sample_all_reduce(device, operation, buffer_count, buffers, lengths, error);
    if (check_buffers(device, buffer_count, lengths, error) != SPANKER_OK)
        return SPANKER_SHAPE_MISMATCH;
    for (sail = 0; sail < buffer_count; sail++)
        turned[sail] = buffers[buffer_count - 1 - sail];
    return sample_all_reduce(device, operation, buffer_count, turned, lengths, error);
}

static int32_t leave_last_sail_out(
    sample_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    float kept = 0.0f;
    int32_t status;
    int has_room = buffer_count > 1 && buffer_count == device->sails && lengths[buffer_count - 1] > 0;

    if (has_room)
        kept = buffers[buffer_count - 1][0];
    status = sample_all_reduce(device, operation, buffer_count, buffers, lengths, error);
    if (has_room && status == SPANKER_OK)
        buffers[buffer_count - 1][0] = kept;
    return status;
}

static int32_t overrun_buffer(
    sample_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    int32_t status = sample_all_reduce(device, operation, buffer_count, buffers, lengths, error);

    if (status == SPANKER_OK && buffer_count > 0 && lengths[0] > 0)
        buffers[buffer_count - 1][lengths[0]] = 1.5f;
    return status;
}

static int32_t change_when_refused(
    sample_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    int32_t status = sample_all_reduce(device, operation, buffer_count, buffers, lengths, error);

    if (status != SPANKER_OK && buffer_count > 0 && lengths[0] > 0)
        buffers[0][0] = -1.5f;
    return status;
}

static int32_t guess_operation(
    sample_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    return sample_all_reduce(
        device, operation > SPANKER_REDUCE_AVG ? (uint32_t)SPANKER_REDUCE_SUM : operation, buffer_count, buffers, lengths, error);
}

static int32_t lengths_before_topology(
    sample_device *device, uint32_t operation, uint64_t buffer_count, float *const *buffers, const uint64_t *lengths,
    spanker_error *error)
{
    uint64_t sail;

    for (sail = 1; sail < buffer_count; sail++)
        if (lengths[sail] != lengths[0])
            return refuse(error, SPANKER_SHAPE_MISMATCH, sail, lengths[0], lengths[sail], 0, "lengths differ");
    return sample_all_reduce(device, operation, buffer_count, buffers, lengths, error);
}

#endif
