//! What somebody is writing, for an hour and through a reload: sealed, in memory, behind a cookie that no script sees.
//! Nothing is left in the browser, and secrets are out before anything is kept.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use super::pages::form::Form;
use crate::access::{StaffToken, digest_of};
use crate::id::Random;
use crate::seal::{DataKey, Keys, Place};
use crate::time::{Span, Timestamp};

/// The cookie that a draft is found by.
pub const COOKIE: &str = "__Host-hf_draft";
const KEPT: Span = Span::from_minutes(60);
const BYTES: usize = 32 * 1024 * 1024;

/// Drafts by the digest of their cookie.
pub struct Drafts {
    kept: Mutex<Kept>,
    key: DataKey,
    /// Bytes of all drafts together; beyond, the oldest go.
    most: usize,
}

#[derive(Default)]
struct Kept {
    drafts: HashMap<String, Draft>,
    bytes: usize,
}

struct Draft {
    at: Timestamp,
    sealed: Vec<u8>,
}

impl Drafts {
    /// Sealed under a key of their own, which ends with the process.
    pub fn new(keys: &Keys, random: &dyn Random) -> Self {
        let (key, _) = keys.new_data_key(Place { table: "draft", column: "data_key", row: "" }, random);
        Self { kept: Mutex::default(), key, most: BYTES }
    }

    /// Keeps what is written, without secrets, in place of what was written before. The token for the cookie, when there
    /// was none that is still good.
    pub fn keep(
        &self,
        cookie: Option<&str>,
        form: Form,
        (now, random): (Timestamp, &dyn Random),
    ) -> Option<StaffToken> {
        let known = cookie.map(digest_of).filter(|digest| self.holds(digest, now));
        let token = known.is_none().then(|| StaffToken::new(random));
        let digest = token.as_ref().map_or(known.unwrap_or_default(), |token| digest_of(token.reveal()));
        let text = Zeroizing::new(serde_json::to_vec(&form.scrubbed()).expect("a form is plain data"));
        let sealed = self.key.seal(place(&digest), &text, random);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(&digest);
        kept.bytes += sealed.len();
        kept.drafts.insert(digest, Draft { at: now, sealed });
        kept.make_room(self.most, now);
        token
    }

    fn holds(&self, digest: &str, now: Timestamp) -> bool {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.drafts.get(digest).is_some_and(|draft| draft.is_good(now))
    }

    /// What was written, while it is kept.
    pub fn find(&self, cookie: &str, now: Timestamp) -> Option<Form> {
        let digest = digest_of(cookie);
        let sealed = {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.drafts.get(&digest).filter(|draft| draft.is_good(now))?.sealed.clone()
        };
        let text = self.key.open(place(&digest), &sealed).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Forgets it: the report was sent, or the person left.
    pub fn forget(&self, cookie: &str) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest_of(cookie));
    }
}

impl Drafts {
    /// The memory that drafts take now, without what keeps them in order.
    pub fn bytes(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).bytes
    }

    /// Forgets what is older than an hour.
    pub fn sweep(&self, now: Timestamp) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let over: Vec<String> = kept
            .drafts
            .iter()
            .filter(|(_, draft)| now.since(draft.at) >= KEPT)
            .map(|(digest, _)| digest.clone())
            .collect();
        for digest in over {
            kept.remove(&digest);
        }
    }
}

impl Kept {
    fn remove(&mut self, digest: &str) {
        if let Some(gone) = self.drafts.remove(digest) {
            self.bytes = self.bytes.saturating_sub(gone.sealed.len());
        }
    }

    fn make_room(&mut self, most: usize, now: Timestamp) {
        if self.bytes <= most {
            return;
        }
        let mut by_age: Vec<(Timestamp, String)> =
            self.drafts.iter().map(|(digest, draft)| (draft.at, digest.clone())).collect();
        by_age.sort();
        for (at, digest) in by_age {
            // A tenth more than needed, so that not each one that comes sorts them all.
            if self.bytes <= most - most / 10 && now.since(at) < KEPT {
                break;
            }
            self.remove(&digest);
        }
    }
}

impl Draft {
    fn is_good(&self, now: Timestamp) -> bool {
        now >= self.at && now.since(self.at) < KEPT
    }
}

fn place(digest: &str) -> Place<'_> {
    Place { table: "draft", column: "form", row: digest }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// Counts up.
    #[derive(Default)]
    struct Count(AtomicU64);

    impl Random for Count {
        fn fill(&self, bytes: &mut [u8]) {
            let number = self.0.fetch_add(1, Ordering::Relaxed).to_le_bytes();
            for (byte, counted) in bytes.iter_mut().zip(number.iter().cycle()) {
                *byte = *counted;
            }
        }
    }

    static CHANCE: Count = Count(AtomicU64::new(0));

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn form(text: &str) -> Form {
        Form { text: text.to_owned(), ..Form::default() }
    }

    fn drafts() -> Drafts {
        Drafts::new(&Keys::new([3; 32]), &CHANCE)
    }

    #[test]
    fn a_draft_is_kept_for_an_hour_under_one_token_and_forgotten_on_a_word() {
        let drafts = drafts();
        let token = drafts.keep(None, form("my coins"), (NOW, &CHANCE)).unwrap();
        let cookie = token.reveal();
        assert!(drafts.keep(Some(cookie), form("my coins are"), (NOW, &CHANCE)).is_none(), "the same cookie");
        let found = drafts.find(cookie, NOW.plus(Span::from_minutes(59))).unwrap();
        assert_eq!(found.text, "my coins are");
        assert!(drafts.find(cookie, NOW.plus(Span::from_minutes(60))).is_none());
        assert!(drafts.find("another", NOW).is_none());
        drafts.forget(cookie);
        assert!(drafts.find(cookie, NOW).is_none());
        assert_eq!(drafts.kept.lock().unwrap().bytes, 0);
    }

    #[test]
    fn no_phrase_is_ever_in_a_draft() {
        let drafts = drafts();
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let token = drafts.keep(None, form(&format!("it is {phrase}")), (NOW, &CHANCE)).unwrap();
        assert!(!drafts.find(token.reveal(), NOW).unwrap().text.contains("sausage"));
    }

    #[test]
    fn a_cookie_that_was_made_up_is_not_taken_over() {
        let drafts = drafts();
        let token = drafts.keep(Some("made-up"), form("x"), (NOW, &CHANCE));
        assert!(token.is_some_and(|token| token.reveal() != "made-up"));
        assert!(drafts.find("made-up", NOW).is_none());
    }

    #[test]
    fn a_flood_of_drafts_keeps_memory_bounded_and_the_newest() {
        let drafts = Drafts { most: 20_000, ..drafts() };
        let mut last = None;
        for number in 0..200 {
            let (at, long) = (NOW.plus(Span::from_millis(number)), "很".repeat(100));
            last = drafts.keep(None, form(&long), (at, &CHANCE));
        }
        assert!(drafts.kept.lock().unwrap().bytes <= 20_000);
        assert!(drafts.find(last.unwrap().reveal(), NOW.plus(Span::from_seconds(4))).is_some());
    }
}
