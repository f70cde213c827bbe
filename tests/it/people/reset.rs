//! New passwords by mail (ID-14), through a real mail server. The addresses that those go to are `addresses`'s.

use std::collections::BTreeMap;

use holdfast::access::Scopes;
use holdfast::respond::people::Change;
use holdfast::store::outbox;
use holdfast::time::Span;
use reqwest::{Method, StatusCode};

use super::QUICK;
use super::mailed::{ADA, by_mail, choose, forgot, give, limited, link, mailed, path, prove, quick, reachable};
use crate::letters::mails::taken;
use crate::letters::once;
use crate::letters::server::Mail;
use crate::support::app::on_sqlite_with;
use crate::support::browser::{Browser, Page};
use crate::support::person::{PASSWORD, invited, member, password, second};
use crate::support::rows;

const NEW: &str = "nine brave herons carry lanterns";
const NEWER: &str = "eleven calm badgers mend kettles";
/// A page without what is new on each.
fn plain(page: &Page) -> String {
    let nonce = page.text.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let text = page.text.replace(&nonce, "");
    match text.split_once(r#"name="csrf" value=""#) {
        Some((before, rest)) => format!("{before}{}", rest.split_once('"').unwrap().1),
        None => text,
    }
}

/// ID-14: links are built from the settings, whatever host a request names.
#[test]
fn a_mailed_link_leads_to_the_house_of_the_settings_whatever_host_a_request_names() {
    by_mail(quick, async |app| {
        reachable(&app, ("ada", "responder"), ADA).await;
        let mut browser = Browser::new(&app);
        let csrf = browser.get("/staff/forgotten").await.csrf();
        let home = app.house.respond.room().public_url.clone();
        for (name, value) in [
            ("host", "thief.example"),
            ("x-forwarded-host", "thief.example"),
            ("forwarded", "for=127.0.0.1;host=thief.example;proto=https"),
        ] {
            let mails = mailed(&app, async || {
                let request = browser.request(Method::POST, "/staff/forgotten").header(name, value);
                let sent = request.form(&[("csrf", csrf.as_str()), ("who", "ada")]).send().await.unwrap();
                assert_eq!(sent.status(), StatusCode::OK, "{name}");
                assert!(!sent.text().await.unwrap().contains("thief"), "{name}");
            })
            .await;
            assert_eq!((mails.len(), mails[0].to.as_slice()), (1, &[ADA.to_owned()][..]));
            let text = mails[0].text();
            assert!(text.contains(&format!("\n{home}/staff/reset/hfk_")), "{text}");
            assert!(!mails[0].data.contains("thief") && !text.contains("thief"), "{name}: {text}");
        }
    });
}

/// ID-14: three mails an hour to one account, by whatever name and however often somebody asks.
#[test]
fn a_thousand_requests_send_one_account_three_mails_in_an_hour() {
    by_mail(quick, async |app| {
        // Proven an hour before, so that its mails do not count here.
        reachable(&app, ("ada", "responder"), ADA).await;
        let mut browser = Browser::new(&app);
        let csrf = browser.get("/staff/forgotten").await.csrf();
        let ask = async |times: usize| {
            for number in 0..times {
                let who = ["ada", " ADA", ADA, "Ada@Staff.example"][number % 4];
                let request = browser.request(Method::POST, "/staff/forgotten");
                let sent = request.form(&[("csrf", csrf.as_str()), ("who", who)]).send().await.unwrap();
                assert_eq!(sent.status(), StatusCode::OK);
            }
        };
        assert_eq!(mailed(&app, async || ask(1_000).await).await.len(), 3);
        app.clock.pass(Span::from_minutes(59));
        assert_eq!(mailed(&app, async || ask(4).await).await.len(), 0);
        app.clock.pass(Span::from_minutes(2));
        assert_eq!(mailed(&app, async || ask(4).await).await.len(), 3, "an hour later they come again");
    });
}

