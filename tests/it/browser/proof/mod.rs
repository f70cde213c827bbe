//! Every public page, in every state, in every language: usable by everyone, on any screen, and quiet.
//!
//! `states` is the table of pages, a line each; `checks.js` asks each page what axe-core does not.
//! With `TEST_SHOTS` naming a folder, a small picture of each is kept there.

mod axe;
mod shots;
mod states;

use std::future::Future;

use serde_json::{Value, json};

pub use self::states::close;
use self::states::{AFTERWARDS, ANNOUNCED, AROUND, BEGIN, BUSY, DOWN, HASTY, NIGHT, OPEN, STAFF, State};
use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::embedding::WITH_APP;
use crate::support::app::{App, Plan, on_sqlite_with};
use holdfast::text::Language;

/// Bytes of a page as the server sends it.
const LARGEST: u64 = 30 * 1024;
/// The same of a page of the console.
const LARGEST_AT_DESK: u64 = 200 * 1024;
/// Levels A and AA of WCAG 2.0 to 2.2, and what axe-core holds to be good practice beside them.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const CHECKS: &str = include_str!("checks.js");
/// A page where the tab key stops more often has lost its way.
const MOST_STOPS: usize = 200;
/// 1280 by 1024 at 400 per cent.
const ZOOMED: (u32, u32) = (320, 256);

/// Every public page in every state that somebody can bring about in the usual house.
const USUAL: [&[State]; 3] = [BEGIN, OPEN, AROUND];

fn usual(language: Language) {
    for states in USUAL {
        on_sqlite_with(WITH_APP, async |app| all_states(&app, language, states).await);
    }
}

#[test]
fn every_page_serves_everyone_in_english() {
    usual(Language::En);
}

#[test]
fn every_page_serves_everyone_in_simplified_chinese() {
    usual(Language::Zh);
}

#[test]
fn every_page_serves_everyone_in_traditional_chinese() {
    usual(Language::ZhHant);
}

#[test]
fn steps_for_a_report_that_waits_outside_serve_everyone() {
    let plan = Plan { settings: |config| config.limits.reports_burst = 1, ..Plan::default() };
    for language in Language::ALL {
        on_sqlite_with(plan, async |app| all_states(&app, language, BUSY).await);
    }
}

#[test]
fn a_hasty_holder_and_a_case_that_cannot_be_read_are_served_too() {
    let plan = Plan { settings: |config| config.limits.deeds_burst = 1, ..Plan::default() };
    for language in Language::ALL {
        on_sqlite_with(plan, async |app| all_states(&app, language, HASTY).await);
    }
}

#[test]
fn a_case_at_night_and_one_behind_others_serve_everyone() {
    let plan =
        Plan { settings: |config| config.staff_hours = vec!["mon-fri 12:00-20:00".to_owned()], ..Plan::default() };
    for language in Language::ALL {
        on_sqlite_with(plan, async |app| all_states(&app, language, &NIGHT[..1]).await);
        on_sqlite_with(Plan::default(), async |app| all_states(&app, language, &NIGHT[1..]).await);
    }
}

#[test]
fn an_announcement_above_a_page_serves_everyone() {
    for language in Language::ALL {
        on_sqlite_with(Plan::default(), async |app| all_states(&app, language, ANNOUNCED).await);
    }
}

#[test]
fn with_memory_down_and_a_day_after_the_end_pages_serve_everyone() {
    for language in Language::ALL {
        for state in DOWN.iter().chain(AFTERWARDS) {
            let one = std::slice::from_ref(state);
            on_sqlite_with(Plan::default(), async |app| all_states(&app, language, one).await);
        }
    }
}

#[test]
fn what_rings_and_what_did_not_arrive_is_shown_to_everyone_on_the_staff() {
    for language in Language::ALL {
        on_sqlite_with(crate::letters::alarms::plan(), async |app| all_states(&app, language, STAFF).await);
    }
}

async fn all_states(app: &App, language: Language, states: &[State]) {
    let driver = Driver::start();
    let accepts = match language {
        Language::En => "en",
        Language::Zh => "zh-CN,zh",
        Language::ZhHant => "zh-TW,zh-Hant",
    };
    let window = Window::open((&driver, app), Looks::new(Screen::Phone, accepts)).await;
    let mut faults = Vec::new();
    for state in states {
        let lost = states::reach((&window, app), state, language).await;
        let said = window.complaints().await.into_iter().filter(|line| !Window::expected(line, state.statuses));
        let mut found: Vec<String> = said.map(|line| format!("console: {line}")).collect();
        match lost {
            Some(lost) => found.push(lost),
            None => found.extend(Proof { window: &window, language }.all_of((state.name, state.shows)).await),
        }
        faults.extend(found.into_iter().map(|fault| format!("{language} {}: {fault}", state.name)));
    }
    let statuses: Vec<u16> = states.iter().flat_map(|state| state.statuses.iter().copied()).collect();
    window.close(&statuses).await;
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// One page as it is shown.
pub struct Proof<'a> {
    pub window: &'a Window,
    pub language: Language,
}

