//! What every page of the console owes to somebody who reads it at three in the morning.

use proptest::prelude::*;

use super::assets;
use super::samples::{SET, assessed, detail, every_page, evidence, listed, row, set, shown};
use crate::guidance::Step;
use crate::respond::{IncidentDetail, QueueRow};
use crate::scoring::Evidence;
use crate::signal::Facts;
use crate::text::Language;

#[test]
fn hostile_text_in_every_field_is_shown_and_does_nothing() {
    for language in Language::ALL {
        for page in every_page(language) {
            assert!(!page.contains("<script>") && !page.contains("\" onload") && !page.contains(" style="), "{page}");
        }
    }
    let page = shown(&set(), Language::En, &detail("open", None));
    let harmless = "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=x ' hxxps://evil[.]example/a";
    assert_eq!(
        page.matches(&format!(r#"<bdi class="outside">{harmless}</bdi>"#)).count(),
        10,
        "five entries, a request, two long texts, two fields"
    );
    assert_eq!(
        page.matches(&format!("<q><bdi>{harmless}</bdi></q>")).count(),
        6,
        "two reasons, and two lines in each of two sums"
    );
}

#[test]
fn only_our_own_addresses_are_linked_loaded_or_posted_to() {
    for page in every_page(Language::Zh) {
        for attribute in ["href=\"", "src=\"", "action=\""] {
            for target in page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                let ours =
                    target.is_empty() || ["/staff", "/assets/", "#", "?"].iter().any(|start| target.starts_with(start));
                assert!(ours, "{attribute}{target}");
            }
        }
        let style = format!(r#"href="{}" nonce="n0nce""#, assets::style().path);
        assert!(page.contains(&style) && assets::find(&assets::style().path).is_some());
    }
    assert!(!assets::style().body.contains("://") && !assets::style().body.contains("@import"));
}

#[test]
fn a_step_has_the_number_by_which_another_waits_for_it_and_falls_to_whoever_holds_the_case() {
    let mut held = detail("held", Some("ada"));
    let first = held.steps[0].clone();
    held.steps.push(Step { id: "second".to_owned(), waits_for: vec![first.id], ..held.steps[0].clone() });
    let page = shown(&set(), Language::En, &held);
    let steps = page.split_once(r#"id="steps""#).unwrap().1.split("</section>").next().unwrap();
    assert!(steps.contains(r#"<b class="number">1.</b>"#) && steps.contains(r#"<b class="number">2.</b>"#), "{steps}");
    assert!(steps.contains("after step 1") && steps.matches("with <bdi>ada</bdi>").count() == 2, "{steps}");
}

#[test]
fn words_of_the_vocabulary_are_said_in_the_language_of_the_page_and_one_signal_is_not_taken_out() {
    let mut case = detail("open", None);
    case.signals[0].facts = Facts::new().with("kind", "auth.threat").with("severity", "high").with("proof", "signed");
    let page = shown(&set(), Language::Zh, &case);
    let signals = page.split_once(r#"id="signals""#).unwrap().1.split("</section>").next().unwrap();
    assert!(["可疑登录", "严重程度", "证明方式"].iter().all(|word| signals.contains(word)), "{signals}");
    assert!(["auth.threat", "severity", "proof"].iter().all(|word| !signals.contains(word)), "{signals}");
    assert!(page.contains("这是唯一的信号") && !page.contains("correct-reason"), "{page}");
}

/// The figures of the last column of the lead's sum, the total apart.
fn printed(page: &str) -> (Vec<i32>, i32) {
    let number = |cell: &str| -> i32 { cell.replace('−', "-").trim_start_matches('+').parse().unwrap() };
    let table = page.split_once(r#"id="sum""#).and_then(|(_, rest)| rest.split_once("<tbody>")).unwrap().1;
    let (body, foot) = table.split_once("</tbody>").unwrap();
    let last = |row: &str| number(row.rsplit_once("<td class=\"figure\">").unwrap().1.split('<').next().unwrap());
    let total = foot.split_once("<b>").unwrap().1.split('<').next().unwrap();
    (body.split("<tr").skip(1).map(last).collect(), number(total))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_printed_points_add_up_to_the_log_odds(
        prior in -6_000..1_000_i32,
        pieces in prop::collection::vec((0..4_u8, 0..6_u8, -3_000..3_000_i32, 0..=1_000_u16, any::<bool>()), 0..8),
    ) {
        let pieces: Vec<Evidence> = pieces
            .into_iter()
            .map(|(group, sign, weight, reliability, verified)| Evidence { sign: sign.to_string(), reliability, verified, ..evidence(&group.to_string(), weight) })
            .collect();
        let assessment = assessed(prior, &pieces);
        let log_odds = assessment.standings[0].log_odds;
        let page = shown(&SET, Language::Zh, &IncidentDetail { assessment, ..detail("open", None) });
        let (points, total) = printed(&page);
        prop_assert_eq!(points.iter().sum::<i32>(), total);
        prop_assert_eq!(total, log_odds);
    }
}

#[test]
fn fifty_rows_with_the_longest_titles_stay_under_sixty_kilobytes() {
    let set = set();
    for language in Language::ALL {
        let longest = set.kinds.iter().max_by_key(|kind| kind.title.get(language).len()).unwrap();
        let row = QueueRow { kind: longest.id.clone(), language: "zh".to_owned(), ..row(&longest.title.en) };
        let page = listed(&set, language, &vec![row; 50]);
        assert!(page.len() < 60_000 && page.contains(longest.title.get(language)), "{} bytes", page.len());
        assert!(page.contains("/staff?lane=security&amp;after=cursor"), "the next page keeps the lane");
    }
}
