//! What every page of the console owes to somebody who reads it at three in the morning.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;

use super::actions::{self, Post};
use super::*;
use crate::guidance::{Step, StepState};
use crate::id::{Id, Random};
use crate::playbook::{Able, Activity, Class, Danger, Exposure, Moment, Remaining, Set, builtin_files, compile};
use crate::respond::view::RequestState;
use crate::respond::{Asked, Conversation, IncidentDetail, QueueRow, SignalView, Wish};
use crate::scoring::{Assessment, Because, Chance, Evidence, Situation, Standing, add_up};
use crate::signal::Facts;
use crate::text::Language;
use crate::time::{Span, Timestamp};
use crate::web::pages::layout::Frame;

/// Breaks out of an element and out of an attribute, and carries a link.
const HOSTILE: &str = "<script>alert(1)</script>\" onload=x ' https://evil.example/a";
const ME: &str = "Responder One";

struct Fixed;

impl Random for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

/// Compiled once for the many runs of a property.
static SET: LazyLock<Set> = LazyLock::new(set);

fn set() -> Set {
    compile(&builtin_files(), "0123456789abcdef".to_owned()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn now() -> Timestamp {
    "2026-03-01T03:14:05Z".parse().unwrap()
}

fn frame(language: Language) -> Frame<'static> {
    Frame { language, nonce: "n0nce", path_for_language_switch: "", brand: "Holdfast", board: None }
}

fn evidence(group: &str, weight: i32) -> Evidence {
    let because = Because {
        en: HOSTILE.to_owned(),
        zh: HOSTILE.to_owned(),
        words: Some(HOSTILE.to_owned()),
        signal: Some(Id::<()>::new(now(), &Fixed).to_string()),
    };
    Evidence {
        group: group.to_owned(),
        cap: 2_000,
        sign: HOSTILE.to_owned(),
        weight,
        reliability: 800,
        verified: false,
        because,
    }
}

fn assessed(prior: i32, evidence: &[Evidence]) -> Assessment {
    let standing = |kind: &str, prior| {
        let odds = add_up(prior, evidence, 3_000);
        Standing {
            kind: kind.to_owned(),
            class: Class::Security,
            log_odds: odds.log_odds,
            chance: Chance::of(odds.log_odds),
            acts: true,
            lines: odds.lines,
        }
    };
    let lead = standing("tron-permission-hijack", prior);
    let situation = Situation {
        exposure: Exposure::Secret,
        activity: Activity::LeavingNow,
        remaining: Remaining::Large,
        can_act: Able::No,
        danger: Some(Danger::Life),
        value_cents: 1,
        value_known: true,
    };
    Assessment {
        playbooks: "0123456789abcdef".to_owned(),
        class: Class::Security,
        lead: lead.kind.clone(),
        chance: lead.chance,
        level: 2,
        head_start: Span::from_minutes(40),
        situation,
        loss_cents: 1,
        rate_cents: 1,
        standings: vec![lead, standing(HOSTILE, -3_000)],
    }
}

/// An incident in which every text is hostile.
fn detail(state: &str, holder: Option<&str>) -> IncidentDetail {
    let hostile = || HOSTILE.to_owned();
    let said = |from: &'static str| Conversation { at: now(), from, by: Some(hostile()), text: hostile() };
    let step = |state| Step {
        id: hostile(),
        moment: Moment::Now,
        text: hostile(),
        why: hostile(),
        takes: Some(hostile()),
        time_box: Some(hostile()),
        waits_for: vec![hostile()],
        required: true,
        worked: Some(hostile()),
        instead: Some(hostile()),
        state,
        new: true,
        corrected: true,
    };
    let fields = ["kind", "text", "error", "wallet", HOSTILE];
    let facts = fields.iter().fold(Facts::new(), |facts, field| facts.with(field, HOSTILE));
    IncidentDetail {
        id: Id::new(now(), &Fixed),
        state: state.to_owned(),
        version: 7,
        fence: 3,
        holder: holder.map(str::to_owned),
        lease_until: holder.map(|_| now().plus(Span::from_minutes(10))),
        class: Class::Security,
        kind: hostile(),
        title: hostile(),
        level: 2,
        arrived: now(),
        head_start_minutes: 40,
        language: hostile(),
        danger: true,
        references: vec![hostile()],
        words: vec![(hostile(), hostile())],
        assessment: assessed(-1_900, &[evidence("one", 1_200), evidence(HOSTILE, 2_700)]),
        steps: vec![step(StepState::Open)],
        person_steps: vec![step(StepState::Done), step(StepState::Cannot), step(StepState::NotSure)],
        orders: vec![hostile()],
        signals: vec![SignalView {
            id: Id::new(now(), &Fixed),
            endpoint: hostile(),
            verified: true,
            at: now(),
            received: now().plus(Span::from_days(1)),
            facts,
        }],
        answers: BTreeMap::from([(hostile(), hostile())]),
        asks_person: Some(now()),
        solved: Some(now()),
        conversation: ["person", "letter", "staff", "note", "verdict"].map(said).to_vec(),
        consents: Vec::new(),
        requests: vec![Asked {
            id: Id::new(now(), &Fixed),
            what: Wish::Contact,
            asked: now(),
            state: RequestState::Waiting,
            detail: Some(hostile()),
        }],
        wrong_codes: 3,
    }
}

fn row(title: &str) -> QueueRow {
    QueueRow {
        id: Id::new(now(), &Fixed),
        lane: Class::Security,
        kind: title.to_owned(),
        title: title.to_owned(),
        level: 1,
        confidence: 0.97,
        arrived: now().minus(Span::from_days(9)),
        head_start_minutes: 599,
        due: now(),
        language: title.to_owned(),
        danger: true,
        version: 1,
        asks_person: true,
    }
}

fn shown(set: &Set, language: Language, detail: &IncidentDetail) -> String {
    incident(&IncidentPage { frame: frame(language), csrf: "t0ken", me: ME, now: now(), playbooks: set, detail })
        .into_string()
}

fn listed(set: &Set, language: Language, rows: &[QueueRow]) -> String {
    let held: Vec<HeldCase> =
        rows.iter().take(2).map(|row| HeldCase { row: row.clone(), lease_until: now(), fence: 3 }).collect();
    let page = HomePage {
        frame: frame(language),
        csrf: "t0ken",
        me: ME,
        now: now(),
        playbooks: set,
        notice: Some(Notice::Empty),
        next: rows.first(),
        held: &held,
        counts: Counts { security: 12, routine: 1_000 },
        lane: Some(Class::Security),
        rows,
        more: Some("cursor"),
    };
    home(&page).into_string()
}

fn every_page(language: Language) -> Vec<String> {
    let (set, frame) = (set(), frame(language));
    let incidents = [("open", None), ("held", Some(ME)), ("held", Some(HOSTILE)), ("closed", None)];
    let mut pages: Vec<String> = incidents.map(|(state, holder)| shown(&set, language, &detail(state, holder))).into();
    pages.extend([listed(&set, language, &[row(HOSTILE), row(HOSTILE)]), listed(&set, language, &[])]);
    let ways = [Ways::Token, Ways::Both, Ways::Password];
    pages.extend(
        ways.map(|ways| sign_in(&SignInPage { frame, csrf: "t0ken", ways, refused: ways == Ways::Both }).into_string()),
    );
    let wrong = Some(crate::web::pages::words::people::CODE_WRONG);
    let ask = AskPage { frame, csrf: "t0ken", wrong };
    pages.push(set_up(&ask).into_string());
    pages.push(join(&ask, (HOSTILE, HOSTILE)).into_string());
    pages.push(second(&ask).into_string());
    pages.push(step_up(&ask, (HOSTILE, HOSTILE)).into_string());
    pages.push(enrol(&ask, ("otpauth://totp/x", "ABCDEFGH")).into_string());
    pages.push(recovery(&frame, ["0-ABCD"].into_iter()).into_string());
    pages.push(link_made(&frame, (HOSTILE, "t0ken"), "https://help.example/staff/join/x").into_string());
    pages.push(own(&frame, (HOSTILE, "t0ken"), &[(now(), now(), true)]).into_string());
    pages.push(
        stale(&StalePage { frame, csrf: "t0ken", me: HOSTILE, incident: Id::new(now(), &Fixed), typed: Some(HOSTILE) })
            .into_string(),
    );
    pages
}

#[test]
fn hostile_text_in_every_field_is_shown_and_does_nothing() {
    for language in Language::ALL {
        for page in every_page(language) {
            assert!(!page.contains("<script") && !page.contains("\" onload") && !page.contains(" style="), "{page}");
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

/// The forms of a page: where each posts to and the names of its fields.
fn forms(page: &str) -> Vec<(String, BTreeSet<String>)> {
    let form = |form: &str| {
        let form = form.split("</form>").next().unwrap();
        let (head, body) = form.split_once('>').unwrap();
        assert!(head.contains(r#"method="post""#), "{head}");
        let action = head.split_once("action=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
        let names = body.split(" name=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        (action.to_owned(), names.collect())
    };
    page.split("<form").skip(1).map(form).collect()
}

fn fields(action: &str) -> &'static [&'static str] {
    let post = Post::ALL
        .into_iter()
        .find(|post| action.starts_with(actions::INCIDENTS) && action.ends_with(&format!("/{}", post.as_str())));
    match post {
        Some(Post::Renew | Post::Release) => &["csrf", "fence"],
        Some(Post::Message | Post::Note) => &["csrf", "text"],
        Some(Post::Step) => &["csrf", "state", "step"],
        Some(Post::Verdict) => &["csrf", "kind", "reason", "verdict", "version"],
        Some(Post::Escalate) => &["csrf", "level", "reason", "version"],
        Some(Post::Reopen) => &["csrf", "reason", "version"],
        Some(Post::Decide) => &["csrf", "grant", "reason", "request"],
        None if action == actions::SIGN_IN => &["csrf", "token"],
        None if action.is_empty() => &["csrf", "name"],
        Some(Post::Claim) | None => &["csrf"],
    }
}

#[test]
fn every_form_carries_the_token_and_just_what_its_route_takes() {
    let mut seen = BTreeSet::new();
    for page in every_page(Language::En) {
        for (action, names) in forms(&page) {
            let mut names = names;
            // What is said of a step goes by the claim in hand or, when nobody holds the case, by the version seen.
            if action.ends_with("/step") {
                assert!(names.remove("fence") != names.remove("version"), "{names:?}");
            }
            // A step is waived by a form of its own, with a reason.
            if action.ends_with("/step") && names.contains("reason") {
                assert!(names.iter().eq(["csrf", "reason", "state", "step"]), "{names:?}");
                continue;
            }
            assert_eq!(names, fields(&action).iter().map(|&name| name.to_owned()).collect(), "{action}");
            seen.insert(action.rsplit('/').next().unwrap().to_owned());
        }
    }
    let all = "claim decide escalate message note release renew reopen sign-in sign-out step verdict";
    assert_eq!(seen, std::iter::once("").chain(all.split(' ')).map(str::to_owned).collect());
}

#[test]
fn what_can_be_done_follows_from_whose_hands_it_is_in() {
    let set = set();
    let offered = |state, holder| {
        let forms = forms(&shown(&set, Language::En, &detail(state, holder)));
        forms
            .into_iter()
            .filter_map(|(action, _)| {
                action.strip_prefix(actions::INCIDENTS).and_then(|rest| rest.rsplit('/').next()).map(str::to_owned)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(offered("open", None).join(" "), "claim step step decide message note verdict escalate");
    assert_eq!(offered("held", Some(ME)).join(" "), "renew release step step decide message note verdict escalate");
    assert_eq!(offered("held", Some("Responder Two")).join(" "), "decide message note verdict escalate");
    assert_eq!(offered("closed", None).join(" "), "decide message note reopen");
}

#[test]
fn a_level_only_goes_up() {
    let set = set();
    let levels = |class, level| {
        let page = shown(&set, Language::En, &IncidentDetail { class, level, ..detail("open", None) });
        let select = page
            .split_once("name=\"level\"")
            .map_or("", |(_, rest)| rest.split("</select>").next().unwrap())
            .to_owned();
        (1..=5_u8).filter(|level| select.contains(&format!("value=\"{level}\""))).collect::<Vec<_>>()
    };
    assert_eq!(levels(Class::Security, 3), [1, 2]);
    assert!(levels(Class::Security, 1).is_empty());
    assert_eq!(levels(Class::Routine, 5), [1, 2, 3, 4, 5], "a routine request may move over as it is");
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
