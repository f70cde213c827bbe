//! The session a request runs in, for the audit trail: it travels with the work, so that no deed can forget it.

use std::future::Future;

tokio::task_local! {
    static SESSION: String;
}

/// Does something in a session, given as a digest that opens nothing.
pub async fn within<T>(session: Option<String>, work: impl Future<Output = T>) -> T {
    match session {
        Some(session) => SESSION.scope(session, work).await,
        None => work.await,
    }
}

/// The session of the work in hand.
pub(super) fn current() -> Option<String> {
    SESSION.try_with(Clone::clone).ok()
}
