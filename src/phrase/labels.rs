//! Tells the words that count a phrase ("word 1:", "第一个词") from the words of the phrase.

use std::collections::BTreeMap;

use super::tokens::{Kind, Piece, Pieces};

/// How often a form must count words before it is taken for a label: no real phrase repeats a word this often by chance.
const OFTEN: usize = 3;

const ORDINALS: [&str; 24] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "one",
    "two",
    "three",
    "four",
];

/// Turns pieces that count words into labels.
pub fn set(text: &str, pieces: &mut Pieces) {
    let numbers = pieces.list.iter().filter(|piece| piece.kind == Kind::Number).count();
    tags(text, &mut pieces.list);
    chinese(text, &mut pieces.list);
    if numbers >= OFTEN {
        suffixes(text, pieces);
        before_numbers(text, pieces);
    }
    before_colons(text, pieces);
}

/// `<li>`, `</td>`, `<br>`.
fn tags(text: &str, list: &mut [Piece]) {
    if !text.contains('<') {
        return;
    }
    for piece in list.iter_mut().filter(|piece| piece.kind == Kind::Letters && piece.range.len() <= 4) {
        let before = &text[..piece.range.start];
        let opens = before.strip_suffix('/').unwrap_or(before).ends_with('<');
        if opens && text[piece.range.end..].starts_with(['>', '/', ' ']) {
            piece.kind = Kind::Label;
        }
    }
}

/// "1st", "2.º", "3번", "4番目".
fn suffixes(text: &str, pieces: &mut Pieces) {
    for at in 1..pieces.list.len() {
        let piece = &pieces.list[at];
        let glued = pieces.list[at - 1].kind == Kind::Number
            && text[pieces.list[at - 1].range.end..piece.range.start].len() <= 1;
        let raw = &text[piece.range.clone()];
        if glued && matches!(raw, "st" | "nd" | "rd" | "th" | "º" | "ª" | "°" | "번" | "번째" | "番" | "号" | "號")
        {
            pieces.list[at].kind = Kind::Label;
        }
    }
}

/// One form right before a number again and again: "word1", "palabra 2", "单词3".
fn before_numbers(text: &str, pieces: &mut Pieces) {
    let list = &pieces.list;
    let counts = |at: usize| {
        let [label, number, word] = [list.get(at)?, list.get(at + 1)?, list.get(at + 2)?];
        let close = is_close(text, label, number);
        let other = pieces.folded(label) != pieces.folded(word);
        let kinds = matches!(label.kind, Kind::Letters | Kind::Han) && number.kind == Kind::Number;
        (kinds && close && other).then(|| pieces.folded(label))
    };
    let found = often((0..list.len()).filter_map(|at| counts(at).map(|form| (form, at))));
    label(pieces, &found);
}

/// One form right before a colon again and again, after a number or an ordinal: "1st word:", "first: x".
fn before_colons(text: &str, pieces: &mut Pieces) {
    let list = &pieces.list;
    let colon = |piece: &Piece| text[piece.range.end..].trim_start().starts_with([':', '：', '=']);
    let ordinal = |piece: &Piece| piece.kind == Kind::Letters && ORDINALS.contains(&pieces.folded(piece));
    let ordinals: Vec<usize> = (0..list.len()).filter(|&at| ordinal(&list[at])).collect();
    let mut found = Vec::new();
    if ordinals.iter().filter(|&&at| colon(&list[at])).count() >= OFTEN * 2 {
        found.extend(ordinals.iter().copied().filter(|&at| colon(&list[at])));
    }
    let after = |at: usize| {
        let before = &list[at.checked_sub(1)?];
        let counted = matches!(before.kind, Kind::Number | Kind::Label) || ordinal(before);
        (counted && colon(&list[at]) && list[at].kind == Kind::Letters).then(|| pieces.folded(&list[at]))
    };
    let words = often((0..list.len()).filter_map(|at| after(at).map(|form| (form, at))));
    let named = words.iter().filter_map(|&at| at.checked_sub(1)).filter(|&at| ordinal(&list[at]));
    found.extend(named);
    found.extend(&words);
    label(pieces, &found);
}

