//! What runs after a version was published, rolled back, or turned out to be faulty.

use holdfast::app::reload;
use holdfast::config::{Config, Overrides};
use holdfast::playbook::{Example, Set, builtin_files, examples};
use holdfast::respond::versions::{Advice, NotChanged};

use super::{
    TEAPOT, digest, keep, louder, on_both, publish, quieter, roll_back, running, watch, watch_with, with, write,
};

#[test]
fn new_reports_are_judged_by_the_published_version_until_it_is_rolled_back() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let built_in = running(&app).await;
        assert_eq!(app.report(TEAPOT).await["incident"]["class"], "routine");

        let loud = publish(&app, &mut watch, &louder()).await;
        assert_eq!(app.report(TEAPOT).await["incident"]["kind"], "unauthorized-transfer-unknown");
        publish(&app, &mut watch, &quieter()).await;
        assert_eq!(app.report(TEAPOT).await["incident"]["class"], "routine");

        assert_eq!(roll_back(&app, &mut watch, Advice::Withdrawn).await, Some(loud.clone()));
        assert_eq!(running(&app).await, loud);
        assert_eq!(roll_back(&app, &mut watch, Advice::Withdrawn).await, None, "nothing was published before");
        assert_eq!(running(&app).await, built_in);
        let starred = app.house.respond.versions().await.unwrap().into_iter().filter(|version| version.in_force);
        assert_eq!(starred.map(|version| version.digest).collect::<Vec<_>>(), [built_in]);
        assert_eq!(app.house.respond.roll_back(Advice::Withdrawn).await.unwrap(), Err(NotChanged::Nothing));
    });
}

#[test]
fn every_version_that_ran_or_was_drafted_is_listed_with_its_state() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let loud = publish(&app, &mut watch, &louder()).await;
        let quiet = publish(&app, &mut watch, &quieter()).await;
        let respond = &app.house.respond;
        let states = respond.versions().await.unwrap();
        let state = |digest: &str| {
            let version = states.iter().find(|version| version.digest == digest).unwrap();
            (version.state, version.origin, version.in_force, version.ran.is_some())
        };
        assert_eq!(state(&loud), ("retired", "command", false, true));
        assert_eq!(state(&quiet), ("published", "command", true, true));
        assert_eq!(state(&digest(&builtin_files())), ("draft", "built-in", false, true));

        assert_eq!(respond.publish(&quiet, Advice::Stands).await.unwrap(), Err(NotChanged::Published(quiet.clone())));
        assert_eq!(
            respond.publish("0f0f0f0f0f", Advice::Stands).await.unwrap(),
            Err(NotChanged::Unknown("0f0f0f0f0f".to_owned()))
        );
        assert_eq!(respond.publish("", Advice::Stands).await.unwrap(), Err(NotChanged::Unknown(String::new())));
        assert_eq!(
            respond.publish(&loud[..12].to_uppercase(), Advice::Stands).await.unwrap(),
            Ok(loud),
            "a beginning names it"
        );

        let mut tx = respond.db.read().await.unwrap();
        let entries = holdfast::store::audit::page(&mut tx, 0, 1_000).await.unwrap();
        let deeds = entries.iter().filter(|entry| entry.entry.action.starts_with("playbook."));
        let deeds: Vec<&str> = deeds.map(|entry| entry.entry.action.as_str()).collect();
        let expected = ["keep", "keep", "publish", "keep", "publish", "publish"].map(|deed| format!("playbook.{deed}"));
        assert_eq!(deeds, expected);
    });
}

#[test]
fn a_faulty_version_never_takes_the_place_of_a_running_one() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let loud = publish(&app, &mut watch, &louder()).await;
        // Kept by a program that could read it; this one cannot.
        let foreign = with("sim-swap.yaml", |yaml| format!("{yaml}\nfrom-the-future: true\n"));
        let foreign = keep(&app, &foreign).await;
        app.house.respond.publish(&foreign, Advice::Stands).await.unwrap().unwrap();
        assert!(!watch.look().await.unwrap());
        assert_eq!(running(&app).await, loud);
        assert_eq!(app.report(TEAPOT).await["incident"]["kind"], "unauthorized-transfer-unknown");
        assert!(!watch.reload().await.unwrap(), "asked again, it is refused again");
        app.house.respond.roll_back(Advice::Withdrawn).await.unwrap().unwrap();
        assert!(!watch.look().await.unwrap(), "what is published again runs already");
        assert_eq!(running(&app).await, loud);
    });
}