/// ID-14: ten mails an hour for one client, whomever it names; and its requests are slowed down.
#[test]
fn one_client_has_ten_mails_sent_in_an_hour() {
    by_mail(quick, async |app| {
        let logins = ["ada", "bea", "cleo", "dora"];
        for login in logins {
            reachable(&app, (login, "viewer"), &format!("{login}@staff.example")).await;
        }
        let all = mailed(&app, async || {
            for _ in 0..3 {
                for login in logins {
                    forgot(&app, login).await;
                }
            }
        });
        assert_eq!(all.await.len(), 10);
    });
    by_mail(limited, async |app| {
        for _ in 0..10 {
            assert_eq!(forgot(&app, "nobody").await.status, StatusCode::OK);
        }
        assert_eq!(forgot(&app, "nobody").await.status, StatusCode::TOO_MANY_REQUESTS);
        app.clock.pass(Span::from_minutes(6));
        assert_eq!(forgot(&app, "nobody").await.status, StatusCode::OK);
    });
}

/// ID-14: unknown, switched off, not come yet, without an address, with one that is not proven: one answer, and no mail.
#[test]
fn whoever_is_named_the_answer_is_the_same_and_nobody_else_is_written_to() {
    by_mail(quick, async |app| {
        reachable(&app, ("ada", "responder"), ADA).await;
        let off = reachable(&app, ("off", "responder"), "off@staff.example").await;
        app.house.respond.change_person(("an admin", off.id), Change::Disable).await.unwrap().unwrap();
        member(&app, ("bare", "responder")).await;
        let mut waits = member(&app, ("waits", "responder")).await;
        give(&mut waits, "waits@staff.example").await;
        invited(&app, ("new", "responder")).await;
        let named = ["ada", ADA, "off", "off@staff.example", "bare", "waits", "waits@staff.example", "new", "nobody"];
        let mut answers = BTreeMap::new();
        let mails = mailed(&app, async || {
            for who in named.into_iter().chain(["nobody@staff.example", "", "x".repeat(10_000).as_str()]) {
                let page = forgot(&app, who).await;
                answers.insert((page.status.as_u16(), plain(&page)), who.to_owned());
            }
        })
        .await;
        assert_eq!(answers.len(), 1, "{answers:?}");
        assert!(answers.keys().all(|(status, text)| *status == 200 && text.contains("a link is on its way")));
        assert!(mails.len() == 2 && mails.iter().all(|mail| mail.to == [ADA]), "{mails:?}");
    });
}

