//! Which test holds which line of the requirements on case access (CA), output (OUT), privacy (PRIV) and floods (AVL). A
//! test that is renamed or taken out is missed here.

use std::path::Path;

/// A line and the tests that fail when it is broken.
const HELD: [(&str, &[&str]); 35] = [
    ("CA-01", &["a_million_tokens_never_repeat_and_favour_no_symbol", "a_reference_has_its_shape"]),
    ("CA-02", &["neither_link_nor_code_is_written_down"]),
    ("CA-03", &["a_link_shows_the_same_page_whatever_it_is_and_looking_changes_nothing"]),
    (
        "CA-04",
        &[
            "a_wrong_code_an_unknown_link_and_a_locked_case_are_answered_alike",
            "forged_and_old_case_links_all_read_the_same",
        ],
    ),
    (
        "CA-05",
        &[
            "after_five_wrong_codes_reading_stops_for_a_quarter_of_an_hour_and_the_place_stays",
            "twenty_wrong_codes_in_a_day_stop_reading_for_the_day",
            "forty_guesses_at_once_are_not_more_guesses_than_five",
            "of_ten_thousand_guesses_in_a_day_twenty_are_looked_at_and_the_place_stays",
        ],
    ),
    ("CA-06", &["pages_of_a_case_are_for_nobodys_index", "neither_link_nor_code_is_in_the_log"]),
    ("CA-07", &["mails_and_alarms_of_a_whole_case_hold_the_reference_and_plain_words_and_nothing_else"]),
    ("CA-08", &["a_reporter_never_sees_names_notes_weights_or_other_cases"]),
    (
        "CA-09",
        &[
            "asking_to_withdraw_or_to_stop_protection_changes_nothing_by_itself",
            "a_new_contact_waits_a_day_after_staff_agreed",
        ],
    ),
    ("CA-10", &["a_new_link_is_given_only_when_staff_agree_and_ends_the_old_one_and_every_session"]),
    (
        "CA-11",
        &[
            "the_journey_works_in_english_on_every_screen_with_and_without_script",
            "the_journey_works_in_chinese_on_every_screen_with_and_without_script",
        ],
    ),
    ("CA-13", &["an_attachment_is_found_by_its_own_case_and_incident_alone", "attachment_ids_are_32_random_symbols"]),
    (
        "IN-13",
        &[
            "files_are_told_by_their_content_and_written_anew_under_names_of_ours",
            "files_that_want_to_be_something_else_are_refused",
            "a_photograph_is_turned_as_it_was_meant_and_nothing_of_its_metadata_is_left",
        ],
    ),
    ("PRIV-02", &["files_go_ninety_days_after_closing_and_a_legal_hold_wins"]),
    ("CA-12", &["fifty_copies_at_once_make_one_case_with_one_answer", "a_form_that_is_sent_twice_makes_one_case"]),
    (
        "OUT-01",
        &["two_hundred_texts_that_want_to_run_are_text_in_every_field", "hostile_text_is_shown_as_text_on_every_page"],
    ),
    (
        "OUT-02",
        &[
            "every_route_answers_strangers_with_all_headers",
            "a_nonce_is_fresh_on_every_page_and_marks_its_style_and_script",
            "what_the_policy_stops_is_seen_by_these_journeys",
        ],
    ),
    ("AVL-10", &["in_a_flood_nobody_real_is_lost_and_who_proves_an_effort_stands_in_front"]),
    (
        "AVL-11",
        &[
            "above_the_limit_a_proof_lets_a_program_through_and_a_browser_without_script_takes_the_slower_lane",
            "the_proof_of_work_is_done_in_time_on_a_slow_phone",
        ],
    ),
    ("OUT-06", &["a_cell_opened_again_is_what_it_was_and_never_a_formula"]),
    ("OUT-03", &["every_route_answers_staff_with_all_headers", "every_error_has_all_headers_and_is_a_problem"]),
    ("OUT-04", &["a_session_of_one_host_is_none_on_another", "chromium_keeps_our_cookies_on_a_loopback_address"]),
    (
        "OUT-05",
        &[
            "no_redirect_leads_elsewhere",
            "nothing_is_left_to_click_on",
            "only_our_own_addresses_are_linked_or_posted_to",
        ],
    ),
    ("OUT-07", &["a_pack_fetches_nothing_that_stands_in_it_and_takes_no_markup"]),
    (
        "OUT-08",
        &[
            "no_payload_of_the_corpus_is_more_than_text_in_any_chat_or_pager",
            "no_payload_of_the_corpus_ends_a_header_of_a_mail",
        ],
    ),
    ("OUT-11", &["one_click_without_a_cookie_stops_mails_and_neither_a_look_nor_a_wrong_address_does"]),
    (
        "OUT-09",
        &[
            "no_answer_holds_a_mark_of_the_inside_or_the_value_that_was_sent",
            "a_bare_error_of_a_library_loses_its_words",
        ],
    ),
    ("OUT-10", &["researchers_find_whom_to_tell_until_when_and_by_which_rules"]),
    ("SES-10", &["no_page_of_another_site_reads_an_answer", "an_origin_is_never_echoed"]),
    (
        "PRIV-06",
        &[
            "the_report_form_says_what_is_kept_why_and_how_long_before_it_is_sent",
            "passing_details_on_is_agreed_to_apart_from_the_report_recorded_and_taken_back",
        ],
    ),
    (
        "PRIV-07",
        &[
            "every_page_serves_everyone_in_english",
            "every_page_serves_everyone_in_simplified_chinese",
            "every_page_serves_everyone_in_traditional_chinese",
        ],
    ),
    // Experience: what every page is held to, and the way in from an app.
    ("WCAG 2.2", &["every_page_serves_everyone_in_english", "steps_for_a_report_that_waits_outside_serve_everyone"]),
    (
        "embedding",
        &[
            "no_changed_character_leaves_a_link_that_opens",
            "a_link_that_does_not_hold_opens_the_plain_page_with_a_sentence",
            "whoever_comes_second_with_the_same_account_gets_an_incident_and_a_case_of_their_own",
        ],
    ),
    ("API alone", &["the_whole_journey_works_without_a_page"]),
    ("addresses", &["every_address_is_copied_whole"]),
];

