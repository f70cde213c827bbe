//! What every page owes a frightened reader, whatever else it shows.

use super::answer::{self, AnswerPage};
use super::attachments::Came;
use super::case::{self, CasePage};
use super::form::Form;
use super::help::{self, ArticlePage, Content, Entry};
use super::layout::Frame;
use super::problem::{self, NotKept, ProblemPage, Trouble};
use super::report::{self, ReportPage};
use super::{actions, assets, enter};
use crate::attachment::Kind;
use crate::guidance::{Choice, Guidance, Never, Question, Step, StepState, for_reading, out_of_order};
use crate::playbook::{Class, Moment};
use crate::respond::Wish;
use crate::respond::view::{
    Alternative, AttachmentView, Author, CaseKeys, CaseState, CaseView, Done, DoneWhat, IncidentView, Likely,
    MessageView, Outcome, Place, ReportAnswer, RequestState, RequestView, TrustView, Wait,
};
use crate::signal::BadField;
use crate::text::Language;
use crate::time::{Span, Timestamp};
use crate::transfer::{Doubt, Reading};

const HOSTILE: &str = "<script>alert(1)</script>\" onload=x https://evil.example/a";

fn frame(language: Language) -> Frame<'static> {
    Frame { language, nonce: "n0nce", path_for_language_switch: "", brand: "Holdfast", board: None, scopes: None }
}

fn at() -> Timestamp {
    "2026-03-01T14:05:00Z".parse().unwrap()
}

/// Twelve steps as long as the longest of the playbooks.
fn guidance(language: Language) -> Guidance {
    let moments = [Moment::Now, Moment::FiveMinutes, Moment::FirstHour, Moment::FirstDay];
    let step = |number: usize| Step {
        id: format!("step-{number}"),
        moment: moments[number / 3],
        text: "还是所有者 <b>TRX</b> ".repeat(10),
        why: "谁先转走就是谁的。".repeat(10),
        takes: Some("5m".to_owned()),
        time_box: Some("10m".to_owned()),
        waits_for: if number > 0 { vec![format!("step-{}", number - 1)] } else { Vec::new() },
        required: false,
        worked: Some("在区块浏览器上能看到币已到新地址。".repeat(6)),
        instead: (number < 6).then(|| format!("step-{}", number + 3)),
        state: [StepState::Open, StepState::Done, StepState::Cannot, StepState::NotSure][number % 4],
        new: number % 2 == 1,
        corrected: number == 1,
    };
    let never = Never { text: "付钱请人解除多签".repeat(3), why: "收了钱就消失。".repeat(4) };
    Guidance { language, steps: (0..12).map(step).collect(), never: vec![never; 6] }
}

fn wait() -> Wait {
    let likely = Likely { from: at().plus(Span::from_minutes(10)), until: at().plus(Span::from_minutes(25)) };
    Wait { likely: Some(likely), served: 12, within_minutes: 60, staff_back: None }
}

fn incident() -> IncidentView {
    let place = Place {
        lane: Class::Security,
        ahead: 2,
        first_reply_by: at(),
        never_passed_by_arrivals_after: at(),
        wait: wait(),
    };
    let other = Alternative { kind: "other".to_owned(), title: "Another reading".to_owned(), confidence: 0.2 };
    IncidentView {
        class: Class::Security,
        kind: "drain".to_owned(),
        title: HOSTILE.to_owned(),
        summary: "It may be this.".to_owned(),
        normal: Some("还是所有者 <b>TRX</b> ".repeat(10)),
        level: 1,
        confidence: 0.7,
        alternatives: vec![other],
        outlook: None,
        place,
    }
}

fn questions() -> Vec<Question> {
    let choice = |id: &str| Choice { id: id.to_owned(), text: HOSTILE.to_owned() };
    vec![Question {
        id: "who".to_owned(),
        text: "Who?".to_owned(),
        why: None,
        choices: vec![choice("me"), choice("not-sure")],
    }]
}

