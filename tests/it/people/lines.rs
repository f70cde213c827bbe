//! Which test holds which line of the requirements on identity (ID), sessions (SES), roles (RB) and the trail (AUD). A test
//! that is renamed or taken out is missed here.

use crate::output::lines::every_test_exists;

const IDENTITY: [(&str, &[&str]); 21] = [
    (
        "ID-01",
        &[
            "a_stored_password_is_argon2id_with_its_own_salt",
            "an_old_hash_is_right_and_to_be_made_anew",
            "a_cheaper_guess_than_the_least_keeps_the_house_from_starting",
        ],
    ),
    ("ID-02", &["a_stolen_database_verifies_no_known_password"]),
    ("ID-03", &["a_flood_of_slow_sums_is_told_to_come_back"]),
    ("ID-04", &["a_password_is_long_and_not_one_that_is_tried_first"]),
    ("ID-05", &["a_password_is_long_and_not_one_that_is_tried_first"]),
    ("ID-06", &["an_empty_password_is_refused_on_every_way_in"]),
    (
        "ID-07",
        &[
            "half_a_session_opens_nothing",
            "an_admin_with_a_code_has_the_rights_of_others_alone",
            "no_token_opens_the_console",
            "a_token_opens_the_console_only_until_somebody_has_a_second_factor",
        ],
    ),
    (
        "ID-08",
        &[
            "codes_are_those_of_the_standard",
            "a_code_is_good_in_its_step_and_the_next_and_only_once",
            "a_code_opens_once_and_a_clock_set_back_replays_nothing",
        ],
    ),
    (
        "ID-09",
        &["a_passkey_is_made_signs_in_and_is_shown_again", "an_answer_that_is_wrong_in_anything_signs_nobody_in"],
    ),
    (
        "ID-10",
        &[
            "recovery_codes_say_which_they_are",
            "a_recovery_code_works_once_and_asks_for_another_app",
            "where_there_is_a_passkey_nothing_is_set_up_without_it",
            "a_used_recovery_code_and_another_factor_are_told_by_mail",
        ],
    ),
    ("ID-11", &["whatever_the_reason_the_answer_is_the_same", "whatever_the_reason_it_takes_the_same_time"]),
    (
        "ID-12",
        &[
            "waits_double_until_the_password_is_worth_nothing",
            "a_flood_of_guesses_shuts_out_the_stranger_and_not_the_person",
            "one_address_tries_five_times_and_then_slowly",
            "a_flood_from_one_address_is_hardly_looked_at_and_the_person_signs_in",
            "a_flood_from_five_hundred_addresses_is_hardly_looked_at_and_the_person_signs_in",
            "a_reset_ends_the_lock_of_the_password_and_not_that_of_the_second_factor",
        ],
    ),
    (
        "ID-13",
        &[
            "of_a_thousand_guesses_at_the_second_factor_twenty_are_looked_at",
            "a_thousand_guesses_at_the_second_factor_are_twenty_looks_a_day_and_a_notice",
        ],
    ),
    (
        "ID-14",
        &[
            "a_mailed_link_leads_to_the_house_of_the_settings_whatever_host_a_request_names",
            "a_thousand_requests_send_one_account_three_mails_in_an_hour",
            "one_client_has_ten_mails_sent_in_an_hour",
            "whoever_is_named_the_answer_is_the_same_and_nobody_else_is_written_to",
            "a_new_password_ends_everything_and_the_second_factor_is_still_asked_for",
            "a_mailed_link_works_once_for_half_an_hour_and_its_page_says_nothing_of_it",
            "a_change_of_the_password_ends_every_link_from_before",
            "no_link_is_kept_and_none_leaves_after_its_time",
        ],
    ),
    (
        "ID-15",
        &[
            "an_invitation_opens_once_and_gives_nothing_before_it_is_finished",
            "an_invitation_ends_after_three_days_or_when_it_is_taken_back",
        ],
    ),
    (
        "ID-16",
        &[
            "before_the_set_up_the_staff_side_is_shut_and_people_are_served",
            "the_link_is_good_for_an_hour",
            "once_the_house_is_set_up_no_link_shows_anything",
        ],
    ),
    (
        "ID-17",
        &[
            "a_token_that_is_not_right_lets_nobody_in",
            "state_cookie_and_code_belong_to_one_browser_and_one_time",
            "neither_a_way_back_nor_a_token_is_good_twice",
            "a_browser_is_sent_with_state_nonce_and_a_challenge_of_its_own",
            "an_issuer_that_is_another_or_sends_elsewhere_is_not_asked",
            "a_new_key_is_found_and_an_unknown_one_asked_for_once_a_minute",
            "a_browser_goes_to_another_site_and_comes_back_signed_in",
            "no_header_brings_its_own_algorithm_or_key",
        ],
    ),
    (
        "ID-18",
        &[
            "two_issuers_with_the_same_address_stay_two_people",
            "somebody_new_comes_in_without_a_role_until_an_admin_gives_one",
            "without_a_proof_of_two_factors_the_one_here_is_asked_for",
            "nobody_links_who_is_somebody_else_already",
            "somebody_with_two_factors_at_an_issuer_alone_comes_in_by_nothing_less",
        ],
    ),
    ("ID-19", &["no_header_signs_anybody_in_on_any_route", "no_header_makes_somebody_else_of_who_is_signed_in"]),
    (
        "ID-20",
        &[
            "no_token_orders_releases_reveals_or_looks_after_people",
            "the_table_of_routes_and_tokens_holds_cell_by_cell",
            "a_token_of_somebody_ends_with_their_account",
            "the_last_use_of_a_token_is_noted",
            "a_token_is_given_to_somebody_who_is_there_or_to_a_program",
        ],
    ),
    (
        "ID-21",
        &[
            "an_admin_loses_the_second_factor_by_two_others_alone",
            "an_admin_stops_being_one_by_two_others_alone",
            "a_code_for_a_chat_takes_a_fresh_factor_and_its_use_is_told",
            "the_word_of_one_admin_lapses",
            "where_there_is_a_passkey_nothing_is_set_up_without_it",
            "nobody_who_is_here_sets_a_first_factor_up_with_one",
            "a_key_for_an_app_is_shown_in_one_session_alone",
            "a_linked_issuer_is_told_and_does_not_outlive_a_reset",
            "what_somebody_else_may_have_given_as_an_address_does_not_outlive_a_reset",
            "a_new_address_counts_once_it_was_proven_and_the_old_one_is_told",
            "a_used_recovery_code_and_another_factor_are_told_by_mail",
            "a_password_is_changed_with_the_one_before_and_signs_out_everywhere",
            "looking_after_people_needs_a_fresh_second_factor",
        ],
    ),
];

