//! The console around its rooms: the way to each, what was done in words, and what is said before and after a deed that
//! does not go through.

use super::Say;

super::say! {
    ROOMS: "console-rooms";
    MY_ACCOUNT: "console-my-account";
    MEANWHILE: "console-meanwhile";
    NOTHING_BY_OTHERS: "console-nothing-by-others";
    TAKEN_BY: "console-taken-by";
    TAKE_ANOTHER: "console-take-another";
    LINK: "console-link";
    LINK_MORE: "console-link-more";
    LINK_SEND: "console-link-send";
    LINK_BACK: "console-link-back";
    TO_CASE: "console-to-case";
    TO_HOME: "console-to-home";
    NOT_YOURS: "console-not-yours";
    NOT_YOURS_NEXT: "console-not-yours-next";
    GONE: "console-gone";
    GONE_NEXT: "console-gone-next";
    OLD_FORM: "console-old-form";
    OLD_FORM_NEXT: "console-old-form-next";
    NOT_TAKEN: "console-not-taken";
    NOT_TAKEN_NEXT: "console-not-taken-next";
    TOO_MANY: "console-too-many";
    TOO_MANY_NEXT: "console-too-many-next";
    BROKEN: "console-broken";
    BROKEN_NEXT: "console-broken-next";
    MOVED_ON: "console-moved-on";
    MOVED_ON_NEXT: "console-moved-on-next";
    NO_BACKEND: "console-no-backend";
    UNDER_WAY: "console-under-way";
    IN_FORCE: "console-in-force";
    MAY_HAVE_LEFT: "console-may-have-left";
    NO_INVERSE: "console-no-inverse";
    ONLY_PRACTICE: "console-only-practice";
    RULE: "console-rule";
    BRAKE: "console-brake";
    SIGN_IN_AGAIN: "console-sign-in-again";
    DID_CLAIM: "console-did-claim";
    DID_HAND_BACK: "console-did-hand-back";
    DID_LEASE_ENDED: "console-did-lease-ended";
    DID_RENEW: "console-did-renew";
    DID_MESSAGE: "console-did-message";
    DID_NOTE: "console-did-note";
    DID_STEP: "console-did-step";
    DID_VERDICT: "console-did-verdict";
    DID_ESCALATE: "console-did-escalate";
    DID_REOPEN: "console-did-reopen";
    DID_DECIDE: "console-did-decide";
    DID_TIER: "console-did-tier";
    DID_RULE: "console-did-rule";
    DID_SPLIT: "console-did-split";
    DID_MERGE: "console-did-merge";
    DID_ATTACH: "console-did-attach";
    DID_REVEAL: "console-did-reveal";
    DID_UNDO: "console-did-undo";
    DID_OPEN: "console-did-open";
    DID_ASSESS: "console-did-assess";
    DID_TAKE_DOWN: "console-did-take-down";
    DID_ORDER: "console-did-order";
    DID_PROMISE_MISSED: "console-did-promise-missed";
    DID_FILE_VIEW: "console-did-file-view";
    DID_WARN: "console-did-warn";
    DID_EXPORT: "console-did-export";
    DID_LEGAL_HOLD: "console-did-legal-hold";
    DID_LIFT_HOLD: "console-did-lift-hold";
    DID_BRAKE: "console-did-brake";
    DID_CIRCLE_CLOSE: "console-did-circle-close";
    DID_CIRCLE_OPEN: "console-did-circle-open";
    DID_CIRCLE_LIST: "console-did-circle-list";
    DID_GLASS: "console-did-glass";
    DID_ORPHANED: "console-did-orphaned";
    DID_RETURNED: "console-did-returned";
}

/// What was done, by the word that the trail has for it; nothing for what only machines do.
pub fn deed(word: &str) -> Option<Say> {
    Some(match word {
        "incident.claim" => DID_CLAIM,
        "incident.release" | "incident.hand-back" => DID_HAND_BACK,
        "incident.lease-ended" => DID_LEASE_ENDED,
        "incident.renew" => DID_RENEW,
        "incident.message" => DID_MESSAGE,
        "incident.note" => DID_NOTE,
        "incident.step" => DID_STEP,
        "incident.verdict" | "incident.close-itself" => DID_VERDICT,
        "incident.escalate" => DID_ESCALATE,
        "incident.reopen" => DID_REOPEN,
        "incident.decide" => DID_DECIDE,
        "incident.tier" => DID_TIER,
        "incident.rule" => DID_RULE,
        "incident.split" => DID_SPLIT,
        "incident.merge" => DID_MERGE,
        "incident.attach" | "attachment.add" => DID_ATTACH,
        "attachment.view" => DID_FILE_VIEW,
        "incident.reveal" => DID_REVEAL,
        "incident.undo" => DID_UNDO,
        "incident.open" => DID_OPEN,
        "incident.assess" => DID_ASSESS,
        "incident.take-down" => DID_TAKE_DOWN,
        "incident.promise-missed" => DID_PROMISE_MISSED,
        "incident.second-theft-warning" => DID_WARN,
        "incident.export" => DID_EXPORT,
        "incident.hold" => DID_LEGAL_HOLD,
        "incident.lift-hold" => DID_LIFT_HOLD,
        "order.ask" | "order.approve" | "order.withdraw" | "order.review" | "order.state" => DID_ORDER,
        "order.brake" => DID_BRAKE,
        "circle.close" => DID_CIRCLE_CLOSE,
        "circle.open" => DID_CIRCLE_OPEN,
        "circle.add" | "circle.remove" | "circle.leave" => DID_CIRCLE_LIST,
        "circle.glass" => DID_GLASS,
        "circle.orphaned" => DID_ORPHANED,
        "circle.returned" => DID_RETURNED,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::deed;

    fn words(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                words(&path, found);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                found.extend(text.split('"').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }

    /// What the trail has of a case is told in words: no word that is written down beside a case is missing here.
    #[test]
    fn every_deed_about_a_case_has_words() {
        let mut found = Vec::new();
        words(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/respond"), &mut found);
        let rooms = ["incident.", "order.", "circle.", "attachment."];
        // A look is left out of what people read, and a brake is let go for the house.
        let other = ["incident.view", "order.brake-release"];
        let is_word = |word: &String| {
            rooms.iter().any(|room| word.strip_prefix(room).is_some_and(|rest| !rest.is_empty()))
                && word.chars().all(|c| c.is_ascii_lowercase() || ".-".contains(c))
        };
        let missing: Vec<_> = found
            .iter()
            .filter(|word| is_word(word) && !other.contains(&word.as_str()) && deed(word).is_none())
            .collect();
        assert!(found.iter().filter(|word| is_word(word)).count() > 40);
        assert!(missing.is_empty(), "{missing:?}");
    }
}
