//! A wallet app opens the report by a signed link, or does everything over the API alone.

mod joining;
mod links;
mod programs;

use holdfast::access::{AppKeys, LinkWallet, ReportLink};
use holdfast::config::{self, Config};

use crate::support::app::{App, Plan};

const KEY: &str = "a-key-that-only-the-server-of-the-app-has-0123";
const OLD_KEY: &str = "the-key-that-the-app-had-before-it-was-changed-1";
const STRANGE_KEY: &str = "a-key-that-a-stranger-made-up-while-nobody-looked";
const ADDRESS: &str = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

/// A house that knows one app, whose key is being changed.
pub const WITH_APP: Plan = Plan {
    settings: with_app,
    set_up: true,
    rounds: holdfast::app::Rounds::Own,
    console: holdfast::app::Console::TokensToo,
};

fn with_app(config: &mut Config) {
    let file = |name: &str, key: &str| {
        let file = config.data.join(name);
        std::fs::write(&file, format!("{key}\n")).unwrap();
        Some(file)
    };
    config.app = vec![config::App {
        name: "wallet".to_owned(),
        title: Some("Example Wallet".to_owned()),
        secret_file: file("links", KEY),
        previous_secret_file: file("links-before", OLD_KEY),
        ..config::App::default()
    }];
}

/// What a link says that is over in a quarter of an hour.
fn said(app: &App) -> ReportLink {
    use holdfast::time::Clock;
    ReportLink {
        until: app.clock.now().millis() / 1_000 + 900,
        account: Some("User-1001".to_owned()),
        wallet: Some(LinkWallet { chain: Some("tron".to_owned()), address: ADDRESS.to_owned() }),
        language: Some("zh".to_owned()),
        text: None,
    }
}

/// The text of a link, signed with a key.
pub fn signed(key: &str, link: &ReportLink) -> String {
    AppKeys::new(&[key]).unwrap().sign("wallet", link)
}

/// A link that holds.
pub fn good(app: &App) -> String {
    signed(KEY, &said(app))
}