#[test]
fn every_line_is_held_by_tests_that_exist() {
    every_test_exists(&HELD);
}

/// Looks for each test by its name in the sources: one that runs, not a function that is called like it.
pub fn every_test_exists(held: &[(&str, &[&str])]) {
    let mut sources = String::new();
    for folder in ["src", "tests"] {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut sources);
    }
    for (line, tests) in held {
        assert!(!tests.is_empty(), "{line}");
        for test in *tests {
            let name = format!("fn {test}(");
            let runs = sources.match_indices(&name).any(|(at, _)| is_run(&sources[..at]));
            assert!(runs, "{line}: there is no test {test} that is run");
        }
    }
}

/// Whether what stands directly above a function makes it a test, and one that is not left out.
fn is_run(before: &str) -> bool {
    let above = before.rsplit("\n\n").next().unwrap();
    let above = above.rsplit("}\n").next().unwrap();
    let marks = ["#[test]", "#[tokio::test"];
    marks.iter().any(|mark| above.contains(mark)) && !above.contains("#[ignore") && !above.contains("fn ")
}

#[test]
fn what_is_not_run_holds_no_line() {
    for (before, runs) in [
        ("}\n\n/// RB-01: says so.\n#[test]\n", true),
        ("mod tests {\n    #[tokio::test]\n    async ", true),
        ("}\n\n#[test]\n#[expect(clippy::print_stdout, reason = \"x\")]\n", true),
        ("}\n\n#[test]\n#[ignore]\n", false),
        ("#[test]\nfn another() {\n}\n\n", false),
        ("#[test]\nfn another() { 1 }\n", false),
        ("}\n\n/// Helps.\npub async ", false),
    ] {
        assert_eq!(is_run(before), runs, "{before}");
    }
}

fn read(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
