//! Passkeys as the second factor, by an authenticator of our own that can also lie (ID-07, ID-09).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use reqwest::StatusCode;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use crate::support::app::{App, Plan, on_both_with};
use crate::support::browser::{Browser, Page};
use crate::support::person::{PASSWORD, invited, member, password, second};
use crate::support::rows::audit;
use holdfast::access::second::step_at;
use holdfast::app::{Console, Rounds};
use holdfast::config::Config;
use holdfast::respond::Used;
use holdfast::respond::people::{Change, Second};
use holdfast::time::Span;
use zeroize::Zeroizing;

const NAMED: Plan = Plan { settings, set_up: true, rounds: Rounds::Own, console: Console::People };
const ORIGIN: &str = "http://localhost:8080";

fn settings(config: &mut Config) {
    config.people.sign_in_burst = 1_000_000;
    config.people.codes_for_admins = false;
    ORIGIN.clone_into(&mut config.public_url);
}

/// A way to be wrong.
type Lie = fn(&mut Authenticator);

/// An authenticator with one key. What it says of itself can be changed.
struct Authenticator {
    pair: EcdsaKeyPair,
    id: Vec<u8>,
    counter: u32,
    origin: &'static str,
    name: &'static str,
    /// Somebody was there, and was recognised.
    flags: u8,
    /// In place of the right one.
    kind: Option<&'static str>,
    challenge: Option<String>,
}

impl Authenticator {
    fn new() -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &random).unwrap();
        let id = digest(&SHA256, pair.public_key().as_ref()).as_ref().to_vec();
        Self { pair, id, counter: 1, origin: ORIGIN, name: "localhost", flags: 0b101, kind: None, challenge: None }
    }

    fn said(&self, kind: &str, asked: &Value) -> Vec<u8> {
        let challenge = self.challenge.clone().unwrap_or_else(|| asked["challenge"].as_str().unwrap().to_owned());
        let said = json!({"type": self.kind.unwrap_or(kind), "challenge": challenge, "origin": self.origin});
        serde_json::to_vec(&said).unwrap()
    }

    fn head(&self, more: u8) -> Vec<u8> {
        let mut head = digest(&SHA256, self.name.as_bytes()).as_ref().to_vec();
        head.push(self.flags | more);
        head.extend(self.counter.to_be_bytes());
        head
    }

    fn make(&self, asked: &Value) -> String {
        let point = self.pair.public_key().as_ref();
        let mut data = self.head(0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..]);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        self.answer(&json!({"attestationObject": BASE64.encode(object), "clientDataJSON": BASE64.encode(self.said("webauthn.create", asked))}))
    }

    fn sign(&mut self, asked: &Value) -> String {
        self.counter += 1;
        let (head, said) = (self.head(0), self.said("webauthn.get", asked));
        let mut signed = head.clone();
        signed.extend(digest(&SHA256, &said).as_ref());
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(&json!({
            "authenticatorData": BASE64.encode(head),
            "clientDataJSON": BASE64.encode(said),
            "signature": BASE64.encode(signature.as_ref()),
            "userHandle": null,
        }))
    }

    fn answer(&self, response: &Value) -> String {
        let id = BASE64.encode(&self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response}).to_string()
    }
}

/// What the page asks the browser for.
fn asked(page: &Page) -> Value {
    let (_, rest) = page.text.split_once("data-passkey=\"").expect("a form for a passkey");
    let written = rest.split('"').next().unwrap().replace("&quot;", "\"").replace("&amp;", "&");
    serde_json::from_str::<Value>(&written).unwrap()["publicKey"].clone()
}

/// Somebody who came by an invitation and made a passkey.
async fn comes(app: &App, (login, roles): (&str, &str)) -> (Browser, Authenticator) {
    let (_, link) = invited(app, (login, roles)).await;
    let mut browser = Browser::new(app);
    let path = format!("/staff/join/{link}");
    let csrf = browser.get(&path).await.csrf();
    browser.post(&path, &[("csrf", &csrf), ("password", PASSWORD)]).await;
    let page = browser.get("/staff/enrol").await;
    let authenticator = Authenticator::new();
    let answer = authenticator.make(&asked(&page));
    let made = browser.post("/staff/enrol", &[("csrf", &page.csrf()), ("passkey", &answer)]).await;
    assert_eq!((made.status, made.text.matches("<li><code>").count()), (StatusCode::OK, 10), "{}", made.text);
    app.house.now_set_up();
    (browser, authenticator)
}

