//! Versions of the playbooks: published, rolled back, reloaded, and what open incidents keep and gain.

mod command;
mod given;
mod publish;
mod replay;
mod rescore;
mod restart;

use std::path::Path;
use std::sync::Arc;

use holdfast::app::Rounds;
use holdfast::app::reload::{self, Watch};
use holdfast::cli;
use holdfast::config::{Config, Overrides};
use holdfast::playbook::{Files, Set, builtin_files, compile};
use holdfast::respond::versions::{Advice, Content, Kept, Origin};
use holdfast::respond::{Progress, Rescore};
use holdfast::time::Span;
use serde_json::Value;

use crate::support::app::{self, App, Plan};

/// Words that mean nothing to the built-in set and theft to [`louder`].
const TEAPOT: &str = "the teapot whistles on the shelf";

/// Runs a story on every engine in a house whose rounds the story makes itself.
fn on_both(story: impl AsyncFn(App)) {
    app::on_both_with(Plan { rounds: Rounds::Outside, ..Plan::default() }, story);
}

/// The built-in files with one of them changed.
fn with(name: &str, change: impl FnOnce(String) -> String) -> Files {
    let mut files = builtin_files();
    let text = files.remove(name).unwrap();
    let changed = change(text.clone());
    assert_ne!(changed, text, "{name} is changed");
    files.insert(name.to_owned(), changed);
    files
}

/// A set to which a teapot is a theft.
fn louder() -> Files {
    let sign = "signs:\n  teapot:\n    cap: 9000\n    signs:\n      - id: teapot-gone\n        weight: 9000\n        phrases: { en: [teapot whistles], zh: [茶壶响了] }\n        because: { en: a teapot whistles, zh: 茶壶响了 }\n";
    with("unauthorized-transfer-unknown.yaml", |yaml| {
        // Likely enough that one sign decides, whatever the learned sign makes of a teapot.
        let prior = yaml.lines().find(|line| line.starts_with("prior:")).unwrap().to_owned();
        yaml.replacen(&prior, "prior: -900", 1).replacen("signs:\n", sign, 1)
    })
}

/// The smallest set to which a teapot is a theft: the two playbooks that every set needs, for commands that run examples.
fn small() -> Files {
    let needed = ["unauthorized-transfer-unknown.yaml", "routine-other.yaml"];
    let common = ["vocabulary.yaml", "policy.yaml", "shared.yaml", "help-lines.yaml", "frames.yaml"];
    let mut files = louder();
    files.retain(|name, _| needed.contains(&name.as_str()) || common.contains(&name.as_str()));
    for name in needed {
        // Their own examples are told apart from kinds that are not in this set.
        let yaml = files.get_mut(name).unwrap();
        yaml.truncate(yaml.find("\nexamples:").unwrap() + 1);
    }
    let example = format!("examples:\n  - {{ report: {{ text: {TEAPOT} }}, expect: {{ class: security }} }}\n");
    files.get_mut(needed[0]).unwrap().push_str(&example);
    files.get_mut(needed[1]).unwrap().push_str("examples: []\n");
    files
}

/// A set to which nothing that people write about TRON permissions is rare enough to be believed.
fn quieter() -> Files {
    with("tron-permission-hijack.yaml", |yaml| {
        let prior = yaml.lines().find(|line| line.starts_with("prior:")).unwrap().to_owned();
        yaml.replacen(&prior, "prior: -9000", 1)
    })
}

fn digest(files: &Files) -> String {
    cli::digest(files)
}

fn compiled(files: &Files) -> Arc<Set> {
    Arc::new(compile(files, digest(files)).unwrap_or_else(|faults| panic!("{}", faults[0])))
}

fn write(files: &Files, folder: &Path) {
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// A watch over the running house, as the house itself has one.
async fn watch(app: &App) -> Watch {
    watch_with(app, "").await
}

async fn watch_with(app: &App, folder: &str) -> Watch {
    let mut config = Config::read(None, &Overrides::default()).unwrap();
    folder.clone_into(&mut config.playbooks);
    let builtin = Config { playbooks: String::new(), ..config.clone() };
    let running = reload::written(&builtin).unwrap();
    Watch::new(config, app.house.respond.clone(), &running).await.unwrap()
}

/// Keeps files as a draft and publishes them; they run when this comes back.
async fn publish(app: &App, watch: &mut Watch, files: &Files) -> String {
    let digest = keep(app, files).await;
    app.clock.pass(Span::from_seconds(1));
    app.house.respond.publish(&digest, Advice::Stands).await.unwrap().unwrap();
    watch.look().await.unwrap();
    assert_eq!(running(app).await, digest);
    digest
}

async fn keep(app: &App, files: &Files) -> String {
    let content = Content { files: files.clone(), weights: None };
    let kept = Kept { digest: digest(files), content, origin: Origin::Command, note: None };
    app.house.respond.keep_version(kept).await.unwrap();
    digest(files)
}

/// Takes the last publication back; what was before runs when this comes back.
async fn roll_back(app: &App, watch: &mut Watch, given: Advice) -> Option<String> {
    app.clock.pass(Span::from_seconds(1));
    let before = app.house.respond.roll_back(given).await.unwrap().unwrap();
    assert!(watch.look().await.unwrap());
    before
}

/// The digest of the running set, as staff see it.
async fn running(app: &App) -> String {
    app.staff_get("/api/v1/playbooks").await["digest"].as_str().unwrap().to_owned()
}

/// Judges everything again that is behind, and says what was done over all batches.
async fn rescore(app: &App) -> Progress {
    let (mut rescore, mut sum) = (Rescore::default(), Progress::default());
    loop {
        let done = rescore.batch(&app.house.respond).await.unwrap();
        let (rescored, risen) = (sum.rescored + done.rescored, sum.risen + done.risen);
        sum = Progress { rescored, risen, ..done };
        if done.ended {
            return sum;
        }
    }
}

/// An incident as staff see it.
async fn incident(app: &App, id: &Value) -> Value {
    app.staff_get(&format!("/api/v1/incidents/{}", id.as_str().unwrap())).await
}
