//! The good road: to the issuer, back, in; a role from an admin; the second factor where the issuer proves none.

use reqwest::StatusCode;
use serde_json::json;
use url::Url;

use super::{FLOW, ISSUERS, STAFF, come_back, give_role, leave, onward, press, somebody, stub, through, vouched};
use crate::support::app::on_both_with;
use crate::support::browser::Browser;
use crate::support::person::member;
use crate::support::rows::audit;
use holdfast::access::second::step_at;
use holdfast::respond::Used;
use holdfast::respond::people::State;
use holdfast::time::Span;

/// ID-17: what an issuer is asked with: a code, PKCE S256, state and nonce of this browser, back to the address of the
/// settings; and the cookie of the way.
#[test]
fn a_browser_is_sent_with_state_nonce_and_a_challenge_of_its_own() {
    on_both_with(ISSUERS, async |app| {
        let mut browser = Browser::new(&app);
        let page = browser.get("/staff/sign-in").await;
        assert!(page.text.contains("Sign in with <bdi>corp ID</bdi>") && page.text.contains("<bdi>other ID</bdi>"));
        let csrf = page.csrf();
        // Whatever a request calls the house, the address is that of the settings.
        let request = browser.request(reqwest::Method::POST, "/staff/federated/corp");
        let request = request.header("host", "evil.example").header("x-forwarded-host", "evil.example");
        let page = browser.send(request.form(&[("csrf", csrf.as_str()), ("for", "sign-in")])).await;
        let way = Url::parse(&onward(&page)).unwrap();
        assert_eq!(
            format!("{}{}", way.origin().ascii_serialization(), way.path()),
            stub::address("corp") + "/authorize"
        );
        let asked = |name| stub::asked_for(&way, name);
        assert_eq!((asked("response_type"), asked("client_id")), ("code".to_owned(), stub::CLIENT.to_owned()));
        assert_eq!(asked("redirect_uri"), app.url("/staff/federated/callback"));
        assert_eq!(asked("code_challenge_method"), "S256");
        assert_eq!(asked("code_challenge").len(), 43);
        assert_eq!((asked("state").len(), asked("nonce").len()), (64, 64));
        assert_eq!(asked("max_age"), "");
        let cookie = browser.cookies[FLOW].clone();
        assert!(!way.as_str().contains(&cookie) && !page.text.contains(&cookie));
        let other = leave(&mut browser, "corp").await;
        for name in ["state", "nonce", "code_challenge"] {
            assert_ne!(asked(name), stub::asked_for(&other, name), "{name}");
        }
    });
}