async fn answer(browser: &mut Browser, page: &Page, signed: &str) -> Page {
    browser.post("/staff/second", &[("csrf", &page.csrf()), ("passkey", signed)]).await
}

/// ID-07, ID-09: made once, shown at sign-in and again when what is done needs it fresh.
#[test]
fn a_passkey_is_made_signs_in_and_is_shown_again() {
    on_both_with(NAMED, async |app| {
        let (mut first, mut key) = comes(&app, ("ada", "admin responder")).await;
        assert_eq!(first.get("/staff/people").await.status, StatusCode::OK, "an admin, by a passkey");
        let mut browser = Browser::new(&app);
        let page = password(&mut browser, ("ada", PASSWORD)).await;
        assert_eq!(page.location, "/staff/second");
        let page = browser.get("/staff/second").await;
        let signed = key.sign(&asked(&page));
        assert_eq!(answer(&mut browser, &page, &signed).await.location, "/staff");
        app.clock.pass(Span::from_minutes(6));
        let csrf = browser.get("/staff/me").await.csrf();
        let fields = [("csrf", csrf.as_str()), ("login", "bob"), ("name", "Bob"), ("role", "viewer")];
        let stale = browser.post("/staff/people", &fields).await;
        assert_eq!(stale.status, StatusCode::FORBIDDEN);
        let signed = key.sign(&asked(&stale));
        let fields = [("csrf", csrf.as_str()), ("passkey", &signed), ("then", "/staff/people")];
        assert_eq!(browser.post("/staff/step-up", &fields).await.location, "/staff/people");
        assert_eq!(browser.get("/staff/people").await.status, StatusCode::OK);
    });
}

/// ID-09: another origin, another name, another challenge, another kind, nobody recognised, a counter that goes back, an
/// answer twice, one that is too late: none of them signs in, and the counter stands in the trail.
#[test]
fn an_answer_that_is_wrong_in_anything_signs_nobody_in() {
    on_both_with(NAMED, async |app| {
        let (_, mut key) = comes(&app, ("ada", "responder")).await;
        let mut browser = Browser::new(&app);
        password(&mut browser, ("ada", PASSWORD)).await;
        let lies: [(&str, Lie); 7] = [
            ("origin", |key| key.origin = "http://localhost.evil.example:8080"),
            ("port", |key| key.origin = "http://localhost:8081"),
            ("name", |key| key.name = "evil.example"),
            ("kind", |key| key.kind = Some("webauthn.create")),
            ("challenge", |key| key.challenge = Some(BASE64.encode([7; 32]))),
            ("nobody recognised", |key| key.flags = 0b001),
            ("counter", |key| key.counter = 0),
        ];
        for (what, lie) in lies {
            let page = browser.get("/staff/second").await;
            let right = key.counter;
            lie(&mut key);
            let signed = key.sign(&asked(&page));
            assert_eq!(answer(&mut browser, &page, &signed).await.status, StatusCode::FORBIDDEN, "{what}");
            (key.origin, key.name, key.flags, key.counter) = (ORIGIN, "localhost", 0b101, right);
            (key.kind, key.challenge) = (None, None);
        }
        assert!(audit(&app).await.iter().any(|entry| entry.contains("staff.passkey-copied")));
        let page = browser.get("/staff/second").await;
        let signed = key.sign(&asked(&page));
        app.clock.pass(Span::from_seconds(121));
        assert_eq!(answer(&mut browser, &page, &signed).await.status, StatusCode::FORBIDDEN, "too late");
        let page = browser.get("/staff/second").await;
        let signed = key.sign(&asked(&page));
        let mut twin = Browser::new(&app);
        twin.cookies.clone_from(&browser.cookies);
        assert_eq!(answer(&mut browser, &page, &signed).await.location, "/staff");
        assert_ne!(answer(&mut twin, &page, &signed).await.location, "/staff", "twice");
    });
}

