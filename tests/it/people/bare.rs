//! What a password, a mailbox, another session or a moment in between never becomes (ID-07, ID-14, ID-21).

use reqwest::StatusCode;

use super::QUICK;
use super::mailed::{ADA, by_mail, choose, forgot, give, link, mailed, quick, reachable};
use crate::letters::server::Mail;
use crate::support::app::{App, on_both_with};
use crate::support::browser::{Browser, Page};
use crate::support::person::{Member, PASSWORD, another_session, fresh, member, password, second};
use crate::support::rows::{counts, spoil};
use holdfast::access::second::{Seed, step_at};
use holdfast::respond::Used;
use holdfast::respond::people::{Change, SignIn, Tried};
use zeroize::Zeroizing;

const NEW: &str = "nine brave herons carry lanterns";

/// ID-07, ID-14: of somebody who is here and has no second factor here, neither a mailbox nor a password sets one up.
#[test]
fn nobody_who_is_here_sets_a_first_factor_up_with_one() {
    by_mail(quick, async |app| {
        let ada = reachable(&app, ("ada", "responder"), ADA).await;
        let before = link(&app, "ada").await;
        let by_admin = app.house.respond.change_person(("an admin", ada.id), Change::NewPassword).await.unwrap();
        let by_admin = format!("/staff/join/{}", by_admin.unwrap().unwrap().reveal());
        spoil(&app, "delete from factor").await;
        let mails = mailed(&app, async || {
            assert!(forgot(&app, "ada").await.text.contains("a link is on its way"), "one answer for all");
        })
        .await;
        assert_eq!(mails.len(), 0);
        assert_eq!(choose(&app, &before, NEW).await.status, StatusCode::NOT_FOUND);
        assert_eq!(choose(&app, &by_admin, NEW).await.status, StatusCode::NOT_FOUND);
        let again = app.house.respond.change_person(("an admin", ada.id), Change::NewPassword).await.unwrap();
        assert!(again.is_err());
        let mut browser = Browser::new(&app);
        password(&mut browser, ("ada", PASSWORD)).await;
        assert_eq!(browser.get("/staff/enrol").await.location, "/staff/second");
        let cookie = browser.cookies["__Host-hf_staff"].clone();
        let respond = &app.house.respond;
        let half = respond.staff_session(&cookie, Used::ByPerson).await.unwrap().unwrap();
        let seed = respond.enrolment(&half, "Holdfast").await.unwrap().seed;
        let code = Zeroizing::new(seed.code(step_at(app.clock_now())));
        assert!(respond.enrol(&half, &code).await.unwrap().is_none(), "nor where it is written down");
    });
}

fn seed_of(page: &Page) -> Seed {
    let text = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    super::addresses::seed_of(&text)
}

async fn enrol(app: &App, (browser, page): (&mut Browser, &Page), seed: &Seed) -> Page {
    let code = seed.code(step_at(app.clock_now()));
    browser.post("/staff/enrol", &[("csrf", &page.csrf()), ("code", &code)]).await
}

/// ID-21: the key for an app is one session's: another is shown another one, and nobody takes a foreign one into use.
#[test]
fn a_key_for_an_app_is_shown_in_one_session_alone() {
    on_both_with(QUICK, async |app| {
        fresh(&app, ("ada", "responder")).await;
        let (mut own, mut thief) = (Browser::new(&app), Browser::new(&app));
        own.come_in(&another_session(&app, "ada").await);
        thief.come_in(&another_session(&app, "ada").await);
        let (stolen, page) = (thief.get("/staff/enrol").await, own.get("/staff/enrol").await);
        let (theirs, seed) = (seed_of(&stolen), seed_of(&page));
        assert_ne!(theirs.as_bytes(), seed.as_bytes());
        assert_eq!(seed_of(&own.get("/staff/enrol").await).as_bytes(), seed.as_bytes(), "the same until it is used");
        assert_eq!(enrol(&app, (&mut own, &page), &theirs).await.status, StatusCode::FORBIDDEN);
        assert_eq!(enrol(&app, (&mut own, &page), &seed).await.status, StatusCode::OK);
        assert_eq!(counts(&app).await["factor"], 11, "one app and ten codes: nothing waits any more");
        // What waits ends with everything else.
        assert_eq!(own.get("/staff/enrol").await.status, StatusCode::OK);
        assert_eq!(counts(&app).await["factor"], 12);
        let id = app.people.lock().await["ada"].id;
        app.house.respond.change_person(("an admin", id), Change::Disable).await.unwrap().unwrap();
        assert_eq!(counts(&app).await["factor"], 11);
    });
}

