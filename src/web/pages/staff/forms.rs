//! What every form of the console carries, and which forms are offered to whom.

use std::collections::BTreeSet;

use super::actions::{self, Post};
use super::samples::{ME, detail, every_page, set, shown};
use crate::playbook::Class;
use crate::respond::IncidentDetail;
use crate::text::Language;

/// The forms of a page: where each posts to and the names of its fields.
fn forms(page: &str) -> Vec<(String, BTreeSet<String>)> {
    let form = |form: &str| {
        let form = form.split("</form>").next().unwrap();
        let (head, body) = form.split_once('>').unwrap();
        assert!(head.contains(r#"method="post""#), "{head}");
        let action = head.split_once("action=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
        let names = body.split(" name=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        (action.to_owned(), names.collect())
    };
    page.split("<form").skip(1).map(form).collect()
}

fn fields(action: &str) -> &'static [&'static str] {
    let post = Post::ALL
        .into_iter()
        .find(|post| action.starts_with(actions::INCIDENTS) && action.ends_with(&format!("/{}", post.as_str())));
    match post {
        Some(Post::Renew | Post::Release) => &["csrf", "fence"],
        // The button that keeps words for later says which they are.
        Some(Post::Message | Post::Note) => &["csrf", "field", "text"],
        Some(Post::Step) => &["csrf", "state", "step"],
        Some(Post::Verdict) => &["csrf", "kind", "reason", "verdict", "version"],
        Some(Post::Escalate) => &["csrf", "level", "reason", "version"],
        Some(Post::Reopen) => &["csrf", "reason", "version"],
        Some(Post::Decide) => &["csrf", "grant", "reason", "request"],
        None if action.ends_with("/reveal") => &["csrf", "field", "reason"],
        None if [actions::SECOND, actions::ENROL].contains(&action) => &["code", "csrf"],
        None if action == actions::STEP_UP => &["code", "csrf", "then"],
        None if action == actions::PASSWORD => &["before", "csrf", "password"],
        None if action == actions::ADDRESS => &["address", "csrf"],
        None if action == actions::FORGOTTEN => &["csrf", "who"],
        None if action == actions::UNLINK => &["csrf", "identity"],
        None if action.starts_with("/staff/federated/") => &["csrf", "for"],
        None if action == actions::GLASS => &["case", "csrf", "reason"],
        None if action.ends_with("/attachments") => &["csrf", "file"],
        None if action.ends_with("/orders") => &["csrf", "deed", "order", "then"],
        None if action == actions::REVIEW => &["csrf", "reason"],
        None if action == actions::TIER => &["csrf", "incident", "reason", "tier"],
        Some(Post::Claim) | None => &["csrf"],
    }
}

#[test]
fn every_form_carries_the_token_and_just_what_its_route_takes() {
    let mut seen = BTreeSet::new();
    for page in every_page(Language::En) {
        for (action, names) in forms(&page) {
            let mut names = names;
            // What is said of a step goes by the claim in hand or, when nobody holds the case, by the version seen.
            if action.ends_with("/step") {
                assert!(names.remove("fence") != names.remove("version"), "{names:?}");
            }
            // A step is waived by a form of its own, with a reason.
            if action.ends_with("/step") && names.contains("reason") {
                assert!(names.iter().eq(["csrf", "reason", "state", "step"]), "{names:?}");
                continue;
            }
            // What a browser signs goes with the same form as a code.
            if names.remove("passkey") {
                assert!(names.remove("csrf"), "{action}");
                continue;
            }
            // A message with a link is sent by a form of its own, which says that it is meant.
            if action.ends_with("/message") && names.contains("sure") {
                assert!(names.iter().eq(["csrf", "sure", "text"]), "{names:?}");
                continue;
            }
            // A correction says what it corrects, and always why.
            if action.ends_with("/correct") {
                for name in ["csrf", "version", "what", "reason"] {
                    assert!(names.contains(name), "{name}: {names:?}");
                }
                continue;
            }
            // A list of people is made, changed or opened.
            if action.ends_with("/circle") {
                assert!(["csrf", "what"].iter().all(|name| names.contains(*name)), "{names:?}");
                continue;
            }
            // Those who come in: by login or by token, by the set-up link or by an invitation.
            let ways: [&[&str]; 7] = [
                &["csrf", "login", "password"],
                &["csrf", "token"],
                &["csrf", "login", "name", "password"],
                &["csrf", "password", "username"],
                &["address", "csrf", "password", "username"],
                // By a link that was mailed.
                &["csrf", "password"],
                &["csrf"],
            ];
            if action == actions::SIGN_IN || action.is_empty() {
                assert!(ways.iter().any(|way| names.iter().eq(way.iter())), "{action}: {names:?}");
                seen.insert(action.rsplit('/').next().unwrap().to_owned());
                continue;
            }
            assert_eq!(names, fields(&action).iter().map(|&name| name.to_owned()).collect(), "{action}");
            if action.ends_with("/reveal") {
                continue;
            }
            seen.insert(action.rsplit('/').next().unwrap().to_owned());
        }
    }
    let all = "address attachments chat-code claim corp decide end-others enrol escalate forgotten glass leave-chats message note orders password release renew reopen review second sign-in sign-out step step-up tier unlink verdict";
    assert_eq!(seen, std::iter::once("").chain(all.split(' ')).map(str::to_owned).collect());
}

#[test]
fn what_can_be_done_follows_from_whose_hands_it_is_in() {
    let set = set();
    let offered = |state, holder| {
        let forms = forms(&shown(&set, Language::En, &detail(state, holder)));
        forms
            .into_iter()
            .filter_map(|(action, _)| {
                action.strip_prefix(actions::INCIDENTS).and_then(|rest| rest.rsplit('/').next()).map(str::to_owned)
            })
            .filter(|action| action != "reveal")
            .collect::<Vec<_>>()
    };
    let corrects = |state, holder| offered(state, holder).contains(&"correct".to_owned());
    assert!(corrects("open", None) && corrects("held", Some(ME)));
    assert!(!corrects("held", Some("Responder Two")) && !corrects("closed", None));
    let offered =
        |state, holder| offered(state, holder).into_iter().filter(|action| action != "correct").collect::<Vec<_>>();
    assert_eq!(offered("open", None).join(" "), "claim decide message note attachments step step verdict escalate");
    assert_eq!(
        offered("held", Some(ME)).join(" "),
        "renew release decide message note attachments step step verdict escalate"
    );
    assert_eq!(offered("held", Some("Responder Two")).join(" "), "decide message note attachments verdict escalate");
    assert_eq!(offered("closed", None).join(" "), "decide message note attachments reopen");
}

#[test]
fn a_level_only_goes_up() {
    let set = set();
    let levels = |class, level| {
        let page = shown(&set, Language::En, &IncidentDetail { class, level, ..detail("open", None) });
        let select =
            page.split_once("id=\"level\"").map_or("", |(_, rest)| rest.split("</select>").next().unwrap()).to_owned();
        (1..=5_u8).filter(|level| select.contains(&format!("value=\"{level}\""))).collect::<Vec<_>>()
    };
    assert_eq!(levels(Class::Security, 3), [1, 2]);
    assert!(levels(Class::Security, 1).is_empty());
    assert_eq!(levels(Class::Routine, 5), [1, 2, 3, 4, 5], "a routine request may move over as it is");
}
