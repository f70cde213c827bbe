//! A working day of staff in real browsers: from the set-up link to a case that is gone from the queue, with a second person
//! beside the first; two who race for one case; all of it with the keyboard alone; and on a phone.

use std::time::Duration;

use fantoccini::Locator;
use holdfast::app::{Console, Rounds};
use holdfast::config::Config;
use holdfast::time::Span;
use serde_json::json;

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::{App, Plan, on_sqlite, on_sqlite_with};
use crate::support::person::{Member, PASSWORD, member};

const DRAIN: &str = "I signed an approval on a fake airdrop site and my USDT on Ethereum is being drained right now";
const ROUTINE: &str = "How do I change the display currency?";

/// A house that passkeys are made for, with a wallet backend.
const BY_NAME: Plan = Plan { settings: by_name, set_up: false, rounds: Rounds::Own, console: Console::TokensToo };
/// The same with codes of an app.
const BY_CODE: Plan = Plan { settings: crate::orders::settings, set_up: true, ..BY_NAME };

fn by_name(config: &mut Config) {
    crate::orders::settings(config);
    "http://localhost:0".clone_into(&mut config.public_url);
    config.people.codes_for_admins = false;
}

/// Somebody reports a drain of an account.
async fn drained(app: &App, account: &str) {
    let body = json!({"text": DRAIN, "account": account});
    let sent = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
    assert_eq!(sent.status(), 201);
}

fn account(name: &str) -> String {
    format!("acct-day-{}-{name}", std::process::id())
}