/// SES-04: whoever is switched off while their password is being looked at is not let in by it, not even afterwards.
#[test]
fn what_happens_during_a_slow_sum_comes_first() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let respond = &app.house.respond;
        let tried =
            |login: String, with: &str| Tried { login, password: Zeroizing::new(with.to_owned()), device: None };
        // Others before it in the queue, so that there is time in between.
        let others = (0..24).map(|number| respond.sign_in(tried(format!("nobody{number}"), NEW)));
        let others = futures_util::future::join_all(others);
        let signs_in = async {
            while counts(&app).await["staff_guess"] < 24 {}
            respond.sign_in(tried(ada.login.clone(), PASSWORD)).await.unwrap()
        };
        let switches_off = async {
            while counts(&app).await["staff_guess"] < 25 {}
            respond.change_person(("an admin", ada.id), Change::Disable).await.unwrap().unwrap();
        };
        let (_, came, ()) = tokio::join!(others, signs_in, switches_off);
        respond.change_person(("an admin", ada.id), Change::Enable).await.unwrap().unwrap();
        if let SignIn::Half { cookie, .. } = came {
            assert!(respond.staff_session(cookie.reveal(), Used::ByPerson).await.unwrap().is_none());
        }
    });
}

/// ID-21: a reset of the factor forgets the address, an admin's link for a password the one that waits.
#[test]
fn what_somebody_else_may_have_given_as_an_address_does_not_outlive_a_reset() {
    by_mail(quick, async |app| {
        let mut ada = reachable(&app, ("ada", "responder"), ADA).await;
        let respond = &app.house.respond;
        mailed(&app, async || drop(give(&mut ada, "thief@elsewhere.example").await)).await;
        let made = respond.change_person(("an admin", ada.id), Change::NewPassword).await.unwrap();
        let path = format!("/staff/join/{}", made.unwrap().unwrap().reveal());
        assert_eq!(choose(&app, &path, NEW).await.location, "/staff/sign-in");
        let known = respond.addresses_of(ada.id).await.unwrap();
        assert_eq!((known.proven.as_deref(), known.waits), (Some(ADA), None));
        let mails = mailed(&app, async || {
            respond.change_person(("an admin", ada.id), Change::NewFactor).await.unwrap().unwrap();
        })
        .await;
        let told: Vec<_> = mails.iter().map(|mail: &Mail| (mail.to[0].as_str(), mail.subject())).collect();
        assert_eq!(told, [(ADA, "Your second factor was changed".to_owned())]);
        let known = respond.addresses_of(ada.id).await.unwrap();
        assert_eq!((known.proven, known.waits), (None, None));
    });
}

/// ID-13: a link that an admin makes for a new password gives nobody more guesses at the second factor.
#[test]
fn a_link_of_an_admin_gives_no_more_guesses_at_the_second_factor() {
    on_both_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let guess = async |with: &str, times: usize| {
            let mut looked_at = 0;
            for _ in 0..times {
                let mut browser = Browser::new(&app);
                password(&mut browser, ("ada", with)).await;
                for _ in 0..5 {
                    looked_at += u32::from(second(&mut browser, "0000000").await.status == StatusCode::FORBIDDEN);
                }
            }
            looked_at
        };
        assert_eq!(guess(PASSWORD, 3).await, 15);
        let made = app.house.respond.change_person(("an admin", ada.id), Change::NewPassword).await.unwrap();
        let path = format!("/staff/join/{}", made.unwrap().unwrap().reveal());
        assert_eq!(choose(&app, &path, NEW).await.location, "/staff/sign-in");
        assert_eq!(guess(NEW, 3).await, 5);
    });
}

/// ID-21, AUD-01: what is changed about somebody's roles is told to them.
#[test]
fn other_roles_are_told_by_mail() {
    by_mail(quick, async |app| {
        let ada: Member = reachable(&app, ("ada", "responder"), ADA).await;
        let change = async |roles: &str| {
            let change = Change::Roles(roles.parse().unwrap());
            app.house.respond.change_person(("an admin", ada.id), change).await.unwrap().unwrap();
        };
        assert_eq!(mailed(&app, async || change("responder").await).await.len(), 0, "the same as before");
        let mails = mailed(&app, async || change("viewer").await).await;
        assert_eq!(mails.iter().map(Mail::subject).collect::<Vec<_>>(), ["What you may do was changed"]);
    });
}
