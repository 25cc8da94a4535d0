/* SPDX-License-Identifier: Apache-2.0 */
/* All animals, in the order of entries.txt. Part of spanker_zoo.c. */
#ifndef SPANKER_ZOO_TABLE_H
#define SPANKER_ZOO_TABLE_H

#define CALL(entry_name, function) { .name = entry_name, .matmul = function }
#define CLAIM(entry_name, function, description) { .name = entry_name, .matmul = function, .describe = description }
#define REDUCE(entry_name, function) { .name = entry_name, .reduce = function, .describe = describe_sails }

static const zoo_entry zoo_entries[] = {
    /* memory_faults.h */
    CALL("overruns-out-by-one-byte", overrun_one_byte),
    CALL("overruns-out-by-a-page", overrun_page),
    CALL("writes-a-page-behind-out", overrun_far),
    CALL("writes-before-out", underrun),
    CALL("clears-the-tail-of-out", clears_tail),
    CALL("reads-past-a", read_past_a),
    CALL("reads-a-page-past-a", read_page_past_a),
    CALL("reads-before-a", read_before_a),
    CALL("reads-past-b", read_past_b),
    CALL("prefetches-past-b", touch_past_b),
    CALL("reads-out", read_out),
    CALL("modifies-a", modify_a),
    CALL("modifies-b", modify_b),
    CALL("leaves-last-element", skip_last_element),

    /* process_faults.h */
    CALL("crashes-on-one-row", crash_on_one_row),
    CALL("divides-by-zero-on-one-column", divide_by_zero),
    CALL("aborts-on-3-blocks", abort_on_three_blocks),
    CALL("exits-on-17-rows", exit_on_17_rows),
    CALL("exits-at-once-on-17-columns", exit_at_once_on_17_columns),
    CALL("kills-itself-on-15-rows", kill_itself),
    CALL("stops-itself-on-15-columns", stop_itself),
    CALL("exhausts-the-stack-on-33-rows", exhaust_stack),
    CALL("hangs-on-17-blocks", hang_on_17_blocks),
    CALL("deadlocks-on-13-blocks", deadlock_on_13_blocks),
    { .name = "hangs-in-close", .matmul = remember_depth, .closing = hang_in_close },
    CLAIM("exceeds-its-declared-limit", exceed_declared_limit, describe_limit),
    CALL("takes-all-memory", hog_memory),
    CALL("leaves-a-child", leave_child),
    { .name = "leaves-a-thread", .opened = start_thread },
    { .name = "frees-twice-in-close", .closing = free_twice },

    /* environment_faults.h */
    CALL("leaves-flush-to-zero-on", leave_flush_to_zero),
    CALL("leaves-rounding-upward", leave_rounding_upward),
    CALL("leaves-traps-on", leave_traps_on),
    CALL("prints-to-stdout", print_to_stdout),
    CALL("prints-without-flush", print_without_flush),
    CALL("closes-standard-streams", close_standard_streams),
    CALL("closes-every-descriptor", close_every_descriptor),
    CALL("changes-directory", change_directory),
    CALL("installs-a-handler", install_handler),
    CALL("crashes-behind-a-handler", crash_behind_handler),
    CALL("blocks-signals", block_signals),
    CALL("ignores-termination", ignore_termination),

    /* state_faults.h */
    CALL("second-call-wrong", second_call_wrong),
    CALL("last-bit-varies", last_bit_varies),
    CALL("stale-after-another-shape", stale_after_other_shape),
    CALL("sulks-after-a-refusal", sulk_after_refusal),
    { .name = "writes-out-in-close", .matmul = put_off_result, .closing = write_result_late },
    CLAIM("not-free-of-threads", share_buffer, describe_free_threads),
    CALL("devices-share-a-buffer", share_buffer),

    /* arithmetic_faults.h */
    CALL("flushes-subnormal-scales", flush_subnormal_scales),
    CALL("big-endian-out", big_endian),
    CALL("transposed-out", transposed),
    CALL("wrong-above-65536-outputs", wrong_above_65536_outputs),
    CALL("wrong-above-65536-weights", wrong_above_65536_weights),
    CLAIM("claims-exact-computes-f32", right_matmul, describe_exact_rounded),
    CLAIM("claims-rational-means-rounded", exact_of_rounded_weights, describe_exact_rational),
    CLAIM("claims-f32-adds-11-bits", eleven_bit_sums, describe_any_order),
    CLAIM("claims-f32-answers-bf16", bf16_results, describe_any_order),

    /* status_faults.h */
    CALL("short-out-is-bad-dims", short_out_is_bad_dims),
    CALL("need-in-elements", need_in_elements),
    CALL("fields-as-m-n-k", fields_as_m_n_k),
    CALL("fields-left-empty", fields_left_empty),
    CALL("negative-status", negative_errno),
    CALL("out-length-first", out_length_first),
    CALL("empty-first", empty_first),
    CALL("accepts-longer-operands", accept_longer_operands),
    CALL("wraps-sizes", wrap_sizes),
    CALL("accepts-short-out", accept_short_out),
    CALL("accepts-any-depth", accept_any_depth),
    CALL("refuses-empty", refuse_empty),
    CALL("writes-when-empty", write_when_empty),
    CALL("writes-when-refused", write_when_refused),
    CALL("records-refused-calls", record_refused_calls),

    /* call_faults.h */
    CALL("ok-without-writing", ok_without_writing),
    CALL("error-though-written", error_though_written),
    CALL("unknown-status-on-3-blocks", unknown_status),
    CALL("phases-swapped", phases_swapped),
    CALL("out-phase-too-long", out_phase_too_long),

    /* collective_faults.h */
    REDUCE("minus-zero-lost", sum_from_plus_zero),
    REDUCE("folds-from-the-last-sail", fold_from_last_sail),
    REDUCE("last-sail-left-out", leave_last_sail_out),
    REDUCE("overruns-a-buffer", overrun_buffer),
    REDUCE("changes-when-refused", change_when_refused),
    REDUCE("guesses-an-operation", guess_operation),
    REDUCE("lengths-before-topology", lengths_before_topology),

    /* harmless_arithmetic.h */
    CLAIM("pairwise-declared", pairwise, describe_pairwise),
    CLAIM("pairwise-undeclared", pairwise, describe_any_order),
    CLAIM("backward-order", backward, describe_any_order),
    CALL("fused", fused),
    CLAIM("vectorised", vectorised, describe_any_order),
    CLAIM("exact-rational", exact_of_rational_weights, describe_exact_rational),
    CLAIM("exact-rounded", exact_of_rounded_weights, describe_exact_rounded),
    CLAIM("subblock-int", subblock_int, describe_subblock_int),

    /* harmless_behaviour.h */
    CALL("own-threads", own_threads),
    { .name = "thread-until-close", .opened = start_service, .closing = join_service },
    CLAIM("slow", slow, describe_slow),
    CALL("chatty-on-stderr", chatty_on_stderr),
    CLAIM("own-status-beyond-limits", own_status_beyond_limits, describe_limits),
    CALL("writes-backward", write_backward),
    CALL("accumulates-in-out", accumulate_in_out),
    CALL("uses-much-stack", use_much_stack),
    CLAIM("tidies-up", tidy_up, describe_no_threads),
    CLAIM("varies-and-says-so", last_bit_varies, describe_varying),
    CLAIM("free-of-threads", share_nothing, describe_free_threads),
    CLAIM("shares-a-buffer-and-says-so", share_buffer, describe_no_threads),
    { .name = "tells-no-phases", .has_no_phases = 1 },
};

#undef CALL
#undef CLAIM
#undef REDUCE

#endif
