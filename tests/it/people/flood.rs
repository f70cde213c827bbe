//! Floods of guesses: how many are looked at, and whether the person gets in meanwhile (ID-12, ID-13).

use std::net::{IpAddr, Ipv4Addr};

use reqwest::{Client, Method, StatusCode};

use super::QUICK;
use crate::letters::mails::{self, taken, with_mail};
use crate::letters::once;
use crate::letters::server::Speaks;
use crate::support::app::{App, Plan, on_both, on_sqlite_with};
use crate::support::browser::Browser;
use crate::support::person::{Member, PASSWORD, member, password, second};
use crate::support::rows;
use holdfast::app::Console;
use holdfast::time::Span;

const WRONG: &str = "seven quiet otters paint fences";

/// Guesses at a password, as who runs the test says.
#[expect(clippy::disallowed_methods, reason = "how long to guess, only who runs the test knows")]
fn guesses() -> u32 {
    std::env::var("TEST_GUESSES").ok().map_or(400, |text| text.parse().unwrap())
}

/// A browser at an address of its own.
fn at(app: &App, number: u32) -> Browser {
    let address = IpAddr::V4(Ipv4Addr::from_bits(0x7f02_0000 + number));
    let client = Client::builder().local_address(address).redirect(reqwest::redirect::Policy::none()).build().unwrap();
    Browser::at(client, app.url(""))
}

/// How many guesses at a person's password have been looked at in a row, by the buckets of strangers.
async fn looked_at(app: &App, person: &Member) -> i64 {
    let mut tx = app.house.respond.db.read().await.unwrap();
    let row = holdfast::store::people::by_id(&mut tx, person.id).await.unwrap().unwrap();
    holdfast::store::guesses::of_login(&mut tx, &row.login_digest).await.unwrap()
}

/// Guesses from so many addresses over a quarter of an hour; half-way the person signs in from a device that is known.
#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
async fn flood(app: &App, addresses: u32) {
    let ada = member(app, (&format!("ada{addresses}"), "responder")).await;
    let mut own = Browser::new(app);
    ada.sign_in(app, &mut own).await;
    assert!(own.cookies.contains_key("__Host-hf_device"));
    let mut strangers = Vec::new();
    for number in 0..addresses {
        let mut stranger = at(app, number);
        let csrf = stranger.get("/staff/sign-in").await.csrf();
        strangers.push((stranger, csrf));
    }
    let (all, mut slowed) = (guesses(), 0);
    for number in 0..all {
        let (stranger, csrf) = &strangers[usize::try_from(number % addresses).unwrap()];
        let fields = [("csrf", csrf.as_str()), ("login", ada.login.as_str()), ("password", WRONG)];
        let answer = stranger.request(Method::POST, "/staff/sign-in").form(&fields).send().await.unwrap();
        match answer.status() {
            StatusCode::FORBIDDEN => {}
            StatusCode::TOO_MANY_REQUESTS => slowed += 1,
            other => panic!("{other}"),
        }
        app.clock.pass(Span::from_millis(15 * 60 * 1_000 / i64::from(all)));
        if number == all / 2 {
            own.cookies.remove("__Host-hf_staff");
            ada.sign_in(app, &mut own).await;
        }
    }
    let looked_at = looked_at(app, &ada).await;
    println!(
        "{all} guesses from {addresses} addresses in a quarter of an hour: {slowed} were slowed down by their address, {looked_at} were looked at"
    );
    // Five are free; then 1, 2, 4 … 512 seconds, and no tenth doubling fits into the time.
    assert!((5..=15).contains(&looked_at), "{looked_at}");
    let (stranger, csrf) = &strangers[0];
    let fields = [("csrf", csrf.as_str()), ("login", ada.login.as_str()), ("password", PASSWORD)];
    let lucky = stranger.request(Method::POST, "/staff/sign-in").form(&fields).send().await.unwrap();
    assert!(lucky.status() != StatusCode::SEE_OTHER, "the right guess is not looked at either");
    own.cookies.remove("__Host-hf_staff");
    ada.sign_in(app, &mut own).await;
}

/// ID-12: one address that guesses gets few looks at one account, and the person gets in.
#[test]
fn a_flood_from_one_address_is_hardly_looked_at_and_the_person_signs_in() {
    on_both(async |app| flood(&app, 1).await);
}

/// ID-12: five hundred addresses get no more: the account itself waits.
#[test]
fn a_flood_from_five_hundred_addresses_is_hardly_looked_at_and_the_person_signs_in() {
    on_both(async |app| flood(&app, 500).await);
}

fn quick(config: &mut holdfast::config::Config) {
    mails::settings(config);
    config.people.sign_in_burst = 1_000_000;
}

/// ID-13: of a thousand guesses at the second factor twenty are looked at in a day, and the person is told.
#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is run for")]
fn a_thousand_guesses_at_the_second_factor_are_twenty_looks_a_day_and_a_notice() {
    with_mail(Speaks::Plain, |plan| {
        on_sqlite_with(Plan { settings: quick, console: Console::People, ..plan }, async |app| {
            let mut ada = member(&app, ("ada", "responder")).await;
            let csrf = ada.browser.get("/staff/me").await.csrf();
            let given = [("csrf", csrf.as_str()), ("address", "ada@staff.example")];
            assert_eq!(ada.browser.post("/staff/me/address", &given).await.location, "/staff/me");
            rows::spoil(&app, "update person_address set proven = 1").await;
            let mut looked_at = 0;
            for _ in 0..200 {
                let mut browser = Browser::new(&app);
                assert_eq!(password(&mut browser, ("ada", PASSWORD)).await.location, "/staff/second");
                for _ in 0..5 {
                    looked_at += u32::from(second(&mut browser, "0000000").await.status == StatusCode::FORBIDDEN);
                }
            }
            println!("of 1000 guesses at the second factor {looked_at} were looked at");
            assert_eq!(looked_at, 20);
            let told = async || {
                let guessed = |subject: &String| subject == "Somebody guesses at your second factor";
                let mails: Vec<String> = taken().iter().map(crate::letters::server::Mail::subject).collect();
                let count = mails.iter().filter(|subject| guessed(subject)).count();
                (count > 0).then_some(count)
            };
            assert_eq!(once("the notice", told).await, 1);
            let mut browser = Browser::new(&app);
            password(&mut browser, ("ada", PASSWORD)).await;
            let right = ada.code(&app);
            assert_eq!(second(&mut browser, &right).await.location, "/staff/sign-in", "not looked at either");
        });
    });
    // The wait ends with the day.
    on_sqlite_with(QUICK, async |app| {
        let ada = member(&app, ("ada", "responder")).await;
        for _ in 0..5 {
            let mut browser = Browser::new(&app);
            password(&mut browser, ("ada", PASSWORD)).await;
            for _ in 0..5 {
                second(&mut browser, "0000000").await;
            }
        }
        app.clock.pass(Span::from_days(1));
        let mut browser = Browser::new(&app);
        ada.sign_in(&app, &mut browser).await;
    });
}
