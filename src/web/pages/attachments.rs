//! Files on the case page and on the page of an incident: the list, and the form that adds one.

use maud::{Markup, html};

use super::actions;
use super::layout::Frame;
use super::plan::hidden;
use super::staff::IncidentPage;
use super::staff::actions as staff_actions;
use super::words::{self, Say, attachment as say};
use crate::access::Permission;
use crate::attachment::Refused;
use crate::respond::MOST_ATTACHMENTS;
use crate::respond::view::CaseView;

/// What came of a file that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    Added,
    Full,
    Refused(Refused),
}

impl Came {
    /// What an address says came of it.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "added" => Some(Self::Added),
            "full" => Some(Self::Full),
            word => Refused::ALL.into_iter().find(|refused| refused.as_str() == word).map(Self::Refused),
        }
    }

    fn said(self) -> Say {
        match self {
            Self::Added => say::ADDED,
            Self::Full => say::FULL,
            Self::Refused(refused) => say::refused(refused),
        }
    }
}

/// What browsers offer to choose from; iPhones hand over a JPEG then.
const ACCEPT: &str = "image/png,image/jpeg,image/webp,.pdf,.txt";

/// The holder's own files. Without a script, and at the foot of what they can write.
pub fn of_case(frame: &Frame<'_>, view: &CaseView, (csrf, came): (&str, Option<Came>)) -> Markup {
    let is_full = i64::try_from(view.attachments.len()).is_ok_and(|count| count >= MOST_ATTACHMENTS);
    html! {
        section #files {
            h2 { (frame.say(say::TITLE)) }
            @if let Some(came) = came { p.notice role="status" { (frame.say(came.said())) } }
            @if !view.attachments.is_empty() {
                ul {
                    @for file in &view.attachments {
                        li {
                            a href={ (actions::ATTACHMENTS) "/" (file.id) } { (file.name) }
                            " " span.hint { (kilobytes(file.size)) " kB" }
                        }
                    }
                }
            }
            @if is_full { p.hint { (frame.say(say::FULL)) } } @else {
                form method="post" action=(actions::ATTACHMENTS) enctype="multipart/form-data" {
                    (hidden("csrf", csrf))
                    label for="file" { (frame.say(say::CHOOSE)) }
                    p.hint #file-hint { (frame.say(say::TAKEN)) }
                    input #file type="file" name="file" accept=(ACCEPT) aria-describedby="file-hint file-never" required;
                    p #file-never { b { (frame.say(say::NEVER)) } " " (frame.say(say::STRIPPED)) }
                    button { (frame.say(say::ADD)) }
                }
            }
        }
    }
}

/// All files of an incident, for staff.
pub fn of_incident(page: &IncidentPage<'_>) -> Markup {
    let frame = &page.frame;
    let base = format!("{}/attachments", staff_actions::incident(page.detail.id));
    html! {
        section #files {
            h2 { (frame.say(say::TITLE)) " " span.count { (page.detail.attachments.len()) } }
            @if let Some(came) = page.file { p.notice role="status" { (frame.say(came.said())) } }
            @if page.detail.attachments.is_empty() { p.hint { (frame.say(say::NONE)) } } @else {
                p.hint { (frame.say(say::LOOKS_ARE_NOTED)) }
                ul {
                    @for file in &page.detail.attachments {
                        li {
                            a href={ (base) "/" (file.id) } { (file.name) }
                            " " span.hint {
                                (frame.say(say::kind(file.kind))) " · " (kilobytes(file.size)) " kB · "
                                (words::moment(file.at, frame.language))
                                @if let Some(by) = &file.by { " · " bdi { (page.call(by)) } }
                            }
                        }
                    }
                }
            }
            @if frame.may(Permission::WorkIncident) {
                form method="post" action=(base) enctype="multipart/form-data" {
                    (hidden("csrf", page.csrf))
                    label for="file" { (frame.say(say::CHOOSE)) }
                    p.hint #file-hint { (frame.say(say::TAKEN)) " " (frame.say(say::STAFF_ALONE)) }
                    input #file type="file" name="file" accept=(ACCEPT) aria-describedby="file-hint" required;
                    button { (frame.say(say::ADD)) }
                }
            }
        }
    }
}

/// Thousands of bytes, at least one.
fn kilobytes(size: i64) -> i64 {
    (size.max(0).saturating_add(999) / 1000).max(1)
}
