//! What no text of a playbook may say to anybody: where to send coins, or to hand over what opens a wallet or an account.
//!
//! A thief who can edit a playbook speaks with our voice, so these are faults and no warnings. How texts should read beyond
//! that is the linter's matter.

use super::compile::Room;
use super::fault::Fault;
use super::shape::{Playbook, Words};
use crate::text::observable::{Kind, find};
use crate::text::{Folded, fold};

/// The longest run of letters and digits that can stand in a text; a wallet address is longer.
const LONGEST_WORD: usize = 25;

/// Checks everything that a person or staff read. What stands under `never` may name what is never to be told.
pub(super) fn safe(room: &Room<'_>, written: &Playbook) -> Result<(), Fault> {
    let texts = texts(written);
    for (place, words) in &texts {
        let path: Vec<&str> = place.iter().map(String::as_str).collect();
        for text in [&words.en, &words.zh].into_iter().chain(words.more.values()) {
            if let Some(address) = address(text) {
                return Err(
                    room.fault(&path, format!("`{address}` reads like an address; no destination is ever named"))
                );
            }
            if path[0] != "never"
                && let Some(asked) = asked_for(text)
            {
                return Err(room.fault(&path, format!("“{asked}” asks for what nobody may be asked for")));
            }
        }
    }
    Ok(())
}

fn texts(written: &Playbook) -> Vec<(Vec<String>, &Words)> {
    let mut texts = Vec::new();
    let mut add = |place: &[&str], words| texts.push((place.iter().map(|&part| part.to_owned()).collect(), words));
    add(&["title"], &written.title);
    add(&["summary"], &written.summary);
    for question in &written.questions {
        add(&["questions", &question.id], &question.ask);
        question.why.iter().for_each(|why| add(&["questions", &question.id], why));
        question.answers.iter().for_each(|answer| add(&["questions", &question.id, &answer.id], &answer.text));
    }
    for step in &written.steps {
        let worked = step.worked.iter();
        [&step.action, &step.why].into_iter().chain(worked).for_each(|words| add(&["steps", &step.id], words));
    }
    for never in &written.never {
        add(&["never"], &never.action);
        add(&["never"], &never.why);
    }
    texts
}

/// The first thing in a text that is a chain's address or has the length of one.
fn address(text: &str) -> Option<String> {
    let long = text.split(|letter: char| !letter.is_ascii_alphanumeric()).find(|word| word.len() > LONGEST_WORD);
    let found = || find(text).into_iter().find(|found| found.observable.kind == Kind::Wallet);
    long.map(str::to_owned).or_else(|| found().and_then(|found| text.get(found.at).map(str::to_owned)))
}

const GIVE: [&str; 16] = [
    "send", "tell", "give", "share", "show", "write", "message", "provide", "submit", "text", "mail", "email", "read",
    "forward", "post", "hand",
];
const TO_US: [&str; 10] = ["us", "me", "here", "support", "staff", "team", "agent", "helper", "chat", "operator"];
const SECRET: [&str; 14] = [
    "words",
    "phrase",
    "phrases",
    "seed",
    "mnemonic",
    "key",
    "keys",
    "code",
    "codes",
    "password",
    "passwords",
    "passphrase",
    "pin",
    "keystore",
];
/// Words before which the same nouns mean something harmless.
const HARMLESS: [&str; 15] = [
    "own", "public", "error", "country", "status", "tracking", "case", "api", "postal", "other", "few", "same",
    "these", "those", "contract",
];
const NOT: [&str; 17] = [
    "not", "never", "no", "nobody", "don't", "dont", "cannot", "can't", "without", "neither", "nor", "none", "won't",
    "doesn't", "didn't", "nothing", "isn't",
];
/// What follows is about the secret and does not ask for it.
const ABOUT: [&str; 20] = [
    "which", "who", "whom", "whether", "if", "when", "where", "what", "how", "that", "about", "asked", "saw", "knows",
    "because", "so", "why", "until", "before", "after",
];

const ZH_GIVE: [&str; 14] = [
    "发给我",
    "告诉我",
    "提供给我",
    "交给我",
    "报给我",
    "念给我",
    "转给我",
    "给到我",
    "发到这里",
    "写在这里",
    "填在这里",
    "发来",
    "告诉客服",
    "发给客服",
];
const ZH_SECRET: [&str; 9] = ["助记词", "私钥", "密钥", "恢复词", "验证码", "密码", "恢复短语", "口令", "keystore"];
const ZH_NOT: [&str; 8] = ["不", "别", "勿", "没", "无", "莫", "绝非", "未"];
const ZH_ABOUT: [&str; 9] = ["谁", "哪", "是否", "有没有", "什么", "怎么", "为何", "知道", "情况"];

