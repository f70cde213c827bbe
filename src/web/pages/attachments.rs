//! Files on the case page and on the page of an incident: the list, and the form that adds one.

use maud::{Markup, html};

use super::actions;
use super::layout::Frame;
use super::plan::hidden;
use super::staff::IncidentPage;
use super::staff::actions as staff_actions;
use super::words::{self, Say, attachment as say};
use crate::attachment::{Kind, Refused};
use crate::respond::MOST_ATTACHMENTS;
use crate::respond::view::CaseView;
use crate::time::Timestamp;

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
                ul.files {
                    @for file in &view.attachments {
                        (entry(frame, &format!("{}/{}", actions::ATTACHMENTS, file.id), (&file.name, file.kind), (file.size, file.at), None))
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
                ul.files {
                    @for file in &page.detail.attachments {
                        (entry(frame, &format!("{base}/{}", file.id), (&file.name, file.kind), (file.size, file.at), file.by.as_deref()))
                    }
                }
            }
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

fn entry(
    frame: &Frame<'_>,
    address: &str,
    (name, kind): (&str, Kind),
    (size, at): (i64, Timestamp),
    by: Option<&str>,
) -> Markup {
    html! {
        li {
            a href=(address) { (name) }
            " " span.hint {
                (frame.say(say::kind(kind))) " · " (kilobytes(size)) " kB · " (words::moment(at, frame.language))
                @if let Some(by) = by { " · " bdi { (by) } }
            }
        }
    }
}

/// Thousands of bytes, at least one.
fn kilobytes(size: i64) -> i64 {
    (size.max(0).saturating_add(999) / 1000).max(1)
}