/// ID-18: whoever an issuer sends is in, with no role; an admin sees them and gives one, and only then they see cases.
#[test]
fn somebody_new_comes_in_without_a_role_until_an_admin_gives_one() {
    on_both_with(ISSUERS, async |app| {
        let mut admin = member(&app, ("root", "admin")).await;
        let mut ada = Browser::new(&app);
        assert_eq!(through(&app, &mut ada, ("corp", "ada")).await, "/staff/me");
        assert!(!ada.cookies.contains_key(FLOW) && ada.cookies.contains_key(STAFF));
        let own = ada.get("/staff/me").await;
        assert!(own.text.contains("You have no role yet") && own.text.contains("ada@example.com"), "{}", own.text);
        for path in ["/staff", "/staff/list", "/staff/people", "/api/v1/queue", "/api/v1/playbooks"] {
            assert_eq!(ada.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let came = somebody(&app, "corp:ada").await.unwrap();
        assert!(came.person.roles.is_none() && came.person.state == State::Active && !came.person.has_password);
        let page = admin.browser.get("/staff/people").await.text;
        assert!(page.contains("Called ada") && page.contains("ada@example.com") && page.contains("No role yet"));

        give_role(&mut admin, ("corp:ada", "responder"), &app).await;
        assert_eq!(ada.get("/staff/me").await.location, "/staff/sign-in", "another role, another session");
        assert_eq!(through(&app, &mut ada, ("corp", "ada")).await, "/staff");
        assert_eq!(ada.get("/staff").await.status, StatusCode::OK);
        assert_eq!(somebody(&app, "corp:ada").await.unwrap().person.id, came.person.id);
        let trail = audit(&app).await;
        let has = |words: &[&str]| trail.iter().any(|entry| words.iter().all(|word| entry.contains(word)));
        let who = came.person.id.to_string();
        assert!(has(&["system staff.federated-begin issuer:corp done"]), "{trail:?}");
        assert!(has(&[&who, "person.federated", "\"issuer\":\"corp\""]));
        assert!(has(&[&who, "staff.sign-in", "\"by\":\"issuer\""]));
        assert!(!trail.iter().any(|entry| entry.contains("example.com") || entry.contains("Called")));
    });
}

/// ID-18: what the issuer does not prove is asked for here, and a first factor is set up only after a sign-in of now.
#[test]
fn without_a_proof_of_two_factors_the_one_here_is_asked_for() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut ada = Browser::new(&app);
        let way = leave(&mut ada, "corp").await;
        let again = vouched(&app, &mut ada, (&way, "ada", json!({"amr": ["pwd", "otp"]}))).await;
        assert!(again.text.contains("Sign in there once more") && !ada.cookies.contains_key(STAFF), "{}", again.text);
        assert!(somebody(&app, "corp:ada").await.is_none(), "nobody has come yet");

        let fresh = async |browser: &mut Browser, csrf: &str| {
            let page = browser.post("/staff/federated/corp", &[("csrf", csrf), ("for", "fresh")]).await;
            Url::parse(&onward(&page)).unwrap()
        };
        let way = fresh(&mut ada, &again.csrf()).await;
        assert_eq!(stub::asked_for(&way, "max_age"), "300");
        let long_ago = app.clock_now().minus(Span::from_minutes(7)).millis() / 1_000;
        for stale in [json!({"auth_time": long_ago}), json!({"auth_time": null})] {
            let csrf = again.csrf();
            let way = fresh(&mut ada, &csrf).await;
            let page = vouched(&app, &mut ada, (&way, "ada", stale)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "an open browser of somebody else");
        }
        let way = fresh(&mut ada, &again.csrf()).await;
        assert_eq!(onward(&vouched(&app, &mut ada, (&way, "ada", json!({}))).await), "/staff/enrol");
        assert_eq!(ada.get("/staff/me").await.location, "/staff/sign-in", "half a session");
        let cookie = ada.cookies[STAFF].clone();
        let respond = &app.house.respond;
        let half = respond.staff_session(&cookie, Used::ByPerson).await.unwrap().unwrap();
        let page = ada.get("/staff/enrol").await;
        let seed = respond.enrolment(&half, "Holdfast").await.unwrap().seed;
        let code = seed.code(step_at(app.clock_now()));
        let page = ada.post("/staff/enrol", &[("csrf", &page.csrf()), ("code", &code)]).await;
        assert!(page.text.contains("recovery codes"), "{}", page.text);
        assert_eq!(ada.get("/staff/me").await.status, StatusCode::OK);

        // From now on the code is asked for, unless the issuer proves two factors.
        let mut late = Browser::new(&app);
        let way = leave(&mut late, "corp").await;
        assert_eq!(onward(&vouched(&app, &mut late, (&way, "ada", json!({}))).await), "/staff/second");
        assert_eq!(late.get("/staff/enrol").await.location, "/staff/second", "no other factor in place of the first");
        app.clock.pass(Span::from_seconds(30));
        let code = seed.code(step_at(app.clock_now()));
        let csrf = late.get("/staff/second").await.csrf();
        let page = late.post("/staff/second", &[("csrf", &csrf), ("code", &code)]).await;
        assert_eq!(page.location, "/staff/me");
        let mut proven = Browser::new(&app);
        assert_eq!(through(&app, &mut proven, ("corp", "ada")).await, "/staff/me");
    });
}

/// ID-17: nobody comes through an issuer before the first person is there (ID-16), and none is on the page.
#[test]
fn nobody_comes_through_an_issuer_before_the_set_up() {
    on_both_with(crate::support::app::Plan { set_up: false, ..ISSUERS }, async |app| {
        let mut early = Browser::new(&app);
        let page = early.get("/staff/sign-in").await;
        assert!(!page.text.contains("/staff/federated/"));
        let sent = early.post("/staff/federated/corp", &[("csrf", &page.csrf()), ("for", "sign-in")]).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
        assert_eq!(come_back(&mut early, &[("code", "x"), ("state", "y")]).await.status, StatusCode::NOT_FOUND);
        assert!(app.house.respond.needs_set_up().await.unwrap());
    });
}

/// SES-08, SES-09: the way there begins with the token of the page that it begins on, and at an issuer of the settings.
#[test]
fn the_way_to_an_issuer_begins_on_a_page_of_ours() {
    on_both_with(ISSUERS, async |app| {
        member(&app, ("root", "admin")).await;
        let mut browser = Browser::new(&app);
        let csrf = browser.get("/staff/sign-in").await.csrf();
        for (issuer, token, errand, status) in [
            ("corp", "", "sign-in", StatusCode::FORBIDDEN),
            ("corp", "00", "sign-in", StatusCode::FORBIDDEN),
            ("nobody", &csrf, "sign-in", StatusCode::NOT_FOUND),
            ("corp", &csrf, "whatever", StatusCode::UNPROCESSABLE_ENTITY),
            ("corp", &csrf, "link", StatusCode::SEE_OTHER),
            ("corp", &csrf, "step-up", StatusCode::SEE_OTHER),
        ] {
            let path = format!("/staff/federated/{issuer}");
            let page = browser.post(&path, &[("csrf", token), ("for", errand)]).await;
            assert_eq!(page.status, status, "{issuer} {errand}");
            assert!(!browser.cookies.contains_key(FLOW), "{issuer} {errand}");
        }
        assert_eq!(press(&mut browser, "/staff/sign-in", ("corp", "sign-in")).await.status, StatusCode::OK);
    });
}
