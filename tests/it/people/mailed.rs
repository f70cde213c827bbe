//! What the stories of mails to staff share: a house with a mail server, people with addresses, links and what they lead to.

use holdfast::app::Console;
use holdfast::config::Config;
use holdfast::store::outbox;
use reqwest::StatusCode;

use crate::letters::mails::{self, taken, with_mail};
use crate::letters::once;
use crate::letters::server::{Mail, Speaks};
use crate::support::app::{App, Plan, on_both_with};
use crate::support::browser::{Browser, Page};
use crate::support::person::{Member, member};

pub const ADA: &str = "ada@staff.example";

pub fn quick(config: &mut Config) {
    limited(config);
    config.people.forgotten_burst = 1_000_000;
}

pub fn limited(config: &mut Config) {
    mails::settings(config);
    config.people.sign_in_burst = 1_000_000;
}

/// Tells a story with a mail server, on every engine.
pub fn by_mail(settings: fn(&mut Config), story: impl AsyncFn(App)) {
    with_mail(Speaks::Plain, |plan| {
        on_both_with(Plan { settings, console: Console::People, ..plan }, story);
    });
}

/// Waits until every letter has left or was let go.
pub async fn settled(app: &App) {
    once("an empty outbox", async || {
        let mut tx = app.house.respond.db.read().await.unwrap();
        (outbox::waiting(&mut tx, "post").await.unwrap() == 0).then_some(())
    })
    .await;
}

/// The mails that one deed sends.
pub async fn mailed(app: &App, deed: impl AsyncFnOnce()) -> Vec<Mail> {
    settled(app).await;
    let before = taken().len();
    deed().await;
    settled(app).await;
    taken().split_off(before)
}

/// The path of the link in a mail.
pub fn path(mail: &Mail) -> String {
    let text = mail.text();
    let link = text.lines().find(|line| line.contains("/staff/")).unwrap_or_else(|| panic!("no link: {text}"));
    format!("/staff/{}", link.split_once("/staff/").unwrap().1)
}

pub async fn forgot(app: &App, who: &str) -> Page {
    let mut browser = Browser::new(app);
    let csrf = browser.get("/staff/forgotten").await.csrf();
    browser.post("/staff/forgotten", &[("csrf", &csrf), ("who", who)]).await
}

/// The path of the link that somebody is mailed who forgot a password.
pub async fn link(app: &App, who: &str) -> String {
    let mails = mailed(app, async || drop(forgot(app, who).await)).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    path(&mails[0])
}

pub async fn choose(app: &App, path: &str, password: &str) -> Page {
    let mut browser = Browser::new(app);
    let csrf = browser.get(path).await.csrf();
    let page = browser.post(path, &[("csrf", &csrf), ("password", password)]).await;
    assert!(!browser.cookies.contains_key("__Host-hf_staff"), "nobody is signed in by it");
    page
}

/// Gives an address on the page of one's own account.
pub async fn give(of: &mut Member, address: &str) -> Page {
    let csrf = of.browser.get("/staff/me").await.csrf();
    of.browser.post("/staff/me/address", &[("csrf", &csrf), ("address", address)]).await
}

pub async fn prove(app: &App, path: &str) -> Page {
    let mut browser = Browser::new(app);
    let csrf = browser.get(path).await.csrf();
    browser.post(path, &[("csrf", &csrf)]).await
}

/// Somebody with an address that was proven.
pub async fn reachable(app: &App, (login, roles): (&str, &str), address: &str) -> Member {
    let mut person = member(app, (login, roles)).await;
    let mails = mailed(app, async || {
        let page = give(&mut person, address).await;
        assert_eq!(page.location, "/staff/me", "{} {}", page.status, page.text);
    })
    .await;
    assert_eq!(mails.len(), 1);
    assert_eq!(prove(app, &path(&mails[0])).await.status, StatusCode::OK);
    settled(app).await;
    person
}