fn answered(language: Language) -> String {
    let case = CaseKeys {
        reference: "HF-7K2M-9QXP".to_owned(),
        link: "https://help.example/c/abc".to_owned(),
        code: "ABCDE-FGHJK".to_owned(),
    };
    let answer = ReportAnswer {
        case,
        incident: incident(),
        guidance: guidance(language),
        questions: questions(),
        notices: vec![out_of_order(language)],
        stop: None,
    };
    answer::page(&AnswerPage { frame: frame(language), answer: &answer, csrf: "t0ken" }).into_string()
}

fn cased(language: Language, state: CaseState) -> String {
    of_a_case(&viewed(language, state))
}

fn viewed(language: Language, state: CaseState) -> CaseView {
    let message = |from| MessageView {
        at: at(),
        from,
        text: HOSTILE.to_owned(),
        unproven: true,
        check: Some(HOSTILE.to_owned()),
    };
    CaseView {
        reference: "HF-7K2M-9QXP".to_owned(),
        received: at(),
        state,
        outcome: (state == CaseState::Closed).then_some(Outcome::Partly),
        incident: incident(),
        guidance: guidance(language),
        questions: questions(),
        messages: vec![message(Author::You), message(Author::Staff)],
        attachments: vec![AttachmentView {
            id: "0123456789ABCDEFGHJKMNPQRSTVWXYZ".to_owned(),
            name: "HF-7K2M-9QXP-1.txt".to_owned(),
            kind: Kind::Text,
            size: 1,
            at: at(),
        }],
        progress: vec![Done { at: at(), what: DoneWhat::Received }, Done { at: at(), what: DoneWhat::Taken }],
        requests: vec![RequestView { what: Wish::NewLink, asked: at(), state: RequestState::Granted }],
        wrong_codes: 2,
        notices: vec![],
        stop: None,
        trust: TrustView { words: Some(HOSTILE.to_owned()), ..TrustView::default() },
        asks_person: state == CaseState::WithStaff,
        consent: None,
        solvable: state == CaseState::Waiting,
        protections: vec![],
        chain: vec![for_reading(&Reading::unknown(HOSTILE, HOSTILE, Doubt::Stale), (at(), language))],
    }
}

fn of_a_case(view: &CaseView) -> String {
    case::page(&CasePage {
        frame: frame(view.guidance.language),
        view,
        csrf: "t0ken",
        seen: Some("a.b"),
        came: Some(Came::Added),
        now: at(),
    })
    .into_string()
}

fn blank(language: Language, kept: &Form) -> ReportPage<'_> {
    ReportPage {
        frame: frame(language),
        idempotency_key: "k",
        kept,
        problems: &[],
        kept_days: 180,
        taps: &[],
        challenge: None,
        resend: false,
    }
}

fn reported(language: Language, problems: &[BadField]) -> String {
    let kept = Form { text: HOSTILE.to_owned(), account: HOSTILE.to_owned(), ..Form::default() };
    report::page(&ReportPage { problems, ..blank(language, &kept) }).into_string()
}

fn not_kept(language: Language) -> String {
    let kept = Form { text: HOSTILE.to_owned(), ..Form::default() };
    let again = blank(language, &kept);
    problem::not_kept(&NotKept { again, guidance: &guidance(language), notices: &[out_of_order(language)], stop: None })
        .into_string()
}

fn every_page(language: Language) -> Vec<String> {
    let bad = BadField { field: "text", rule: "too long" };
    let trouble = |trouble| {
        problem::page(&ProblemPage { frame: frame(language), trouble, request: "r1", typed: Some(HOSTILE) })
            .into_string()
    };
    let mut pages = vec![reported(language, &[]), reported(language, &[bad]), answered(language), not_kept(language)];
    pages.extend([enter::page(&frame(language)).into_string(), enter::refused(&frame(language)).into_string()]);
    pages.extend([CaseState::Waiting, CaseState::WithStaff, CaseState::Closed].map(|state| cased(language, state)));
    pages.extend(Trouble::ALL.map(trouble));
    pages
}