/// ID-07: what an admin or an approver may do needs a passkey; a code gives them the rest.
#[test]
fn an_admin_with_a_code_has_the_rights_of_others_alone() {
    on_both_with(NAMED, async |app| {
        let mut ada = member(&app, ("ada", "admin responder")).await;
        assert_eq!(ada.browser.get("/staff").await.status, StatusCode::OK);
        assert_eq!(ada.browser.get("/staff/people").await.status, StatusCode::FORBIDDEN);
        assert!(ada.browser.get("/staff/me").await.text.contains("needs a passkey"));
        let page = ada.browser.get("/staff/enrol").await;
        let answer = Authenticator::new().make(&asked(&page));
        let made = ada.browser.post("/staff/enrol", &[("csrf", &page.csrf()), ("passkey", &answer)]).await;
        assert_eq!(made.location, "/staff/me", "the recovery codes stay as they are");
        assert_eq!(ada.browser.get("/staff/people").await.status, StatusCode::OK);
    });
}

/// ID-21: where there is a passkey, nothing else is set up without it, whatever else was shown.
#[test]
fn where_there_is_a_passkey_nothing_is_set_up_without_it() {
    on_both_with(NAMED, async |app| {
        let (mut first, mut key) = comes(&app, ("ada", "responder")).await;
        let respond = &app.house.respond;
        let cookie = first.cookies["__Host-hf_staff"].clone();
        let session = respond.staff_session(&cookie, Used::ByPerson).await.unwrap().unwrap();
        let seed = respond.enrolment(&session, "Holdfast").await.unwrap().seed;
        let page = first.get("/staff/enrol").await;
        let code = seed.code(step_at(app.clock_now()));
        let made = first.post("/staff/enrol", &[("csrf", &page.csrf()), ("code", &code)]).await;
        assert_eq!(made.status, StatusCode::OK, "with the passkey another is set up");
        let recovery = made.text.split("<li><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        for (by, to) in [("code", "/staff"), ("recovery", "/staff/enrol")] {
            app.clock.pass(Span::from_seconds(30));
            let typed = if by == "code" { seed.code(step_at(app.clock_now())) } else { recovery.clone() };
            let mut browser = Browser::new(&app);
            password(&mut browser, ("ada", PASSWORD)).await;
            assert_eq!(second(&mut browser, &typed).await.location, to);
            let page = browser.get("/staff/enrol").await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{by}");
            assert!(page.text.contains("You have a passkey") && page.text.contains("ask an admin"), "{}", page.text);
            let cookie = browser.cookies["__Host-hf_staff"].clone();
            let session = respond.staff_session(&cookie, Used::ByPerson).await.unwrap().unwrap();
            let seed = respond.enrolment(&session, "Holdfast").await.unwrap().seed;
            let code = Zeroizing::new(seed.code(step_at(app.clock_now())));
            let sent = browser.post("/staff/enrol", &[("csrf", &page.csrf()), ("code", &code)]).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{by}");
            assert!(respond.enrol(&session, &code).await.unwrap().is_none(), "{by}: nor where it is written down");
            let page = browser.get("/staff/enrol").await;
            let signed = key.sign(&asked(&page));
            let fields = [("csrf", page.csrf()), ("passkey", signed), ("then", "/staff/enrol".to_owned())];
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            assert_eq!(browser.post("/staff/step-up", &fields).await.location, "/staff/enrol", "{by}");
            assert_eq!(browser.get("/staff/enrol").await.status, StatusCode::OK, "{by}");
        }
    });
}

/// SES-04: what a browser signed for a session that ended meanwhile signs nobody in.
#[test]
fn a_session_that_ended_is_not_gone_on_with() {
    on_both_with(NAMED, async |app| {
        let (mut browser, mut key) = comes(&app, ("ada", "responder")).await;
        let respond = &app.house.respond;
        let cookie = browser.cookies["__Host-hf_staff"].clone();
        let session = respond.staff_session(&cookie, Used::ByPerson).await.unwrap().unwrap();
        app.clock.pass(Span::from_minutes(6));
        let page = browser.get("/staff/enrol").await;
        let signed = key.sign(&asked(&page));
        respond.change_person(("an admin", session.person.id), Change::EndSessions).await.unwrap().unwrap();
        assert!(matches!(respond.passkey_shown(&session, &signed).await.unwrap(), Second::Wrong));
        assert!(respond.sessions_of(session.person.id).await.unwrap().is_empty());
    });
}