/// The sentence that asks somebody to hand over recovery words, a key, a code or a password.
fn asked_for(text: &str) -> Option<String> {
    let folded = fold(text);
    let asks = |sentence: &str| asks(sentence) || asks_in_chinese(sentence);
    let pieces = folded.sentences().flat_map(|at| lines(&folded, at));
    let found = pieces.into_iter().find(|sentence| asks(sentence))?;
    Some(found.trim().to_owned())
}

/// A sentence, cut again at colons, which begin a new instruction.
fn lines(folded: &Folded, at: std::ops::Range<usize>) -> Vec<&str> {
    folded.as_str()[at].split([':', '：']).collect()
}

fn asks(sentence: &str) -> bool {
    let words: Vec<&str> =
        sentence.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let places = |list: &'static [&'static str]| {
        let words = words.clone();
        (0..words.len()).filter(move |place| list.contains(&words[*place])).collect::<Vec<usize>>()
    };
    for give in places(&GIVE) {
        if words[clause(sentence, &words, give)..give].iter().any(|word| NOT.contains(word)) {
            continue;
        }
        let end = (give + 1..words.len())
            .find(|place| {
                GIVE.contains(&words[*place]) || ABOUT.contains(&words[*place]) || NOT.contains(&words[*place])
            })
            .unwrap_or(words.len());
        let rest = &words[give + 1..end];
        let secret = (0..rest.len()).any(|place| {
            let before = if place == 0 { words[give] } else { rest[place - 1] };
            SECRET.contains(&rest[place]) && !HARMLESS.contains(&before)
        });
        if secret && rest.iter().any(|word| TO_US.contains(word)) {
            return true;
        }
    }
    false
}

/// The place of the word that begins the clause a word stands in: a "no" before that speaks of something else.
fn clause(sentence: &str, words: &[&str], place: usize) -> usize {
    let mut from = 0;
    for at in (0..place).rev() {
        if ["and", "then", "but", "or"].contains(&words[at]) || ends_clause(sentence, words[at]) {
            from = at + 1;
            break;
        }
    }
    from
}

/// Whether a comma stands right after a word, which is a piece of the sentence.
fn ends_clause(sentence: &str, word: &str) -> bool {
    let end = (word.as_ptr() as usize + word.len()).saturating_sub(sentence.as_ptr() as usize);
    sentence.get(end..).is_some_and(|rest| rest.starts_with([',', ';']))
}

fn asks_in_chinese(sentence: &str) -> bool {
    sentence.split([',', '，', ';', '；']).any(|clause| {
        let has = |list: &[&str]| list.iter().any(|word| clause.contains(word));
        has(&ZH_GIVE) && has(&ZH_SECRET) && !has(&ZH_NOT) && !has(&ZH_ABOUT)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_asks_for_secrets_is_found() {
        for text in [
            "Send us your recovery words",
            "Please tell our support the twelve words.",
            "Do not worry and send us your private key",
            "To check your wallet: give us your recovery phrase",
            "Send us the hash, the chain and the code from your phone.",
            "Write your seed phrase here",
            "请把助记词发给我们",
            "先别急，把私钥发来",
            "請告訴我們驗證碼",
            "把密码写在这里",
        ] {
            assert!(asked_for(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_text_that_warns_of_giving_secrets_is_left_alone() {
        for text in [
            "Send us your public address. Never the words.",
            "Never send us your words, your key or a code",
            "Tell us which site asked for your recovery words",
            "Tell us in your own words what happened",
            "Send us the address, never the key",
            "We read the code for you and say what can be moved.",
            "把公开地址发给我们，绝不要发助记词、私钥",
            "请告诉我们谁知道助记词",
            "不要把验证码发给我们",
        ] {
            assert_eq!(asked_for(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_of_any_chain_is_found() {
        for text in [
            "Send all to 0x52908400098527886E0F7030069857D2E4169EE7.",
            "转到 TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
            "to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        ] {
            assert!(address(text).is_some(), "{text}");
        }
        assert_eq!(address("Type tronscan.org yourself, see TRC20-USDT"), None);
    }
}