/// A browser with an authenticator of its own in it.
async fn with_authenticator(at: (&Driver, &App), screen: Screen) -> Window {
    let window = Window::open_by_name(at, Looks::new(screen, "en")).await;
    window.devtools("WebAuthn.enable", json!({})).await;
    let options = json!({"protocol": "ctap2", "transport": "internal", "hasUserVerification": true, "isUserVerified": true, "hasResidentKey": true, "automaticPresenceSimulation": true});
    window.devtools("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await;
    window
}

async fn choose(window: &Window, (css, value): (&str, &str)) {
    window.client.find(Locator::Css(css)).await.unwrap().select_by_value(value).await.unwrap();
}

/// Does every step that is required before closing.
async fn does_required_steps(window: &Window) {
    let required = "//li[contains(., 'required before closing')]//form/button[@value='done']";
    while !window.client.find_all(Locator::XPath(required)).await.unwrap().is_empty() {
        window.follow(required).await;
    }
}

/// Signs in by the pages, with a code of the app.
async fn signs_in(window: &Window, (app, who): (&App, &Member)) {
    window.visit("/staff/sign-in").await;
    window.fill("#login", &who.login).await;
    window.fill("#password", PASSWORD).await;
    window.follow("form.sheet > button").await;
    window.fill("#code", &who.code(app)).await;
    window.follow("form.sheet > button").await;
    window.text("h1#next").await;
}

/// ID-01, ID-20, RB-07: nothing but pages, two people, two passkeys.
#[test]
fn two_people_bring_a_case_from_the_set_up_link_to_its_verdict() {
    on_sqlite_with(BY_NAME, async |app: App| {
        let driver = Driver::start();
        let ada = with_authenticator((&driver, &app), Screen::Desk).await;
        let home = app.house.respond.room().public_url.clone();
        let link = app.set_up.clone().unwrap();
        ada.visit(link.strip_prefix(&home).unwrap()).await;
        ada.fill("#name", "Ada").await;
        ada.fill("#login", "ada").await;
        ada.fill("#password", PASSWORD).await;
        ada.follow("form.sheet > button").await;
        ada.follow("form[data-passkey] > button").await;
        ada.look("day-1-recovery-codes").await;
        ada.follow_named("Go on").await;
        assert_eq!(ada.place().await, "/staff");

        // A second person, by an invitation that the first hands over.
        ada.follow("//nav[contains(@class, 'rooms')]//a[.='People']").await;
        ada.fill("#name", "Bea").await;
        ada.fill("#login", "bea").await;
        choose_roles(&ada, "approver").await;
        ada.follow("section[aria-labelledby='invite'] button").await;
        ada.look("day-2-invitation").await;
        let invitation = ada.text(".secret code").await;
        let bea = with_authenticator((&driver, &app), Screen::Desk).await;
        bea.visit(invitation.strip_prefix(&home).unwrap()).await;
        bea.fill("#password", PASSWORD).await;
        bea.follow("form.sheet > button").await;
        bea.follow("form[data-passkey] > button").await;
        bea.follow_named("Go on").await;

        drained(&app, &account("first")).await;
        ada.visit("/staff").await;
        ada.look("day-3-next-case").await;
        ada.follow(".take > button").await;
        let case = ada.place().await;
        ada.fill("#reply", "Revoke the approval first; I stay with you.").await;
        ada.follow("#talk form.write > button.strong").await;
        ada.wait_for_text((".said", "Revoke the approval first")).await;
        choose(&ada, ("#order-action", "lock-account")).await;
        ada.follow("//form[.//select[@id='order-action']]/button").await;
        ada.look("day-4-what-an-order-would-do").await;
        ada.fill("#order-reason", "A takeover is under way.").await;
        ada.follow("form.write > button.strong").await;
        assert!(ada.text("#orders").await.contains("Ada"), "names, not numbers");

        // The other one has been away for longer than a second factor is fresh, and is led back to the case.
        app.clock.pass(Span::from_minutes(6));
        bea.visit(&case).await;
        bea.look("day-5-to-approve").await;
        bea.follow("#orders article form button.strong").await;
        assert_eq!(bea.text("h1").await, "Show your second factor again");
        bea.follow("form[data-passkey] > button").await;
        assert_eq!(bea.place().await, format!("{case}#orders"), "where it was needed");
        bea.follow("#orders article form button.strong").await;
        assert!(bea.text("#orders").await.contains("Bea"));
        bea.look("day-6-approved").await;

        ada.visit(&case).await;
        does_required_steps(&ada).await;
        choose(&ada, ("#verdict", "confirmed")).await;
        ada.fill("#verdict-reason", "Seen on chain.").await;
        ada.follow("#decide form > button").await;
        assert_eq!(ada.place().await, "/staff");
        ada.look("day-7-closed").await;
        assert!(!ada.has(".queue li").await && !ada.has(".held").await, "gone from the queue");
        assert!(ada.text("form.undo").await.contains("closed"), "{}", ada.text("form.undo").await);
        ada.close(&[]).await;
        bea.close(&[403]).await;
    });
}

async fn choose_roles(window: &Window, role: &str) {
    for known in ["viewer", "responder", "approver", "auditor", "admin"] {
        let chosen = known == role;
        let box_ = format!("section[aria-labelledby='invite'] input[value='{known}']");
        let now = window.evaluate(format!("document.querySelector(\"{box_}\").checked")).await;
        if now != chosen {
            window.press(&box_).await;
        }
    }
}

/// CL-01: whoever is second learns who was first, and has the next case with one press.
#[test]
fn of_two_who_race_one_gets_the_case_and_the_other_the_next() {
    on_sqlite(async |app| {
        drained(&app, "User-1").await;
        drained(&app, "User-2").await;
        drained(&app, "User-3").await;
        let driver = Driver::start();
        let (ada, bob) = (member(&app, ("ada", "responder")).await, member(&app, ("bob", "responder")).await);
        let looks = Looks::new(Screen::Desk, "en");
        let (one, other) = (Window::open((&driver, &app), looks).await, Window::open((&driver, &app), looks).await);
        signs_in(&one, (&app, &ada)).await;
        signs_in(&other, (&app, &bob)).await;
        let first = "#next-case .what a";
        one.follow(first).await;
        other.follow(first).await;
        assert_eq!(one.place().await, other.place().await);
        let raced = one.place().await;
        let claim = ".hands form button.strong";
        tokio::join!(one.follow(claim), other.follow(claim));
        let lost = one.has("form.take").await;
        assert_ne!(lost, other.has("form.take").await, "exactly one has it");
        let (winner, loser, name) = if lost { (&other, &one, "Name of bob") } else { (&one, &other, "Name of ada") };
        assert!(winner.text(".hands").await.contains("In your hands"));
        assert!(loser.text(".notice").await.contains(&format!("{name} was faster")), "{}", loser.text(".notice").await);
        loser.look("race-lost").await;
        loser.follow("form.take button").await;
        assert!(loser.text(".hands").await.contains("In your hands"));
        assert_ne!(loser.place().await, raced);

        // From the first page nobody loses: each press is another case.
        one.visit("/staff").await;
        other.visit("/staff").await;
        tokio::join!(one.follow(".take > button"), other.follow(".take > button"));
        let places = [one.place().await, other.place().await];
        assert!(places.contains(&"/staff".to_owned()), "one case was left: {places:?}");
        let empty = if places[0] == "/staff" { &one } else { &other };
        assert!(empty.text(".notice").await.contains("somebody else was first"));
        one.close(&[409]).await;
        other.close(&[409]).await;
    });
}

/// Keys as a keyboard sends them.
struct Keys<'a>(&'a Window);

