//! What leaves for staff and for people: alarms that climb, mails that say nothing to a thief, letters that did not arrive.

pub mod alarms;
mod dead;
mod escaping;
mod held_up;
pub mod mails;
pub mod server;
mod stopped;
pub mod stub;
mod wordings;

use std::time::Duration;

use holdfast::config::target::Kind;
use holdfast::config::{Config, Target};
use holdfast::text::Language;

/// A target without anything that a kind has of its own.
fn target(name: &str, kind: Kind, url: String) -> Target {
    Target {
        name: name.to_owned(),
        kind,
        url,
        url_file: None,
        url_env: None,
        secret_file: None,
        secret_env: None,
        networks: vec!["127.0.0.0/8".to_owned()],
        language: Language::En,
        alarms: 0,
        after_minutes: 0,
        again_minutes: 0,
        chat: None,
        from: None,
        to: Vec::new(),
        user: None,
        people: false,
        plain: false,
        authority_file: None,
    }
}

/// A file of a secret in the house's folder.
fn secret(config: &Config, name: &str, secret: &str) -> std::path::PathBuf {
    let file = config.data.join(format!("{name}.secret"));
    std::fs::write(&file, secret).unwrap();
    file
}

/// What a look gives, once it gives something; a story that waits in vain fails.
pub async fn once<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let waiting = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let found = tokio::time::timeout(Duration::from_secs(20), waiting).await;
    found.unwrap_or_else(|late| panic!("waited in vain for {what}: {late}"))
}
