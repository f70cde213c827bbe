//! Where a sentence or a clause ends. A point inside a number, an address or a domain does
//! not end anything.

use std::ops::Range;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    Sentence,
    Clause,
}

/// Words that turn a sentence round, so that what follows is a clause of its own.
const TURNS: [&str; 6] = ["但是", "可是", "不过", "然而", "但", "but"];

/// Cuts folded text; `hard` holds, in order, the offsets of marks that always cut.
pub fn split<'a>(text: &'a str, hard: &'a [usize], cut: Cut) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut start = 0;
    std::iter::from_fn(move || {
        while start < text.len() {
            let end = end_of(text, hard, cut, start);
            let piece = trimmed(text, start..end);
            start = end;
            if text[piece.clone()].chars().any(|c| !is_mark(c)) {
                return Some(piece);
            }
        }
        None
    })
}

/// The offset after the last mark of the piece that begins at `start`.
fn end_of(text: &str, hard: &[usize], cut: Cut, start: usize) -> usize {
    for (offset, c) in text[start..].char_indices() {
        let at = start + offset;
        let after = at + c.len_utf8();
        if cut == Cut::Clause && at > start && is_turn(text, at) {
            return at;
        }
        if cuts(text, at, c, cut, hard) {
            let marks = text[after..].chars().take_while(|next| is_mark(*next));
            return after + marks.map(char::len_utf8).sum::<usize>();
        }
    }
    text.len()
}

fn cuts(text: &str, at: usize, c: char, cut: Cut, hard: &[usize]) -> bool {
    let tight = || {
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        (before, after)
    };
    let certain = hard.binary_search(&at).is_ok();
    match c {
        ' ' => certain,
        '!' => true,
        '.' | '?' | ';' if certain => true,
        '.' => {
            let (before, after) = tight();
            !(before.is_none_or(|c| c.is_ascii_alphanumeric()) && after.is_some_and(|c| c.is_ascii_alphanumeric()))
        }
        '?' | ';' => {
            // Between two visible ASCII characters it belongs to a link.
            let (before, after) = tight();
            !(before.is_some_and(|c| c.is_ascii_graphic())
                && after.is_some_and(|c| c.is_ascii_graphic() && !is_mark(c)))
        }
        ',' if cut == Cut::Clause => {
            let (before, after) = tight();
            certain || !(before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()))
        }
        _ => false,
    }
}

fn is_turn(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let Some(word) = TURNS.iter().find(|word| text[at..].starts_with(**word)) else {
        return false;
    };
    let after = text[at + word.len()..].chars().next();
    match *word {
        "but" => {
            before.is_none_or(|c| !c.is_alphanumeric() && c != '\'')
                && after.is_none_or(|c| !c.is_alphanumeric() && c != '\'')
        }
        // "不但" and "非但" go on, "但愿" hopes.
        "但" => !matches!(before, Some('不' | '非')) && after != Some('愿'),
        // "不过来", "不过去": does not come over, does not get past.
        "不过" => !matches!(after, Some('来' | '去')),
        _ => true,
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | ',' | ' ')
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let kept = piece.trim().trim_end_matches(',').trim_end();
    start..start + kept.len()
}
