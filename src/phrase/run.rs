//! Finds recovery phrases written with something between their words.

use super::{
    Found, Secret,
    cue::Cues,
    gap::{Gap, Words},
    han,
    layout::Candidate,
    lists::{LANGUAGES, Spelling, is_chinese},
    span::Reading,
};

/// The shortest phrase but one word.
pub const FEWEST: usize = 11;

/// Adds the recovery phrases of the text.
pub fn find(text: &str, cues: &Cues, found: &mut Vec<Found>) {
    if text.len() < FEWEST * 3 {
        return;
    }
    let words = Words::of(text);
    if words.list.len() < FEWEST {
        return;
    }
    for (language, spelling) in readings(&words) {
        let reading = Reading::of(&words, language, spelling);
        for span in separated(&words, &reading, cues) {
            found
                .push((words.list[span.start].range.start..words.list[span.end - 1].range.end, Secret::RecoveryPhrase));
        }
        if is_chinese(language) {
            found.extend(han::find(&words, &reading, cues).into_iter().map(|range| (range, Secret::RecoveryPhrase)));
        }
    }
}

/// The lists and spellings that enough words of the text belong to.
fn readings(words: &Words) -> Vec<(usize, Spelling)> {
    let mut counts = [[0_usize; 2]; LANGUAGES];
    for word in &words.list {
        for hit in word.hits {
            for (count, spelling) in counts[usize::from(hit.language)].iter_mut().zip(Spelling::ALL) {
                *count += usize::from(spelling.admits(hit.form));
            }
        }
    }
    let mut readings = Vec::new();
    for (language, counts) in counts.iter().enumerate() {
        for (count, spelling) in counts.iter().zip(Spelling::ALL) {
            if *count >= FEWEST && !(is_chinese(language) && spelling == Spelling::Abbreviated) {
                readings.push((language, spelling));
            }
        }
    }
    readings
}

fn separated(words: &Words, reading: &Reading, cues: &Cues) -> Vec<std::ops::Range<usize>> {
    let mut spans: Vec<std::ops::Range<usize>> = Vec::new();
    let runs = reading.runs();
    for (at, run) in runs.iter().enumerate() {
        if spans.last().is_some_and(|last| last.end >= run.end) {
            continue;
        }
        let joined = runs.get(at + 1).filter(|next| {
            next.start == run.end + 1
                && words.list[run.end].gap != Gap::Break
                && words.list[next.start].gap != Gap::Break
        });
        let pair = joined.map(|next| run.start..next.end).filter(|pair| pair.len() > FEWEST);
        let alone = Some(run.clone()).filter(|run| run.len() >= FEWEST);
        for span in [alone, pair].into_iter().flatten() {
            let indices: Vec<u16> = span.clone().filter_map(|at| reading.index(at)).collect();
            let range = words.list[span.start].range.start..words.list[span.end - 1].range.end;
            let candidate = Candidate {
                words,
                span: span.clone(),
                indices: &indices,
                language: reading.language,
                spelling: reading.spelling,
                cued: cues.names_phrase(&range),
            };
            if candidate.is_phrase() {
                spans.push(reading.sentence(&span).unwrap_or_else(|| reading.extend(span)));
                break;
            }
        }
    }
    spans
}
