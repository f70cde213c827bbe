//! What a source is answered, and what becomes of its alerts.

mod copies;
mod history;
mod joining;
mod raw;
mod refused;
mod set_aside;

use serde_json::{Value, json};

/// A chain monitor saw the permissions of this account change.
fn permission_changed(account: &str) -> Value {
    json!({
        "type": "chain.permission-changed",
        "timestamp": "2026-03-02T08:59:00Z",
        "data": {"account": account, "chain": "tron", "severity": "high"},
    })
}

/// Somebody signed in as they always do.
fn login(account: &str) -> Value {
    json!({
        "type": "auth.login",
        "timestamp": "2026-03-02T08:50:00Z",
        "data": {"account": account, "ip": "203.0.113.7", "outcome": "success", "severity": "info"},
    })
}
