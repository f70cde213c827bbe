//! Which test holds which line of the requirements on webhooks (HK) and on what goes out (NET), and each group of pitfalls. A
//! test that is renamed or taken out is missed here.

use crate::output::lines::every_test_exists;

const HELD: [(&str, &[&str]); 20] = [
    ("HK-01", &["the_official_vector_verifies", "one_changed_byte_anywhere_is_refused"]),
    (
        "HK-02",
        &[
            "five_minutes_either_way_are_accepted_and_a_second_more_is_not",
            "a_signature_is_good_for_five_minutes_both_ways",
        ],
    ),
    (
        "HK-03",
        &["a_retry_is_acknowledged_and_does_nothing", "the_same_id_with_another_body_is_a_conflict_and_both_are_kept"],
    ),
    (
        "HK-04",
        &["every_prefix_of_a_signature_is_refused_in_every_scheme", "a_cut_signature_is_refused_at_every_length"],
    ),
    (
        "HK-05",
        &["whatever_is_not_proved_gets_one_answer_and_no_row", "every_refusal_takes_the_time_of_an_unknown_endpoint"],
    ),
    (
        "HK-06",
        &[
            "the_ninth_signature_is_not_looked_at",
            "a_header_over_four_kibibytes_is_refused",
            "an_id_outside_its_alphabet_or_length_is_refused_though_signed",
        ],
    ),
    ("HK-07", &["both_secrets_hold_while_one_takes_the_place_of_the_other_and_no_signal_is_lost"]),
    ("HK-08", &["a_body_beyond_its_limits_is_refused_as_too_large", "a_body_is_refused_beyond_its_limits"]),
    ("HK-09", &["a_source_over_its_quota_learns_what_the_quota_is", "strangers_cannot_use_up_the_quota_of_a_source"]),
    (
        "HK-10",
        &[
            "a_source_says_no_more_than_its_ceiling_and_only_what_it_may",
            "a_source_that_stands_apart_never_touches_the_incidents_of_another",
        ],
    ),
    ("HK-11", &["nothing_is_acknowledged_that_was_not_kept"]),
    (
        "HK-12",
        &[
            "the_published_github_example_verifies_without_a_time",
            "slack_signs_version_time_and_body",
            "a_signed_nonce_becomes_the_id",
        ],
    ),
    (
        "HK-13",
        &[
            "our_own_signature_is_the_official_one",
            "what_nobody_answers_for_three_days_is_a_dead_letter_and_not_before",
        ],
    ),
    ("NET-01", &["no_text_but_a_listed_one_gets_through"]),
    (
        "NET-02",
        &[
            "nothing_of_the_corpus_gets_through",
            "ranges_end_where_the_registries_say",
            "a_name_that_turns_inwards_is_not_called",
        ],
    ),
    ("NET-03", &["five_failures_rest_for_half_a_minute_then_one_letter_tries"]),
    (
        "NET-04",
        &[
            "a_process_killed_on_the_way_of_an_order_leaves_one_effect_on_sqlite",
            "a_process_killed_on_the_way_of_an_order_leaves_one_effect_on_postgresql",
        ],
    ),
    (
        "NET-05",
        &[
            "whatever_the_backend_does_an_order_has_one_effect",
            "what_is_not_known_is_shown_as_not_known_and_can_be_lifted",
        ],
    ),
    ("NET-06", &["an_answer_is_of_the_protocol_or_it_is_none", "no_bytes_of_a_backend_end_the_program"]),
    (
        "pitfalls",
        &[
            "verify_before_parsing_one_blank_decides",
            "partial_signatures_are_known_for_what_they_are",
            "batches_lose_nothing_to_one_bad_element_and_may_be_empty_null_or_on_top",
            "envelopes_are_taken_off_and_the_thing_is_the_key",
            "ids_that_are_missing_or_name_something_else_do_not_merge_events",
            "numbers_of_256_bits_and_of_one_cent_stay_exact",
            "times_of_every_form_are_one_moment_or_none",
            "retries_and_order_an_end_before_its_begin_is_two_events_of_one_thing",
            "repeats_that_are_not_retries_bring_news_of_the_same_thing",
            "clocks_may_differ_by_minutes_both_ways_and_no_more",
            "handshakes_reveal_nothing_but_the_value_that_was_sent",
            "tests_and_noise_that_look_like_alerts_are_left_out_by_name",
            "null_empty_and_the_word_null_say_nothing",
            "hostile_words_are_kept_as_data_and_secrets_are_taken_out_of_bodies",
            "repeated_members_are_refused_in_every_layer_and_after_names_are_made_one",
        ],
    ),
];

#[test]
fn every_line_on_webhooks_and_on_what_goes_out_is_held_by_tests_that_exist() {
    every_test_exists(&HELD);
}