const SESSIONS: [(&str, &[&str]); 11] = [
    ("SES-01", &["the_text_of_a_session_is_in_its_cookie_and_nowhere_else"]),
    ("SES-02", &["a_session_ends_by_rest_and_by_age_sooner_for_admins", "a_fresh_factor_begins_no_limit_anew"]),
    (
        "SES-03",
        &["every_step_of_signing_in_has_a_new_cookie_and_ends_the_one_before", "signing_in_over_a_session_ends_it"],
    ),
    (
        "SES-04",
        &[
            "every_change_of_a_person_ends_their_sessions",
            "what_happens_during_a_slow_sum_comes_first",
            "a_session_that_ended_is_not_gone_on_with",
            "a_new_password_ends_everything_and_the_second_factor_is_still_asked_for",
            "an_open_stream_ends_with_its_session_here_and_on_every_node",
        ],
    ),
    ("SES-05", &["signing_out_ends_the_session_of_a_person"]),
    (
        "SES-06",
        &[
            "a_sixth_session_ends_the_oldest_and_people_end_their_others",
            "a_session_that_another_one_ends_is_told_by_mail",
        ],
    ),
    (
        "SES-07",
        &[
            "looking_after_people_needs_a_fresh_second_factor",
            "the_table_of_routes_roles_and_states_holds_cell_by_cell",
        ],
    ),
    (
        "SES-08",
        &[
            "no_form_of_people_is_taken_that_was_made_elsewhere",
            "a_change_by_cookie_carries_the_token_of_the_session",
            "a_form_that_another_site_sends_is_refused_with_the_right_token",
            "another_kind_of_body_or_a_method_in_disguise_is_refused",
            "no_json_route_of_staff_reads_another_type",
            "a_console_form_from_another_site_or_without_its_token_is_refused",
            "every_form_of_the_console_asks_for_the_token_of_its_session",
        ],
    ),
    ("SES-09", &["every_step_of_signing_in_has_a_new_cookie_and_ends_the_one_before"]),
    ("SES-10", &["no_page_of_another_site_reads_an_answer", "an_origin_is_never_echoed"]),
    (
        "SES-11",
        &[
            "a_session_that_is_not_used_ends_after_twenty_minutes",
            "a_session_ends_after_an_hour_however_busy",
            "a_case_session_never_opens_a_staff_route",
            "a_staff_session_or_token_never_opens_a_case",
        ],
    ),
];

