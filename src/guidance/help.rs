//! Searching what we can answer ahead: words of the question against titles, summaries and steps, in every language at
//! once, and what the playbooks make of the question as a whole, which knows how people word it.

use std::collections::BTreeMap;

use crate::text::fold;

/// Something to read, as it is searched: the texts of all languages together.
pub struct Article<'a> {
    pub id: &'a str,
    pub title: Vec<&'a str>,
    pub summary: Vec<&'a str>,
    pub points: Vec<&'a str>,
}

/// Words that stand in every question.
const COMMON: [&str; 40] = [
    "a", "an", "and", "are", "at", "be", "can", "can't", "cannot", "did", "do", "does", "for", "from", "have", "how",
    "i", "im", "in", "is", "it", "long", "me", "my", "not", "of", "on", "or", "please", "take", "that", "the", "this",
    "to", "was", "what", "when", "why", "with", "you",
];
/// Pairs of Chinese letters that stand in every question.
const COMMON_PAIRS: [&str; 12] =
    ["怎么", "什么", "为什", "如何", "可以", "我的", "请问", "多久", "么办", "不了", "一下", "是不"];

/// The pieces of a question that are looked for: words, and pairs of Chinese letters; sixty at most.
fn pieces(question: &str) -> Vec<String> {
    let folded = fold(question);
    let han = |letter: char| ('\u{3400}'..='\u{9fff}').contains(&letter);
    let mut pieces: Vec<String> = Vec::new();
    for word in folded.as_str().split(|letter: char| !letter.is_alphanumeric()) {
        let letters: Vec<char> = word.chars().collect();
        for run in letters.chunk_by(|one, next| han(*one) == han(*next)) {
            if run.first().copied().is_some_and(han) {
                let pairs = run.windows(2).map(|pair| pair.iter().collect::<String>());
                pieces.extend(pairs.filter(|pair| !COMMON_PAIRS.contains(&pair.as_str())));
                if let [only] = run {
                    pieces.push(only.to_string());
                }
            } else {
                let word: String = run.iter().collect();
                if word.chars().count() > 1 && !COMMON.contains(&word.as_str()) {
                    pieces.push(word);
                }
            }
        }
    }
    pieces.sort();
    pieces.dedup();
    pieces.truncate(60);
    pieces
}

/// Articles that fit a question, the best first, by their places in the list. `leaning` is what the playbooks make of the
/// question: an article's id with the odds in centi-decibans above its prior.
pub fn search(articles: &[Article<'_>], question: &str, leaning: &BTreeMap<String, i32>) -> Vec<usize> {
    let pieces = pieces(question);
    let mut found: Vec<(i32, usize)> = Vec::new();
    for (place, article) in articles.iter().enumerate() {
        let weight = |texts: &[&str], weight: i32| -> i32 {
            let folded: Vec<_> = texts.iter().map(|text| fold(text)).collect();
            let hits = pieces.iter().filter(|piece| folded.iter().any(|text| stands_in(text.as_str(), piece)));
            weight * i32::try_from(hits.count()).unwrap_or(0)
        };
        let words = weight(&article.title, 8) + weight(&article.summary, 3) + weight(&article.points, 1);
        let evidence = leaning.get(article.id).copied().unwrap_or(0).clamp(0, 2_000) / 100;
        let score = words + evidence;
        // A single word somewhere in a step is chance.
        if score >= 3 || score >= 1 && pieces.len() == 1 {
            found.push((score, place));
        }
    }
    found.sort_by_key(|(score, place)| (-score, *place));
    let best = found.first().map_or(0, |(score, _)| *score);
    found.into_iter().filter(|(score, _)| score * 5 >= best).map(|(_, place)| place).collect()
}

/// Whether a piece stands in a folded text: Chinese anywhere, other words from their beginning, so that "transfer" finds
/// "transfers".
fn stands_in(text: &str, piece: &str) -> bool {
    if !piece.is_ascii() {
        return text.contains(piece);
    }
    text.match_indices(piece).any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn articles() -> Vec<Article<'static>> {
        vec![
            Article {
                id: "stuck",
                title: vec!["Transfer pending or stuck", "转账待确认或卡住"],
                summary: vec!["A transfer of your own waits for the network.", "您自己发出的转账还在等网络确认。"],
                points: vec!["Copy the hash and look it up", "复制交易哈希"],
            },
            Article {
                id: "network",
                title: vec!["Sent on the wrong network", "转错链"],
                summary: vec!["The coins went over another network.", "币走了另一条链。"],
                points: vec!["Never trust somebody who offers a transfer back", "不要相信代找"],
            },
        ]
    }

    fn ids(question: &str) -> Vec<&'static str> {
        let articles = articles();
        search(&articles, question, &BTreeMap::new()).into_iter().map(|place| articles[place].id).collect()
    }

    #[test]
    fn words_find_what_they_stand_in_in_any_language() {
        assert_eq!(ids("my transfer is stuck"), ["stuck"]);
        assert_eq!(ids("我的转账卡住了怎么办"), ["stuck"]);
        assert_eq!(ids("轉帳卡住"), ["stuck"], "either script");
        assert_eq!(ids("WRONG networks?"), ["network"], "however it is written");
        assert_eq!(ids("转错链了")[0], "network");
        assert!(ids("how do I do this").is_empty() && ids("").is_empty() && ids("zebra").is_empty());
    }

    #[test]
    fn what_the_playbooks_make_of_it_counts_as_well() {
        let articles = articles();
        let leaning = BTreeMap::from([("network".to_owned(), 2_000)]);
        assert_eq!(search(&articles, "sent my coins to the bsc chain", &leaning), [1]);
    }

    proptest! {
        #[test]
        fn no_question_makes_it_slip(question in any::<String>()) {
            let articles = articles();
            prop_assert!(search(&articles, &question, &BTreeMap::new()).len() <= 2);
        }
    }
}