fn often<'a>(forms: impl Iterator<Item = (&'a str, usize)>) -> Vec<usize> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (form, at) in forms {
        places.entry(form).or_default().push(at);
    }
    places.into_values().filter(|places| places.len() >= OFTEN).flatten().collect()
}

/// Marks the pieces, and for a Chinese character the few that lead up to it ("助记词" before "1").
fn label(pieces: &mut Pieces, found: &[usize]) {
    for &at in found {
        let mut first = at;
        while first > 0 && at - first < 4 && pieces.list[first].kind == Kind::Han {
            let before = &pieces.list[first - 1];
            if before.kind != Kind::Han || before.range.end != pieces.list[first].range.start {
                break;
            }
            first -= 1;
        }
        let lone = at - first < 4 && first < at;
        for piece in &mut pieces.list[if lone { first..at + 1 } else { at..at + 1 }] {
            piece.kind = Kind::Label;
        }
    }
}

fn is_close(text: &str, label: &Piece, number: &Piece) -> bool {
    let between = &text[label.range.end..number.range.start];
    between.len() <= 3 && !between.contains(['\n', '\r', ',', ';', '.', ':', '，', '、', ')'])
}

/// "第一个词", "第2個", and "一、 二、 三、" at the start of items.
fn chinese(text: &str, list: &mut [Piece]) {
    let mut counted = Vec::new();
    let mut listed = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let start = at;
        at += 1;
        if list[start].kind != Kind::Han {
            continue;
        }
        if glyph(text, &list[start]) == '第' {
            let number = numeral_end(text, list, at);
            if number == at {
                continue;
            }
            at = number;
            while at < list.len()
                && list[at - 1].range.end == list[at].range.start
                && at - number < 3
                && "个個词詞字单單位组組：".contains(glyph(text, &list[at]))
            {
                at += 1;
            }
            counted.push(start..at);
        } else if value(glyph(text, &list[start])).is_some() && !is_glued_before(list, start) {
            let end = numeral_end(text, list, start);
            if list[start..end].iter().all(|piece| piece.kind == Kind::Han)
                && text[list[end - 1].range.end..].starts_with(['、', '.', '．', ':', '：', ')', '）'])
            {
                listed.push(start..end);
                at = end;
            }
        }
    }
    let count = |range: &std::ops::Range<usize>| {
        let first = value(glyph(text, &list[range.start])).unwrap_or(0);
        range.clone().skip(1).filter_map(|at| value(glyph(text, &list[at]))).fold(first, |sum, digit| {
            if digit == 10 {
                sum * 10
            } else if sum % 10 == 0 {
                sum + digit
            } else {
                sum * 10 + digit
            }
        })
    };
    let rising = listed.windows(2).filter(|pair| count(&pair[1]) == count(&pair[0]) + 1).count();
    if rising < OFTEN * 2 {
        listed.clear();
    }
    if counted.len() < OFTEN {
        counted.clear();
    }
    for range in counted.into_iter().chain(listed) {
        for piece in &mut list[range] {
            piece.kind = Kind::Label;
        }
    }
}

fn is_glued_before(list: &[Piece], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| list[before].range.end == list[at].range.start && list[before].kind == Kind::Han)
}

fn numeral_end(text: &str, list: &[Piece], from: usize) -> usize {
    let mut at = from;
    while at < list.len() && at - from < 3 {
        let digits = list[at].kind == Kind::Number || value(glyph(text, &list[at])).is_some();
        if !digits || (at > from && list[at - 1].range.end != list[at].range.start) {
            break;
        }
        at += 1;
    }
    at
}

fn glyph(text: &str, piece: &Piece) -> char {
    text[piece.range.clone()].chars().next().unwrap_or(' ')
}

fn value(numeral: char) -> Option<usize> {
    "〇一二三四五六七八九十".chars().position(|one| one == numeral)
}
