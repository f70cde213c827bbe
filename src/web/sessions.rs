//! Staff sessions, in memory: a restart signs everybody out, and the token behind one is looked up on each request.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::house::House;
use crate::access::{StaffToken, digest_of};
use crate::time::{Span, Timestamp};

/// SES-02.
const IDLE: Span = Span::from_minutes(30);
const ABSOLUTE: Span = Span::from_minutes(12 * 60);

/// Staff sessions by the digest of their cookie.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<String, Session>>);

/// Who signed in: the digest of the token they showed.
#[derive(Clone)]
pub struct Session {
    pub token: String,
    begun: Timestamp,
    used: Timestamp,
}

impl Sessions {
    pub fn begin(&self, house: &House, token: String) -> StaffToken {
        let session = StaffToken::new(&*house.respond.room().random);
        let now = house.respond.room().now();
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.is_good(now));
        sessions.insert(digest_of(session.reveal()), Session { token, begun: now, used: now });
        session
    }

    pub fn find(&self, cookie: &str, now: Timestamp) -> Option<Session> {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let session = sessions.get_mut(&digest_of(cookie)).filter(|session| session.is_good(now))?;
        session.used = now;
        Some(session.clone())
    }

    /// The same without counting as use.
    pub fn peek(&self, cookie: &str, now: Timestamp) -> Option<Session> {
        let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(&digest_of(cookie)).filter(|session| session.is_good(now)).cloned()
    }

    pub fn end(&self, cookie: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest_of(cookie));
    }
}

impl Session {
    fn is_good(&self, now: Timestamp) -> bool {
        now >= self.used && now.since(self.used) <= IDLE && now.since(self.begun) <= ABSOLUTE
    }
}
