//! What runs after a version was published, rolled back, or turned out to be faulty.

use holdfast::playbook::builtin_files;
use holdfast::respond::versions::NotChanged;

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

        assert_eq!(roll_back(&app, &mut watch).await, Some(loud.clone()));
        assert_eq!(running(&app).await, loud);
        assert_eq!(roll_back(&app, &mut watch).await, None, "nothing was published before");
        assert_eq!(running(&app).await, built_in);
        assert_eq!(app.house.respond.roll_back().await.unwrap(), Err(NotChanged::Nothing));
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

        assert_eq!(respond.publish(&quiet).await.unwrap(), Err(NotChanged::Published(quiet.clone())));
        assert_eq!(respond.publish("0f0f0f0f0f").await.unwrap(), Err(NotChanged::Unknown("0f0f0f0f0f".to_owned())));
        assert_eq!(respond.publish("").await.unwrap(), Err(NotChanged::Unknown(String::new())));
        assert_eq!(respond.publish(&loud[..12].to_uppercase()).await.unwrap(), Ok(loud), "a beginning names it");

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
        app.house.respond.publish(&foreign).await.unwrap().unwrap();
        assert!(!watch.look().await.unwrap());
        assert_eq!(running(&app).await, loud);
        assert_eq!(app.report(TEAPOT).await["incident"]["kind"], "unauthorized-transfer-unknown");
        assert!(!watch.reload().await.unwrap(), "asked again, it is refused again");
        app.house.respond.roll_back().await.unwrap().unwrap();
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
