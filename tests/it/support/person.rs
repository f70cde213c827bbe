//! People on the staff of a story: invited, with a password and a second factor, signed in with a browser of their own.

use holdfast::access::Roles;
use holdfast::access::second::{Seed, step_at};
use holdfast::id::{Id, of};
use holdfast::respond::Used;
use holdfast::respond::people::NewPerson;
use holdfast::seal::Purpose;
use holdfast::time::Span;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use zeroize::Zeroizing;

use super::app::App;
use super::browser::{Browser, Page};

pub const PASSWORD: &str = "seven quiet otters paint bridges";

const COOKIE: &str = "__Host-hf_staff";

pub struct Member {
    pub id: Id<of::Person>,
    pub login: String,
    pub seed: Seed,
    /// Ten codes, each good once.
    pub recovery: Vec<String>,
    pub browser: Browser,
}

/// Somebody who was invited, and the link.
pub async fn invited(app: &App, (login, roles): (&str, &str)) -> (Id<of::Person>, String) {
    let roles: Roles = roles.parse().unwrap();
    let new = NewPerson { login: login.to_owned(), name: format!("Name of {login}"), roles };
    let made = app.house.respond.invite("nobody", new).await.unwrap();
    let (id, link) = made.unwrap_or_else(|why| panic!("{why:?}"));
    (id, link.reveal().to_owned())
}

/// Somebody of these roles, signed in whole.
pub async fn member(app: &App, (login, roles): (&str, &str)) -> Member {
    let (id, link) = invited(app, (login, roles)).await;
    let respond = &app.house.respond;
    let joined = respond.accept(&link, Zeroizing::new(PASSWORD.to_owned())).await.unwrap();
    let cookie = joined.unwrap_or_else(|why| panic!("{why:?}")).unwrap().cookie;
    let session = respond.staff_session(cookie.reveal(), Used::ByPerson).await.unwrap().unwrap();
    let seed = respond.enrolment(&session, "Holdfast").await.unwrap().seed;
    let code = Zeroizing::new(seed.code(step_at(app.clock_now())));
    let (signed, codes) = respond.enrol(&session, &code).await.unwrap().unwrap();
    app.house.now_set_up();
    let mut browser = Browser::new(app);
    browser.cookies.insert(COOKIE.to_owned(), signed.cookie.reveal().to_owned());
    let recovery = codes.iter().map(|code| code.to_string()).collect();
    Member { id, login: login.to_owned(), seed, recovery, browser }
}

/// Somebody of these roles who has just shown their second factor: their key, and their session as a `Cookie` header.
pub async fn fresh(app: &App, (login, roles): (&str, &str)) -> (String, String) {
    let mut people = app.people.lock().await;
    if !people.contains_key(login) {
        people.insert(login.to_owned(), member(app, (login, roles)).await);
    }
    let now = app.clock_now().millis();
    let sql = format!("update staff_session set factor_at = {now}, used = {now}, created = {now}");
    super::rows::spoil(app, &sql).await;
    let member = &people[login];
    (member.id.to_string(), format!("{COOKIE}={}", member.browser.cookies[COOKIE]))
}

/// Decides what a holder asked for, as somebody with a fresh second factor.
pub async fn decides(app: &App, incident: &str, body: &Value) -> Response {
    let (_, session) = fresh(app, ("decider", "responder")).await;
    let path = format!("/api/v1/incidents/{incident}/decide");
    asks(app, (Method::POST, &path), &session).json(body).send().await.unwrap()
}

/// A second session of somebody who is in already.
pub async fn another_session(app: &App, login: &str) -> String {
    let people = app.people.lock().await;
    let mut browser = Browser::new(app);
    people[login].sign_in(app, &mut browser).await;
    format!("{COOKIE}={}", browser.cookies[COOKIE])
}

/// A request of a program with a token, or of a person by the cookie of their session.
pub fn asks(app: &App, (method, path): (Method, &str), who: &str) -> RequestBuilder {
    let request = app.visitor().request(method, app.url(path));
    if !who.starts_with(COOKIE) {
        return request.bearer_auth(who);
    }
    request.header("cookie", who).header("x-csrf-token", csrf(app, who))
}

/// The token of the forms of a session.
pub fn csrf(app: &App, session: &str) -> String {
    let (_, text) = session.split_once('=').unwrap_or_default();
    app.house.respond.room().keys.digests.of(Purpose::Csrf, "staff", text)
}

impl Member {
    /// A code that has not been used: half a minute passes.
    pub fn code(&self, app: &App) -> String {
        app.clock.pass(Span::from_seconds(30));
        self.seed.code(step_at(app.clock_now()))
    }

    /// Signs in by the pages.
    pub async fn sign_in(&self, app: &App, browser: &mut Browser) {
        let page = password(browser, (&self.login, PASSWORD)).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff/second"));
        let code = self.code(app);
        let page = second(browser, &code).await;
        assert!(["/staff", "/staff/people", "/staff/me"].contains(&page.location.as_str()), "{}", page.location);
    }

    /// Shows the second factor afresh.
    pub async fn step_up(&mut self, app: &App) {
        let csrf = self.browser.get("/staff/me").await.csrf();
        let code = self.code(app);
        let fields = [("csrf", csrf.as_str()), ("code", &code), ("then", "/staff/me")];
        let page = self.browser.post("/staff/step-up", &fields).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff/me"));
    }

    /// Whether the session is good.
    pub async fn is_in(&mut self) -> bool {
        self.browser.get("/staff/me").await.status == StatusCode::OK
    }
}

/// Sends login and password.
pub async fn password(browser: &mut Browser, (login, password): (&str, &str)) -> Page {
    let csrf = browser.get("/staff/sign-in").await.csrf();
    browser.post("/staff/sign-in", &[("csrf", &csrf), ("login", login), ("password", password)]).await
}

/// Sends a second factor after the password.
pub async fn second(browser: &mut Browser, code: &str) -> Page {
    let page = browser.get("/staff/second").await;
    if page.status != StatusCode::OK {
        return page;
    }
    browser.post("/staff/second", &[("csrf", &page.csrf()), ("code", code)]).await
}
