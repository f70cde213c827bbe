//! What a person is answered who reports.

mod answers;
mod drafts;
mod pace;
mod refusals;
mod repeats;
mod secrets;
mod stops;
mod taps;

/// What a person writes whose TRON account was taken over.
const TRON: &str = "我的波场钱包转不出去了，提示没有权限";