/// ID-14, SES-04: no way around the second factor, nobody is signed in, every session and token of the person is over.
#[test]
fn a_new_password_ends_everything_and_the_second_factor_is_still_asked_for() {
    by_mail(quick, async |app| {
        let mut ada = reachable(&app, ("ada", "responder"), ADA).await;
        let mut other = Browser::new(&app);
        ada.sign_in(&app, &mut other).await;
        let token = app.token_of(&ada.id.to_string(), Scopes::all()).await;
        let queue =
            async || app.visitor().get(app.url("/api/v1/queue")).bearer_auth(&token).send().await.unwrap().status();
        assert_eq!(queue().await, StatusCode::OK);
        let path = link(&app, "ada").await;
        for (unfit, why) in [("short", "15 characters"), ("holdfast holdfast", "name of this house")] {
            let page = choose(&app, &path, unfit).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.text.contains(why), "{unfit}");
        }
        assert!(ada.is_in().await, "nothing has happened yet");
        let mails = mailed(&app, async || {
            let page = choose(&app, &path, NEW).await;
            assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff/sign-in"));
        })
        .await;
        assert_eq!(mails.iter().map(Mail::subject).collect::<Vec<_>>(), ["Your password was changed"]);
        assert!(!ada.is_in().await);
        assert_eq!(other.get("/staff/me").await.location, "/staff/sign-in");
        assert_eq!(queue().await, StatusCode::UNAUTHORIZED);
        let mut browser = Browser::new(&app);
        assert_eq!(password(&mut browser, ("ada", PASSWORD)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(password(&mut browser, ("ada", NEW)).await.location, "/staff/second");
        assert_eq!(browser.get("/staff").await.location, "/staff/sign-in", "half a session opens nothing");
        let code = ada.code(&app);
        assert_eq!(second(&mut browser, &code).await.location, "/staff");
        let trail = rows::audit(&app).await;
        for action in ["staff.forgotten", "person.reset-mailed", "person.password", "person.address"] {
            assert!(trail.iter().any(|entry| entry.contains(action)), "{action}");
        }
    });
}

/// ID-14: once, for thirty minutes, and looking uses nothing up; the page of any link is the same.
#[test]
fn a_mailed_link_works_once_for_half_an_hour_and_its_page_says_nothing_of_it() {
    by_mail(quick, async |app| {
        reachable(&app, ("ada", "responder"), ADA).await;
        let (first, unknown) = (link(&app, "ada").await, format!("/staff/reset/hfk_{}", "0".repeat(64)));
        let mut pages = Vec::new();
        for path in [&first, &unknown, &"/staff/reset/x".to_owned()] {
            for _ in 0..3 {
                let page = Browser::new(&app).get(path).await;
                pages.push((page.status, plain(&page)));
            }
        }
        assert_eq!(choose(&app, &unknown, NEW).await.status, StatusCode::NOT_FOUND);
        assert_eq!(choose(&app, &first, NEW).await.location, "/staff/sign-in");
        assert_eq!(choose(&app, &first, NEWER).await.status, StatusCode::NOT_FOUND, "once");
        let used = Browser::new(&app).get(&first).await;
        pages.push((used.status, plain(&used)));
        let late = link(&app, "ada").await;
        app.clock.pass(Span::from_minutes(30));
        assert_eq!(choose(&app, &late, NEWER).await.status, StatusCode::NOT_FOUND, "half an hour");
        let late = Browser::new(&app).get(&late).await;
        pages.push((late.status, plain(&late)));
        assert!(pages.iter().all(|page| *page == pages[0] && page.0 == StatusCode::OK), "{pages:?}");
        let just = link(&app, "ada").await;
        app.clock.pass(Span::from_seconds(30 * 60 - 1));
        assert_eq!(choose(&app, &just, NEWER).await.location, "/staff/sign-in");
    });
}

/// ID-14: a change of the password ends every link that was made before it, by mail or by an admin.
#[test]
fn a_change_of_the_password_ends_every_link_from_before() {
    by_mail(quick, async |app| {
        let mut ada = reachable(&app, ("ada", "responder"), ADA).await;
        let id = ada.id;
        let admins = async || {
            let made = app.house.respond.change_person(("an admin", id), Change::NewPassword).await.unwrap();
            format!("/staff/join/{}", made.unwrap().unwrap().reveal())
        };
        let by_admin = admins().await;
        let proof = mailed(&app, async || drop(give(&mut ada, "ada@elsewhere.example").await)).await;
        let proof = path(proof.iter().find(|mail| mail.to == ["ada@elsewhere.example"]).unwrap());
        let (one, two) = (link(&app, "ada").await, link(&app, "ada").await);
        assert_eq!(choose(&app, &two, NEW).await.location, "/staff/sign-in");
        assert_eq!(choose(&app, &one, NEWER).await.status, StatusCode::NOT_FOUND);
        assert_eq!(Browser::new(&app).get(&by_admin).await.status, StatusCode::NOT_FOUND);
        assert_eq!(prove(&app, &proof).await.status, StatusCode::NOT_FOUND);
        let mailed_before = link(&app, "ada").await;
        let by_admin = admins().await;
        assert_eq!(choose(&app, &by_admin, NEWER).await.location, "/staff/sign-in");
        assert_eq!(choose(&app, &mailed_before, NEW).await.status, StatusCode::NOT_FOUND);
        let mut browser = Browser::new(&app);
        assert_eq!(password(&mut browser, ("ada", NEWER)).await.location, "/staff/second");
    });
}

/// ID-12, ID-13: a reset ends the lock of a hundred failures, and gives nobody more guesses at the second factor.
#[test]
fn a_reset_ends_the_lock_of_the_password_and_not_that_of_the_second_factor() {
    by_mail(quick, async |app| {
        let ada = reachable(&app, ("ada", "responder"), ADA).await;
        let mut stranger = Browser::new(&app);
        for _ in 0..100 {
            password(&mut stranger, ("ada", NEWER)).await;
            app.clock.pass(Span::from_minutes(15));
        }
        assert_eq!(password(&mut stranger, ("ada", PASSWORD)).await.status, StatusCode::FORBIDDEN, "locked");
        let path = link(&app, "ada").await;
        assert_eq!(choose(&app, &path, NEW).await.location, "/staff/sign-in");
        let mut looked_at = 0;
        let mails = mailed(&app, async || {
            for _ in 0..6 {
                let mut browser = Browser::new(&app);
                assert_eq!(password(&mut browser, ("ada", NEW)).await.location, "/staff/second");
                for _ in 0..5 {
                    looked_at += u32::from(second(&mut browser, "0000000").await.status == StatusCode::FORBIDDEN);
                }
            }
        })
        .await;
        assert_eq!(looked_at, 20);
        assert_eq!(mails.iter().map(Mail::subject).collect::<Vec<_>>(), ["Somebody guesses at your second factor"]);
        let path = link(&app, "ada").await;
        assert_eq!(choose(&app, &path, NEWER).await.location, "/staff/sign-in");
        let mut browser = Browser::new(&app);
        password(&mut browser, ("ada", NEWER)).await;
        let right = ada.code(&app);
        assert_eq!(second(&mut browser, &right).await.location, "/staff/sign-in", "not looked at");
    });
}

/// Neither an address nor a link is anywhere in the database, also while its letter waits; nor is it among dead letters, and
/// it is not tried for longer than it is good.
#[test]
fn no_link_is_kept_and_none_leaves_after_its_time() {
    by_mail(quick, async |app| {
        let ada = reachable(&app, ("ada", "responder"), ADA).await;
        let link = link(&app, "ada").await;
        let token = link.rsplit('/').next().unwrap();
        let bytes = rows::bytes(&app).await;
        assert!(!rows::hold(&bytes, token) && !rows::hold(&bytes, ADA));
        let trail = rows::audit(&app).await.join("\n");
        assert!(!trail.contains(token) && !trail.contains(ADA));
        let log = app.house.respond.dead_letters().await.unwrap();
        assert!(log.is_empty());
        let mut later = member(&app, ("later", "responder")).await;
        give(&mut later, "later@staff.example").await;
        rows::spoil(&app, "update person_address set proven = 1 where proven is null").await;
        let before = taken().len();
        forgot(&app, "later").await;
        let tried = async |word: &str| {
            once(word, async || {
                let mut tx = app.house.respond.db.read().await.unwrap();
                let rows = outbox::of_object(&mut tx, "reset").await.unwrap();
                rows.into_iter().find(|row| row.word.as_deref() == Some("busy")).map(|row| row.state)
            })
            .await
        };
        assert_eq!(tried("an attempt").await, "waiting");
        app.clock.pass(Span::from_minutes(31));
        once("its end", async || {
            let mut tx = app.house.respond.db.read().await.unwrap();
            let rows = outbox::of_object(&mut tx, "reset").await.unwrap();
            rows.iter().all(|row| row.state != "waiting").then_some(())
        })
        .await;
        assert_eq!(taken().len(), before, "nothing left");
        assert_ne!(ada.id, later.id);
        // Dead letters show what and why, and sent again they are over.
        let mut refused = member(&app, ("refused", "admin")).await;
        give(&mut refused, "nobody@staff.example").await;
        let dead = once("a dead letter", async || app.house.respond.dead_letters().await.unwrap().into_iter().next());
        let dead = dead.await;
        assert_eq!((dead.kind, dead.word.as_deref()), ("account", Some("refused")));
        let page = refused.browser.get("/staff/outbox").await;
        assert!(page.text.contains("about their account"), "{}", page.text);
        assert!(!page.text.contains("/staff/address/") && !page.text.contains("nobody@"));
    });
}

/// Where no mail can be sent, the page says who helps, and nothing is taken.
#[test]
fn without_a_way_out_the_page_sends_people_to_an_admin() {
    on_sqlite_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        let mut browser = Browser::new(&app);
        let page = browser.get("/staff/forgotten").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("Ask an admin") && !page.text.contains("name=\"who\""));
        let csrf = browser.get("/staff/sign-in").await.csrf();
        let sent = browser.post("/staff/forgotten", &[("csrf", &csrf), ("who", "ada")]).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
        let mut own = Browser::new(&app);
        ada.sign_in(&app, &mut own).await;
        assert!(!own.get("/staff/me").await.text.contains("/staff/me/address"));
    });
}
