//! Telling our words from others', and what comes after a case: checks, words, warnings, feedback, help, announcements.

mod after;
mod announced;
mod check;
mod feedback;
mod help;
