//! Every page of the console in every state that somebody can bring about: usable by everyone, on any screen, in light, dark
//! and forced colours, with the keyboard alone, quiet, and with names where people are meant.
//!
//! The table is a line a state; what the house holds by then is `house.rs`'s. The checks are those of the public pages.

mod house;

use fantoccini::Locator;
use holdfast::text::Language;
use serde_json::json;

use self::house::{House, PLAN, Who};
use super::driver::Driver;
use super::proof::Proof;
use super::window::{Looks, Screen, Window};
use crate::support::app::{App, Plan, on_sqlite_with};
use crate::support::person::PASSWORD;
use Do::{Choose, Fill, Follow, Late, Meanwhile, Open, Press, See, Visit};
use Who::{Admin, Approver, Auditor, Half, Nobody, Responder, Viewer};

/// One state of one page.
struct State {
    name: &'static str,
    who: Who,
    way: &'static [Do],
    /// Statuses other than success that the browser sees on the way.
    statuses: &'static [u16],
}

/// One step of the way to a state.
enum Do {
    /// A path, in which the house fills in the cases that it holds.
    Visit(&'static str),
    Fill(&'static str, &'static str),
    Choose(&'static str, &'static str),
    Press(&'static str),
    Follow(&'static str),
    /// Opens what is folded up.
    Open(&'static str),
    /// What stands there.
    See(&'static str, &'static str),
    /// The second factor is no longer fresh.
    Late,
    /// The approver takes the case of this name, while its page is open here.
    Meanwhile(&'static str),
}

const fn page(name: &'static str, who: Who, way: &'static [Do]) -> State {
    State { name, who, way, statuses: &[] }
}

const fn refused(name: &'static str, who: Who, (way, statuses): (&'static [Do], &'static [u16])) -> State {
    State { name, who, way, statuses }
}

const ORDER: &str = "#orders > form.write > button";
const SEND: &str = "#talk form.write > button.strong";
const CLAIM: &str = ".hands form button.strong";

/// Before anybody has reported anything.
const EMPTY: &[State] = &[
    page("staff-sign-in", Nobody, &[Visit("/staff/sign-in")]),
    refused(
        "staff-sign-in-refused",
        Nobody,
        (
            &[
                Visit("/staff/sign-in"),
                Fill("#login", "nobody"),
                Fill("#password", PASSWORD),
                Follow("form.sheet > button"),
            ],
            &[403],
        ),
    ),
    page("staff-forgotten", Nobody, &[Visit("/staff/forgotten")]),
    page("staff-second", Half, &[Visit("/staff/second")]),
    refused(
        "staff-second-wrong",
        Half,
        (&[Visit("/staff/second"), Fill("#code", "000000"), Follow("form.sheet > button")], &[403]),
    ),
    page("staff-join", Nobody, &[Visit("{join}")]),
    refused(
        "staff-join-refused",
        Nobody,
        (&[Visit("{join}"), Fill("#password", "short"), Follow("form.sheet > button")], &[422]),
    ),
    page("staff-enrol", Responder, &[Visit("/staff/enrol")]),
    page("staff-home-empty", Responder, &[Visit("/staff")]),
    page("staff-list-empty", Responder, &[Visit("/staff/list")]),
    page("staff-feedback-empty", Responder, &[Visit("/staff/feedback")]),
    page("staff-numbers-empty", Responder, &[Visit("/staff/numbers")]),
    page("staff-alarms-quiet", Responder, &[Visit("/staff/alarms")]),
    page("staff-outbox-empty", Admin, &[Visit("/staff/outbox")]),
];

/// When the house is at work.
const FULL: &[State] = &[
    page("staff-home", Responder, &[Visit("/staff")]),
    page("staff-home-lane", Responder, &[Visit("/staff?lane=routine")]),
    page("staff-home-viewer", Viewer, &[Visit("/staff")]),
    page("staff-list", Responder, &[Visit("/staff/list")]),
    page("staff-list-narrowed", Responder, &[Visit("/staff/list?lane=security&state=waiting")]),
    page("staff-list-found", Responder, &[Visit("/staff/list"), Fill("#q", "currency"), Follow("form.search button")]),
    page("staff-list-nothing", Responder, &[Visit("/staff/list?level=1&lane=routine")]),
    page("staff-list-viewer", Viewer, &[Visit("/staff/list")]),
    page(
        "staff-bulk",
        Responder,
        &[
            Visit("/staff/list?lane=routine"),
            Press("li[data-row]:nth-child(1) input"),
            Press("li[data-row]:nth-child(2) input"),
            Choose("#what", "note"),
            Fill("#text", "Answered by phone."),
            Follow("fieldset.deed button"),
        ],
    ),
    page("staff-incident", Responder, &[Visit("/staff/incidents/{waiting}")]),
    page("staff-incident-mine", Responder, &[Visit("/staff/incidents/{mine}")]),
    page("staff-incident-theirs", Responder, &[Visit("/staff/incidents/{theirs}"), See(".hands", "Name of bea")]),
    page("staff-incident-closed", Responder, &[Visit("/staff/incidents/{closed}")]),
    page("staff-incident-viewer", Viewer, &[Visit("/staff/incidents/{waiting}")]),
    page("staff-incident-unfolded", Responder, &[Visit("/staff/incidents/{mine}"), Open("main details")]),
    page("staff-incident-of-machines", Responder, &[Visit("/staff/incidents/{ordered}")]),
    page("staff-order-to-approve", Approver, &[Visit("/staff/incidents/{ordered}#orders")]),
    page("staff-order-holds", Responder, &[Visit("/staff/incidents/{held}#orders"), Open("#orders details")]),
    page("staff-order-to-review", Approver, &[Visit("/staff/incidents/{held}#orders")]),
    page("staff-order-preview", Responder, &[Visit("/staff/incidents/{waiting}"), Follow(ORDER)]),
    refused("staff-step-up", Responder, (&[Visit("/staff/incidents/{waiting}"), Late, Follow(ORDER)], &[403])),
    page(
        "staff-reveal",
        Responder,
        &[
            Visit("/staff/incidents/{mine}"),
            Open("main details"),
            Fill("#reveal-reason", "They called and named it."),
            Follow("form[action$='/reveal'] button"),
        ],
    ),
    page(
        "staff-link-in-message",
        Responder,
        &[Visit("/staff/incidents/{mine}"), Fill("#reply", "See https://help.example/way"), Follow(SEND)],
    ),
    refused(
        "staff-steps-open",
        Responder,
        (
            &[
                Visit("/staff/incidents/{mine}"),
                Choose("#verdict", "confirmed"),
                Fill("#verdict-reason", "Seen on chain."),
                Follow("#decide form > button"),
            ],
            &[409],
        ),
    ),
    refused(
        "staff-claim-lost",
        Responder,
        (&[Visit("/staff/incidents/{raced}"), Meanwhile("raced"), Follow(CLAIM)], &[409]),
    ),
    refused(
        "staff-stale",
        Responder,
        (
            &[
                Visit("/staff/incidents/{second}"),
                Meanwhile("second"),
                Open("#decide details"),
                Fill("#rule-reason", "It is worse than it looks."),
                Follow("//form[.//textarea[@id='rule-reason']]/button"),
            ],
            &[409],
        ),
    ),
    page("staff-new", Responder, &[Visit("/staff/new")]),
    page(
        "staff-new-taken",
        Responder,
        &[Visit("/staff/new"), Fill("#text", "They moved my coins while I slept"), Follow("main form button.strong")],
    ),
    page("staff-shift", Responder, &[Visit("/staff/shift")]),
    page("staff-shift-settings", Approver, &[Visit("/staff/shift"), Open("main details")]),
    page("staff-practice", Responder, &[Visit("/staff/shift"), Follow("form[action$='/practice'] button")]),
    page("staff-numbers", Approver, &[Visit("/staff/numbers?days=7"), Open("main details")]),
    page("staff-numbers-year", Viewer, &[Visit("/staff/numbers?days=365")]),
    page("staff-feedback", Responder, &[Visit("/staff/feedback")]),
    page("staff-feedback-settled", Viewer, &[Visit("/staff/feedback?settled=1")]),
    page("staff-alarms", Responder, &[Visit("/staff/alarms")]),
    page("staff-alarms-seen", Responder, &[Visit("/staff/alarms"), Follow("main form button")]),
    page("staff-outbox", Admin, &[Visit("/staff/outbox")]),
    page("staff-sources", Auditor, &[Visit("/staff/sources")]),
    page("staff-source", Admin, &[Visit("/staff/sources/events")]),
    page("staff-shelf", Auditor, &[Visit("/staff/sources/events"), Follow("main section ul li a")]),
    page("staff-order-review", Approver, &[Visit("/staff/review")]),
    page("staff-glass", Responder, &[Visit("/staff/glass")]),
    page("staff-people", Admin, &[Visit("/staff/people")]),
    page("staff-people-auditor", Auditor, &[Visit("/staff/people")]),
    page(
        "staff-invited",
        Admin,
        &[
            Visit("/staff/people"),
            Fill("#name", "Fay Example"),
            Fill("#login", "fay"),
            Follow("section[aria-labelledby='invite'] button"),
        ],
    ),
    page("staff-me", Responder, &[Visit("/staff/me")]),
    page("staff-password", Responder, &[Visit("/staff/me/password")]),
    page("staff-me-chat", Approver, &[Visit("/staff/me"), Follow("form[action$='/chat-code'] button")]),
    refused("staff-not-mine", Viewer, (&[Visit("/staff/people")], &[403])),
    refused(
        "staff-nothing-here",
        Responder,
        (&[Visit("/staff/incidents/0195570e-0000-7000-8000-000000000001")], &[404]),
    ),
    page(
        "staff-bulk-done",
        Responder,
        &[
            Visit("/staff/list?state=mine"),
            Press("li[data-row]:nth-child(1) input"),
            Follow("fieldset.deed button"),
            Follow("form > button.strong"),
        ],
    ),
];

#[test]
fn every_page_of_the_console_serves_everyone_in_english() {
    on_sqlite_with(PLAN, async |app| all(&app, Language::En).await);
}

#[test]
fn every_page_of_the_console_serves_everyone_in_simplified_chinese() {
    on_sqlite_with(PLAN, async |app| all(&app, Language::Zh).await);
}

fn accepts(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Zh => "zh-CN,zh",
        Language::ZhHant => "zh-TW,zh-Hant",
    }
}

async fn all(app: &App, language: Language) {
    let driver = Driver::start();
    let window = Window::open((&driver, app), Looks::new(Screen::Desk, accepts(language))).await;
    let mut house = House::open(app).await;
    let mut faults = walk((app, &window, &house), EMPTY, language).await;
    house.fill(app).await;
    faults.extend(walk((app, &window, &house), FULL, language).await);
    let statuses: Vec<u16> = EMPTY.iter().chain(FULL).flat_map(|state| state.statuses.iter().copied()).collect();
    window.close(&statuses).await;
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// With `TEST_ONLY` naming the beginning of a state, only such states.
async fn walk((app, window, house): (&App, &Window, &House), states: &[State], language: Language) -> Vec<String> {
    let only = std::env::var_os("TEST_ONLY").map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut faults = Vec::new();
    for state in states.iter().filter(|state| state.name.starts_with(&only)) {
        let (wide, high) = Screen::Desk.size();
        let desk = json!({"width": wide, "height": high, "deviceScaleFactor": 1, "mobile": false});
        window.devtools("Emulation.setDeviceMetricsOverride", desk).await;
        house.come((app, window), state.who).await;
        for step in state.way {
            does((app, window, house), step).await;
        }
        let said = window.complaints().await.into_iter().filter(|line| !Window::expected(line, state.statuses));
        let mut found: Vec<String> = said.map(|line| format!("console: {line}")).collect();
        let text = window.reads().await;
        found.extend(house.ids().filter(|id| text.contains(id.as_str())).map(|id| format!("{id} is somebody's name")));
        found.extend(Proof { window, language }.all(state.name).await);
        faults.extend(found.into_iter().map(|fault| format!("{language} {}: {fault}", state.name)));
    }
    faults
}

async fn does((app, window, house): (&App, &Window, &House), step: &Do) {
    match step {
        Visit(path) => window.visit(&house.path(path)).await,
        Fill(css, text) => window.fill(css, text).await,
        Choose(css, value) => {
            window.client.find(Locator::Css(css)).await.unwrap().select_by_value(value).await.unwrap();
        }
        Press(css) => window.press(css).await,
        Follow(css) => window.follow(css).await,
        Open(css) => {
            let open = format!("for (const fold of document.querySelectorAll({})) fold.open = true", json!(css));
            window.evaluate(open).await;
        }
        See(css, text) => assert!(window.text(css).await.contains(text), "{css} says no {text}"),
        Late => house::late(app).await,
        Meanwhile(name) => house.approver_takes(app, name).await,
    }
}

/// ID-01: the first person, from the link to the recovery codes.
#[test]
fn the_pages_of_the_first_person_serve_everyone() {
    for language in [Language::En, Language::Zh] {
        on_sqlite_with(Plan { set_up: false, ..Plan::default() }, async |app: App| {
            let driver = Driver::start();
            let window = Window::open((&driver, &app), Looks::new(Screen::Desk, accepts(language))).await;
            let proof = Proof { window: &window, language };
            let link = app.set_up.clone().unwrap();
            window.visit(link.strip_prefix(&app.url("")).unwrap()).await;
            let mut faults = proof.all("staff-set-up").await;
            window.fill("#name", "Ada").await;
            window.fill("#login", "ada").await;
            window.fill("#password", PASSWORD).await;
            window.follow("form.sheet > button").await;
            faults.extend(proof.all("staff-enrol-first").await);
            let seed = window.text(".secret code").await.replace(' ', "");
            window.fill("#code", &crate::staff::set_up::app_code(&app, &seed)).await;
            window.follow("form.sheet > button").await;
            faults.extend(proof.all("staff-recovery").await);
            window.close(&[]).await;
            assert!(faults.is_empty(), "{language}: {} faults:\n{}", faults.len(), faults.join("\n"));
        });
    }
}