#[test]
fn every_page_says_what_we_never_ask_for_and_offers_help_leaving_and_the_other_language() {
    for (language, never, switch) in [
        (Language::En, "Recovery words or private keys, not even one word", "?lang=zh"),
        (Language::En, "Recovery words or private keys, not even one word", "?lang=zh-Hant\""),
        (Language::Zh, "助记词或私钥，一个词都不要", "?lang=en"),
        (Language::Zh, "助记词或私钥，一个词都不要", "?lang=zh-Hant"),
        (Language::ZhHant, "助記詞或私鑰，一個詞都不要", "?lang=zh\""),
    ] {
        for page in every_page(language) {
            assert!(page.contains(never), "{page}");
            assert!(page.contains(switch) && page.contains(r#"href="/leave" rel="noreferrer""#), "{page}");
            let help =
                page.split_once("<nav").and_then(|(_, rest)| rest.split('"').find(|part| part.contains('#'))).unwrap();
            let here = help.strip_prefix('#').is_none_or(|id| page.contains(&format!(r#"id="{id}""#)));
            assert!(here, "{help} leads nowhere: {page}");
        }
    }
}

#[test]
fn no_page_is_over_thirty_kilobytes_with_twelve_long_steps() {
    for language in Language::ALL {
        for page in every_page(language) {
            assert!(page.len() < 30_000, "{} bytes: {}", page.len(), &page[..200]);
        }
    }
}

#[test]
fn hostile_text_is_shown_and_does_nothing() {
    for page in every_page(Language::En) {
        let own = page.matches(r#"<script src="/assets/"#).count();
        assert_eq!(page.matches("<script").count(), own, "only our own scripts");
        assert!(!page.contains("\" onload") && !page.contains("<b>TRX</b>") && !page.contains(" style="), "{page}");
    }
    let case = cased(Language::En, CaseState::Waiting);
    assert!(case.contains(
        r#"<bdi class="outside">&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=x hxxps://evil[.]example/a</bdi>"#
    ));
}

#[test]
fn only_our_own_addresses_are_linked_or_posted_to() {
    for page in every_page(Language::Zh) {
        for attribute in ["href=\"", "src=\"", "action=\""] {
            for target in page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                let ours =
                    ["/", "#", "?", "tel:"].iter().any(|start| target.starts_with(start)) && !target.starts_with("//");
                assert!(ours, "{attribute}{target}");
            }
        }
        let loaded = [&assets::style().path, &assets::script().path];
        assert!(loaded.into_iter().all(|path| page.contains(&format!(r#"{path}" nonce="n0nce""#))), "{page}");
    }
}

#[test]
fn a_step_that_cannot_be_done_never_leads_nowhere() {
    let case = cased(Language::En, CaseState::Waiting);
    assert!(case.contains(r##"<a href="#step-step-3">take step 4</a>"##));
    assert!(case.contains(r##"<a href="#write">write to us, and a person finds another way</a>"##));
    assert!(
        answered(Language::En).contains(r#"<a href="/case#write">write to us, and a person finds another way</a>"#)
    );
}

#[test]
fn on_a_case_page_the_next_step_is_whole_and_every_step_is_ticked_without_opening_it() {
    let mut view = viewed(Language::En, CaseState::Waiting);
    view.guidance.steps[0].state = StepState::Done;
    let page = of_a_case(&view);
    let steps: Vec<&str> = page.split("<li class=\"step\"").skip(1).collect();
    let folded: Vec<bool> = steps.iter().map(|step| step.contains("<details name=\"step\"")).collect();
    // Done, done, cannot, not sure, the next one open, and so on.
    let expected = [false, false, false, true, false, false, false, true, true, false, false, true];
    assert_eq!(folded, expected);
    assert!(steps[4].contains("Why:") && steps[8].contains("Why:"));
    for step in &steps {
        let marks = step.find("class=\"marks\"").unwrap();
        assert!(step.find("</details>").is_none_or(|end| end < marks), "{step}");
    }
    assert!(steps[3].find("Not sure").unwrap() > steps[3].find("</details>").unwrap(), "how it stands is seen");
}

#[test]
fn a_closed_everyday_case_promises_nothing_any_more_and_the_rest_is_no_reading() {
    let mut view = viewed(Language::En, CaseState::Waiting);
    view.incident.class = Class::Routine;
    assert!(of_a_case(&view).contains("What is normal"));
    view.state = CaseState::Closed;
    let closed = of_a_case(&view);
    assert!(!closed.contains("What is normal") && !closed.contains("What this may be"), "{closed}");
    let mut other = viewed(Language::En, CaseState::Waiting);
    other.incident.kind = "routine-other".to_owned();
    assert!(!of_a_case(&other).contains("most likely reading"));
}

#[test]
fn whoever_may_be_watched_is_not_told_to_write_at_once() {
    let keys = CaseKeys { reference: "HF-1".to_owned(), link: "/c/1".to_owned(), code: "A".to_owned() };
    let shown = |watched| answer::keys(&frame(Language::En), (&keys, watched), "").into_string();
    assert!(shown(true).contains("Only if nobody sees it") && !shown(true).contains("on paper now"));
    assert!(shown(false).contains("Write it on paper now."));
}

#[test]
fn an_article_that_asks_for_answers_says_where_they_are_given() {
    let entry = Entry { id: "x".to_owned(), title: "T".to_owned(), summary: "S".to_owned() };
    let guidance = guidance(Language::En);
    let content = Content::Steps(&guidance);
    let page = help::article(&ArticlePage { frame: frame(Language::En), entry: &entry, content }).into_string();
    assert!(page.contains("<h2>What to do</h2>") && !page.contains("Your steps"));
    assert!(page.contains("Where a step says “here”, report it first"));
    assert!(page.contains(r#"<a href="/?lang=en#report">Report it now</a>"#), "{page}");
}

#[test]
fn the_warning_of_a_phrase_stands_under_the_words_and_a_closed_page_offers_no_other_report_first() {
    let page = reported(Language::En, &[]);
    let field = page.find("<textarea id=\"text\"").unwrap();
    let (warning, tick) = (page.find("id=\"looks\"").unwrap(), page.find("name=\"now\"").unwrap());
    assert!(field < warning && warning < tick);
    let shown = |trouble| {
        problem::page(&ProblemPage { frame: frame(Language::En), trouble, request: "r1", typed: None }).into_string()
    };
    assert!(shown(Trouble::SessionOver).contains(r#"<p><a href="/">Send a report</a></p>"#));
    assert!(shown(Trouble::NotFound).contains(r#"<a class="button" href="/">Send a report</a>"#));
}

#[test]
fn the_first_step_comes_before_the_code_and_the_code_is_shown_once() {
    let answer = answered(Language::En);
    let place = |text: &str| answer.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    assert!(place("Do this first") < place("ABCDE-FGHJK") && place("ABCDE-FGHJK") < place("<h2>Then</h2>"));
    assert_eq!(answer.matches("ABCDE-FGHJK").count(), 1);
    assert!(!cased(Language::En, CaseState::Waiting).contains("ABCDE-FGHJK"));
    assert!(answer.contains("2 people are ahead of you.") && answer.contains(r#"Nobody who reports after <time datetime="2026-03-01T14:05:00.000Z">1 Mar, 14:05 UTC</time> is placed before you."#));
}

#[test]
fn no_number_of_the_judgement_reaches_a_page() {
    for page in [answered(Language::En), cased(Language::En, CaseState::WithStaff)] {
        assert!(!page.contains("0.7") && !page.contains("0.2") && !page.contains("level"), "{page}");
        assert!(page.contains("This is the most likely reading of what you sent."));
    }
}

#[test]
fn every_post_of_the_case_carries_the_token() {
    for page in [answered(Language::En), cased(Language::En, CaseState::Waiting)] {
        for form in page.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
            assert!(
                form.contains(r#"method="post""#)
                    && form.contains(r#"<input type="hidden" name="csrf" value="t0ken">"#),
                "{form}"
            );
            assert!(form.contains(actions::CASE), "{form}");
        }
    }
}

#[test]
fn a_form_that_was_wrong_keeps_what_was_typed_and_its_key() {
    let bad = BadField { field: "text", rule: "at most" };
    let page = reported(Language::Zh, &[bad]);
    assert!(page.contains("还没有提交，您填的内容都还在。") && page.contains(r##"<a href="#text">"##));
    assert!(page.contains(r#"name="key" value="k""#) && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("案件结束 180 天后删除。"));
}