impl Keys<'_> {
    async fn press(&self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "ArrowDown" => (40, ""),
            "?" => (191, "?"),
            letter => (i32::from(letter.to_ascii_uppercase().as_bytes()[0]), letter),
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let kind = if kind == "keyDown" && text.is_empty() { "rawKeyDown" } else { kind };
            let event = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text});
            self.0.devtools("Input.dispatchKeyEvent", event).await;
        }
    }

    async fn write(&self, text: &str) {
        self.0.devtools("Input.insertText", json!({"text": text})).await;
    }

    /// Presses a key that leads to another page, and waits for that page.
    async fn leads_on(&self, key: &str) {
        self.0.evaluate("window.before = true".to_owned()).await;
        self.press(key).await;
        let came = async { while self.still_there().await {} };
        tokio::time::timeout(Duration::from_secs(30), came).await.unwrap_or_else(|_| panic!("{key} leads nowhere"));
        self.0.text("main").await;
    }

    async fn still_there(&self) -> bool {
        self.0.evaluate("window.before === true || document.readyState !== 'complete'".to_owned()).await == true
    }

    async fn focus(&self) -> String {
        let named = "(document.activeElement.id || document.activeElement.textContent || '').trim()".to_owned();
        self.0.evaluate(named).await.as_str().unwrap().to_owned()
    }

    /// Tabs until something of this name has the focus.
    async fn tab_to(&self, name: &str) {
        for _ in 0..60 {
            if self.focus().await.starts_with(name) {
                return;
            }
            self.press("Tab").await;
        }
        panic!("the tab key does not reach {name}, but {}", self.focus().await);
    }

    /// Finds a command in the list and runs it.
    async fn command(&self, words: &str) {
        self.press("p").await;
        assert_eq!(self.focus().await, "command");
        self.write(words).await;
        self.leads_on("Enter").await;
    }
}

