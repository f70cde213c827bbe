//! The wordings that there are, and the pieces that each takes.

/// Where a wording ends up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The subject of a mail to a person.
    Subject,
    /// What a mail to a person says.
    Text,
    /// A line for staff.
    Alarm,
}

/// A wording that can be replaced.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    pub name: &'static str,
    pub sort: Sort,
    /// Pieces without which it would say too little.
    pub needs: &'static [&'static str],
    /// Further pieces that it may take.
    pub takes: &'static [&'static str],
}

const fn subject(name: &'static str) -> Known {
    Known { name, sort: Sort::Subject, needs: &["reference"], takes: &[] }
}

const fn text(name: &'static str) -> Known {
    Known { name, sort: Sort::Text, needs: &[], takes: &["reference"] }
}

const fn alarm(name: &'static str, needs: &'static [&'static str]) -> Known {
    Known { name, sort: Sort::Alarm, needs, takes: &[] }
}

/// All of them.
pub const KNOWN: &[Known] = &[
    subject("mail-answered-subject"),
    text("mail-answered-text"),
    subject("mail-taken-subject"),
    text("mail-taken-text"),
    subject("mail-closed-subject"),
    text("mail-closed-text"),
    subject("mail-reopened-subject"),
    text("mail-reopened-text"),
    subject("mail-decided-subject"),
    text("mail-decided-text"),
    subject("mail-second-theft-subject"),
    text("mail-second-theft-text"),
    subject("mail-contact-asked-subject"),
    text("mail-contact-asked-text"),
    subject("mail-contact-agreed-subject"),
    text("mail-contact-agreed-text"),
    subject("mail-release-subject"),
    text("mail-release-text"),
    alarm("alarm-waits", &["level", "kind", "reference", "wait"]),
    alarm("alarm-waits-many", &["level", "count", "wait"]),
    alarm("alarm-source-silent", &["level", "source", "wait"]),
    alarm("alarm-dead-letters", &["level", "target"]),
    alarm("alarm-automatic-braked", &["level", "wait"]),
    alarm("alarm-unreviewed", &["level", "wait"]),
    alarm("alarm-glass", &["level"]),
    alarm("alarm-circle-orphaned", &["level"]),
    alarm("alarm-approval", &["level", "reference", "wait"]),
    alarm("alarm-late", &["level", "reference", "wait"]),
    alarm("alarm-advice", &[]),
];

impl Known {
    pub fn of(name: &str) -> Option<&'static Self> {
        KNOWN.iter().find(|known| known.name == name)
    }

    /// Every piece that may stand in it.
    pub fn pieces(&self) -> impl Iterator<Item = &'static str> {
        self.needs.iter().chain(self.takes).copied()
    }
}