#[test]
fn the_configured_folder_is_read_again_when_asked_and_a_published_version_goes_before_it() {
    on_both(async |app| {
        let folder = tempfile::tempdir().unwrap();
        write(&builtin_files(), folder.path());
        let mut watch = watch_with(&app, folder.path().to_str().unwrap()).await;
        write(&louder(), folder.path());
        assert!(!watch.look().await.unwrap(), "a changed file alone is not read");
        app.house.respond.ask_to_reload().await.unwrap();
        assert!(watch.look().await.unwrap());
        assert_eq!(running(&app).await, digest(&louder()));

        std::fs::write(folder.path().join("sim-swap.yaml"), "id: sim-swap\nsings: {}\n").unwrap();
        assert!(!watch.reload().await.unwrap());
        assert_eq!(running(&app).await, digest(&louder()), "half a file changes nothing");

        let quiet = publish(&app, &mut watch, &quieter()).await;
        write(&builtin_files(), folder.path());
        assert!(!watch.reload().await.unwrap());
        assert_eq!(running(&app).await, quiet);
    });
}

/// Words of the vocabulary that the mapping of Alertmanager needs.
fn without_resolved() -> holdfast::playbook::Files {
    with("vocabulary.yaml", |yaml| {
        let at = yaml.find("monitoring.resolved").unwrap();
        let begin = yaml[..at].rfind('\n').unwrap();
        let end = at + yaml[at..].find('\n').unwrap();
        format!("{}{}", &yaml[..begin], &yaml[end..])
    })
}

#[test]
fn a_version_that_a_source_mapping_cannot_be_read_with_is_not_followed() {
    on_both(async |app| {
        let mut watch = watch(&app).await;
        let before = running(&app).await;
        let narrow = keep(&app, &without_resolved()).await;
        app.house.respond.publish(&narrow, Advice::Stands).await.unwrap().unwrap();
        assert!(!watch.look().await.unwrap());
        assert_eq!(running(&app).await, before);

        let mut config = Config::read(None, &Overrides::default()).unwrap();
        let begun = async |config: &Config| reload::begin(config, &app.house.respond.db).await.unwrap().from;
        assert_eq!(begun(&config).await, reload::From::Published, "no configured source needs the word");
        config.endpoint.push(holdfast::config::Endpoint {
            name: "monitor".to_owned(),
            source: "prometheus-alertmanager".to_owned(),
            secret_file: None,
            secret_env: None,
            previous_secret_file: None,
            previous_secret_env: None,
            ..Default::default()
        });
        assert_eq!(begun(&config).await, reload::From::BuiltIn, "a start gives way rather than up");
    });
}

#[test]
fn a_version_keeps_the_weights_it_was_made_with() {
    on_both(async |app| {
        let folder = tempfile::tempdir().unwrap();
        write(&builtin_files(), folder.path());
        let silent = holdfast::playbook::learned::Weights::default().write();
        std::fs::write(folder.path().join("text-sign.weights"), &silent).unwrap();
        let mut watch = watch_with(&app, folder.path().to_str().unwrap()).await;
        assert!(watch.reload().await.unwrap());
        let digest = running(&app).await;
        let content = holdfast::respond::versions::content(&app.house.respond.db, &digest).await.unwrap().unwrap();
        assert_eq!(content.weights, Some(silent));
        assert_eq!(digest, holdfast::cli::digest_with(&content.files, content.weights.as_deref()));
        let again = reload::kept(&app.house.respond.db, &digest).await.unwrap().set;
        let text = "someone took everything out of my account over night";
        let learned = |set: &Set| judged(set, text).contains("learned");
        assert!(learned(reload::builtin()) && !learned(&again), "it reads as it read before");
    });
}

/// What a set makes of a text, with the lines of the sum.
fn judged(set: &Set, text: &str) -> String {
    let example = serde_json::json!({"report": {"text": text}, "expect": {}});
    let example: Example = serde_json::from_value(example).unwrap();
    serde_json::to_string(&examples::judge(set, &example).unwrap()).unwrap()
}