#[test]
fn the_whole_day_goes_by_the_keyboard_alone() {
    on_sqlite_with(BY_CODE, async |app| {
        app.report(ROUTINE).await;
        drained(&app, &account("keys")).await;
        let driver = Driver::start();
        let ada = member(&app, ("ada", "responder")).await;
        let window = Window::open((&driver, &app), Looks::new(Screen::Desk, "en")).await;
        let keys = Keys(&window);
        window.visit("/staff/sign-in").await;
        assert_eq!(keys.focus().await, "login", "ready to type");
        keys.write("ada").await;
        keys.press("Tab").await;
        keys.write(PASSWORD).await;
        keys.leads_on("Enter").await;
        assert_eq!(keys.focus().await, "code");
        keys.write(&ada.code(&app)).await;
        keys.leads_on("Enter").await;
        window.text("h1#next").await;

        keys.press("?").await;
        assert!(window.text("#keys").await.contains("Take the next case"));
        window.look("keys-sheet").await;
        keys.press("Escape").await;
        keys.leads_on("n").await;
        let case = window.place().await;
        assert!(window.text(".hands").await.contains("In your hands"));
        keys.leads_on("x").await;
        assert!(window.text(".notice").await.contains("gave the case back"));
        keys.press("j").await;
        keys.leads_on("Enter").await;
        assert_eq!(window.place().await, case, "the first row");
        keys.leads_on("c").await;

        keys.press("r").await;
        assert_eq!(keys.focus().await, "reply");
        keys.write("Revoke the approval first; I stay with you.").await;
        keys.tab_to("Send").await;
        keys.leads_on("Enter").await;
        window.wait_for_text((".said", "Revoke the approval first")).await;
        keys.command("keep longer").await;
        window.look("keys-palette-done").await;
        while window.has("#steps form.marks button[value='done']").await {
            keys.command("done").await;
        }
        keys.press("v").await;
        assert_eq!(keys.focus().await, "verdict");
        keys.press("ArrowDown").await;
        keys.tab_to("verdict-reason").await;
        keys.write("Seen on chain.").await;
        keys.tab_to("Close with this verdict").await;
        keys.leads_on("Enter").await;
        assert_eq!(window.place().await, "/staff");
        assert!(window.text(".notice").await.contains("closed"));
        assert_eq!(app.queue().await.len(), 1, "the routine request is left");
        keys.leads_on("y").await;
        assert_eq!(window.place().await, "/staff/me");
        window.close(&[]).await;
    });
}

#[test]
fn on_a_phone_a_case_is_read_claimed_released_and_an_order_approved() {
    on_sqlite_with(BY_CODE, async |app| {
        let account = account("phone");
        drained(&app, &account).await;
        let driver = Driver::start();
        let (ada, bea) = (member(&app, ("ada", "responder")).await, member(&app, ("bea", "approver")).await);
        let phone = Looks::new(Screen::Phone, "en");
        let (asks, agrees) = (Window::open((&driver, &app), phone).await, Window::open((&driver, &app), phone).await);
        signs_in(&asks, (&app, &ada)).await;
        asks.look("phone-day-home").await;
        assert!(asks.is_on_the_first_screen(".take > button").await, "the next case is a thumb away");
        asks.follow("#next-case .what a").await;
        asks.look("phone-day-case").await;
        let case = asks.place().await;
        assert!(asks.is_on_the_first_screen(".hands form button").await, "so is taking it");
        asks.follow(".hands form button.strong").await;
        asks.look("phone-day-mine").await;
        asks.follow("//form[contains(@action, '/release')]/button").await;
        assert!(asks.text(".notice").await.contains("gave the case back"));
        asks.visit(&case).await;
        asks.follow(".hands form button.strong").await;
        choose(&asks, ("#order-action", "lock-account")).await;
        asks.follow("//form[.//select[@id='order-action']]/button").await;
        asks.look("phone-day-preview").await;
        asks.fill("#order-reason", "A takeover is under way.").await;
        asks.follow("form.write > button.strong").await;
        asks.look("phone-day-asked").await;

        signs_in(&agrees, (&app, &bea)).await;
        agrees.visit(&format!("{case}#orders")).await;
        agrees.look("phone-day-to-approve").await;
        agrees.follow("#orders article form button.strong").await;
        assert!(agrees.text("#orders").await.contains("Name of bea"));
        agrees.look("phone-day-approved").await;
        asks.close(&[]).await;
        agrees.close(&[]).await;
    });
}