const ROLES: [(&str, &[&str]); 15] = [
    ("RB-01", &["every_route_of_staff_has_its_row", "the_table_of_routes_roles_and_states_holds_cell_by_cell"]),
    (
        "RB-02",
        &[
            "nothing_of_one_team_comes_to_the_other_and_nothing_changes_there",
            "every_statement_that_reads_incidents_asks_who_looks_or_says_why_not",
        ],
    ),
    ("RB-03", &["a_closed_case_and_none_answer_alike", "a_closed_case_and_none_take_the_same_time"]),
    ("RB-04", &["no_column_of_any_table_can_be_set_through_a_body"]),
    ("RB-05", &["personal_data_is_masked_and_shown_whole_thirty_times_an_hour_with_a_reason"]),
    ("RB-06", &["every_sequence_of_deeds_does_what_the_table_says"]),
    ("RB-07", &["nobody_approves_what_they_asked_for", "what_is_dangerous_takes_two_different_people"]),
    (
        "RB-08",
        &[
            "every_field_of_an_order_is_bound",
            "an_order_that_was_changed_after_its_approval_never_leaves",
            "an_order_that_waits_too_long_lapses",
            "an_approval_that_could_not_be_used_in_time_is_void",
        ],
    ),
    (
        "RB-09",
        &[
            "one_person_alone_holds_briefly_and_does_nothing_else",
            "one_person_holds_withdrawals_for_an_hour_and_ten_times_at_most",
            "a_proposal_keeps_nobody_from_holding_at_once",
        ],
    ),
    (
        "RB-10",
        &[
            "a_flood_of_signed_alerts_brings_about_thirty_orders_and_then_the_house_asks_for_people",
            "one_account_is_ordered_on_three_times_a_day_and_not_a_fourth",
            "every_brake_rings_by_itself",
        ],
    ),
    (
        "RB-11",
        &[
            "a_release_waits_half_an_hour_even_with_two_people",
            "protection_is_lifted_by_two_after_half_an_hour_and_not_before_the_person_knows",
            "a_hold_is_never_shortened_and_a_release_never_stands_by_itself",
            "a_hold_that_is_placed_after_a_release_was_asked_for_is_not_lifted_by_it",
            "a_release_that_has_not_arrived_gives_way_to_a_new_hold",
            "a_release_of_what_is_over_is_not_agreed_to",
            "a_release_that_fails_leaves_the_hold_to_be_asked_after",
            "what_a_signal_that_was_set_aside_had_held_can_be_lifted",
            "a_release_is_told_by_mail_to_people_whose_case_is_closed_to_a_list",
            "a_hold_is_lifted_at_the_backend_that_holds",
            "what_left_once_is_never_taken_back_and_ends_with_its_release",
        ],
    ),
    (
        "RB-12",
        &[
            "an_outsider_counts_nothing",
            "breaking_the_glass_lets_in_for_an_hour_and_tells_everybody_it_must",
            "the_glass_does_not_tell_what_is_behind_it",
            "a_closed_case_is_in_no_answer_to_anybody_else",
        ],
    ),
    (
        "RB-13",
        &[
            "every_view_is_an_entry",
            "more_than_sixty_cases_in_an_hour_raise_an_alarm",
            "three_times_the_own_habit_raises_an_alarm",
        ],
    ),
    ("RB-14", &["the_table_of_routes_roles_and_states_holds_cell_by_cell"]),
    ("RB-15", &["no_role_and_no_token_is_told_a_secret"]),
];

const TRAIL: [(&str, &[&str]); 7] = [
    (
        "AUD-01",
        &[
            "what_cannot_be_written_down_does_not_happen",
            "no_alert_token_or_session_comes_about_without_its_entry",
            "every_wrong_second_factor_stands_in_the_trail",
        ],
    ),
    ("AUD-02", &["an_entry_is_one_line_of_json", "the_published_roots_come_out", "deeds_of_staff_name_their_session"]),
    (
        "AUD-03",
        &[
            "a_checkpoint_vouches_for_what_was_written",
            "a_thousand_entries_do_not_wait",
            "an_older_database_is_refused_in_plain_words",
            "a_changed_entry_is_refused_at_the_start",
            "the_program_does_not_start_over_an_older_database",
        ],
    ),
    ("AUD-04", &["an_export_is_proved_with_the_public_key_alone"]),
    (
        "AUD-05",
        &[
            "a_changed_entry_is_found",
            "a_deleted_entry_is_found",
            "an_inserted_entry_is_found",
            "two_entries_that_changed_places_are_found",
            "a_cut_tail_is_found",
            "a_trail_that_was_rolled_back_is_found_by_a_checkpoint_kept_elsewhere",
        ],
    ),
    ("AUD-06", &["erasing_a_hundred_cases_leaves_the_tree_whole"]),
    ("AUD-07", &["no_statement_changes_or_deletes_an_entry"]),
];

#[test]
fn every_line_on_people_roles_and_the_trail_is_held_by_tests_that_exist() {
    for held in [&IDENTITY[..], &SESSIONS, &ROLES, &TRAIL] {
        every_test_exists(held);
    }
}