impl Proof<'_> {
    /// Everything wrong with the page that is shown.
    pub async fn all(&self, name: &str) -> Vec<String> {
        self.all_of((name, "body")).await
    }

    /// The same of a page that is known by what this selector finds; its pictures show that.
    pub async fn all_of(&self, (name, shows): (&str, &str)) -> Vec<String> {
        self.evaluate(axe::source()).await;
        self.evaluate(CHECKS).await;
        let mut faults = Vec::new();
        let size = self.evaluate("proof.size()").await.as_u64().unwrap();
        let at_desk = name.starts_with("staff-");
        if size >= if at_desk { LARGEST_AT_DESK } else { LARGEST } {
            faults.push(format!("{size} bytes"));
        }
        let lang = self.evaluate("document.documentElement.lang").await;
        let expected = match self.language {
            Language::En => "en",
            Language::Zh => "zh-Hans",
            Language::ZhHant => "zh-Hant",
        };
        if lang != expected {
            faults.push(format!("lang is {lang}"));
        }
        let rules = format!("proof.axe({})", json!({"type": "tag", "values": TAGS}));
        let contrast = format!("proof.axe({})", json!({"type": "rule", "values": ["color-contrast"]}));
        faults.extend(self.ask("bones", "proof.bones()").await);
        for screen in Screen::ALL {
            self.see(screen.size(), "light", "none").await;
            shots::keep(self.window, (name, shows), (screen, self.language)).await;
            faults.extend(self.ask(screen.name(), &rules).await);
            // The console is made for a desk: 24 pixels, which axe-core asks for, are enough there.
            if !at_desk {
                faults.extend(self.ask(screen.name(), "proof.targets()").await);
            }
            faults.extend(self.ask(screen.name(), "proof.stillness()").await);
            self.see(screen.size(), "dark", "none").await;
            shots::keep_dark(self.window, (name, shows), (screen, self.language)).await;
            faults.extend(self.ask("dark", &contrast).await);
            self.see(screen.size(), "light", "active").await;
            faults.extend(self.ask("forced colours", &contrast).await);
            faults.extend(self.ask("forced colours", "proof.edges()").await);
        }
        self.see(ZOOMED, "light", "none").await;
        faults.extend(self.ask("400 %", "proof.reflow()").await);
        self.see(Screen::Phone.size(), "light", "none").await;
        // The order of the tab key does not depend on the language.
        if self.language == Language::En {
            faults.extend(self.keyboard().await);
        }
        faults
    }

    /// Asks a check for its list of faults.
    async fn ask(&self, where_: &str, expression: &str) -> Vec<String> {
        let found = self.evaluate(expression).await;
        let found = found.as_array().unwrap_or_else(|| panic!("{expression} answers {found}"));
        found.iter().map(|fault| format!("{where_}: {}", fault.as_str().unwrap())).collect()
    }

    async fn see(&self, (width, height): (u32, u32), scheme: &str, forced: &str) {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.window.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "forced-colors", "value": forced},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.window.devtools("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// The tab key alone: the skip link first and it leads to the content, every control after it, each to be seen.
    async fn keyboard(&self) -> Vec<String> {
        // The tab key goes on from what had the focus last, so that is the page as a whole.
        self.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
            .await;
        let controls = self.names("proof.controls()").await;
        let mut faults = Vec::new();
        let mut stops = Vec::new();
        for _ in 0..MOST_STOPS {
            self.key("Tab", 9).await;
            let focus = self.evaluate("proof.focus()").await;
            let Some(name) = focus["name"].as_str() else { break };
            faults.extend(focus["faults"].as_array().unwrap().iter().map(|fault| fault.as_str().unwrap().to_owned()));
            if stops.first().is_some_and(|first| first == name) {
                break;
            }
            stops.push(name.to_owned());
        }
        if !stops.first().is_some_and(|first| first.contains("#main")) {
            faults.push(format!("the first stop is {:?}", stops.first()));
        }
        // The page may have refreshed itself while it was walked through.
        let now = self.names("proof.controls()").await;
        let missed = controls.iter().filter(|control| now.contains(control) && !stops.contains(control));
        faults.extend(missed.map(|control| format!("the tab key does not reach {control}")));
        faults.extend(self.skips().await);
        faults.into_iter().map(|fault| format!("keyboard: {fault}")).collect()
    }

    async fn skips(&self) -> Option<String> {
        self.evaluate("document.querySelector('.skip').focus()").await;
        self.key("Enter", 13).await;
        self.key("Tab", 9).await;
        let inside = "document.activeElement === document.body ? !document.querySelector('main a[href], main button, main input:not([type=hidden])') : !document.querySelector('header').contains(document.activeElement)";
        (self.evaluate(inside).await != true).then(|| "the skip link does not skip".to_owned())
    }

    async fn key(&self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "char", "keyUp"] {
            if kind == "char" && key != "Enter" {
                continue;
            }
            let event = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": if kind == "char" { "\r" } else { "" }});
            self.window.devtools("Input.dispatchKeyEvent", event).await;
        }
    }

    async fn names(&self, expression: &str) -> Vec<String> {
        let names = self.evaluate(expression).await;
        names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    }

    fn evaluate(&self, expression: &str) -> impl Future<Output = Value> {
        self.window.evaluate(expression.to_owned())
    }
}
