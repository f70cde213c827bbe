//! The texts of letters, notices and alarms, from the Fluent files in `catalogues/`: one folder a language, one file a room.

crate::catalogue::shelf![
    "catalogues":
    "account",
    "aftercare",
    "alarm",
    "footer",
    "mail",
    "notice",
    "outlook",
    "reading",
    "release",
    "rest",
    "security-txt",
    "stop"
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::complete::Shelf;
    use crate::guidance::words::rooms;

    #[test]
    fn letters_and_notices_have_their_texts_in_every_language_and_leave_none_unused() {
        let names = rooms().into_iter().flatten().map(|say| (say.key(), Some(say.takes().to_vec()))).collect();
        let faults = Shelf { files, of, names }.faults();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
