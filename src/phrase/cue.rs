//! Finds the words that tell what stands beside them: a phrase, a key, or a mere hash.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};

use super::cuts;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A recovery phrase; it can also be a word for its seed in hex.
    Phrase,
    Key,
    /// Something public of the same shape: a transaction, a block, a public key.
    Public,
}

/// Farthest a cue reaches, in characters.
const REACH: usize = 40;

/// Most characters between a heading and what it names: 助记词如下：
const HEADING: usize = 6;

/// What a clause mark between cue and secret costs, in characters.
const CLAUSE: usize = 10;

/// What it costs a cue to stand after the secret: labels come first.
const AFTER: usize = 8;

const PHRASE: &str = "\
    mnemonic, mnemonics, mnemonik, seed, seeds, seedphrase, phrase, phrases, passphrase, \
    words, recovery, backup, secret words, 助记, 助記, 恢复词, 恢復詞, 恢复短语, 恢復短語, \
    种子, 種子, 单词, 單詞, 词组, 詞組, 备份, 備份, 記憶詞, semilla, palabras, frase, \
    frases, graine, mots, récupération, recuperation, seme, parole, semínko, obnovovací, \
    slova, slov, palavras, semente, シード, フレーズ, ニーモニック, リカバリー, 復元, 시드, \
    니모닉, 복구, 단어";

const KEY: &str = "\
    private, privkey, privatekey, secretkey, secret, key, keys, pk, sk, wif, 私钥, 私鑰, \
    密钥, 密鑰, 秘钥, 秘鑰, 金钥, 金鑰, 私匙, clé privée, cle privee, clé, clave, llave, \
    chiave, soukromý klíč, soukromy klic, klíč, klic, chave, 秘密鍵, プライベートキー, \
    개인키, 개인 키, 비밀키, 비밀 키, 프라이빗, schlüssel, ключ";

const PUBLIC: &str = "\
    hash, hashes, tx, txs, txn, txid, txhash, transaction, transactions, transacción, \
    transaccion, transação, transacao, transazione, transakce, transakci, transfer, block, \
    blockhash, topic, topics, root, sha256, digest, commit, signature, sig, 交易, 哈希, \
    杂凑, 雜湊, 区块, 區塊, 签名, 簽名, 转账, 轉帳, 流水号, トランザクション, ハッシュ, \
    트랜잭션, 해시, 거래, public key, public_key, publickey, public keys, pubkey, pub key, \
    公钥, 公鑰, 公開鍵, 공개키, clé publique, clave pública, clave publica, \
    chiave pubblica, chave pública, veřejný klíč, explorer, etherscan, solscan, contract, \
    合约, 合約";

struct Table {
    matcher: AhoCorasick,
    meanings: Vec<(Meaning, &'static str)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let meanings: Vec<(Meaning, &'static str)> =
        [(Meaning::Phrase, PHRASE), (Meaning::Key, KEY), (Meaning::Public, PUBLIC)]
            .into_iter()
            .flat_map(|(meaning, words)| words.split(", ").map(move |word| (meaning, word)))
            .collect();
    let matcher = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(meanings.iter().map(|(_, word)| word))
        .expect("a fixed list of short words is within every limit");
    Table { matcher, meanings }
});

struct Cue {
    range: Range<usize>,
    meaning: Meaning,
}

/// The cues of one text, in order, and of the name it stands under.
pub struct Cues<'a> {
    text: &'a str,
    list: Vec<Cue>,
    label: Vec<Meaning>,
}

impl<'a> Cues<'a> {
    pub fn of(text: &'a str, label: &str) -> Self {
        let label = cues(label).into_iter().map(|cue| cue.meaning).collect();
        Self { text, list: cues(text), label }
    }

    /// True if a word for recovery phrases stands within reach.
    pub fn names_phrase(&self, range: &Range<usize>) -> bool {
        self.label.contains(&Meaning::Phrase)
            || self.around(range).any(|cue| match cue.meaning {
                Meaning::Phrase | Meaning::Key => {
                    within(&cue.range, range) || self.distance(&cue.range, range).is_some()
                }
                Meaning::Public => false,
            })
    }

    /// True if a word for recovery phrases stands right before, as a heading does.
    pub fn introduces_phrase(&self, range: &Range<usize>) -> bool {
        self.around(range).any(|cue| {
            let Some(between) = self.text.get(cue.range.end..range.start) else {
                return false;
            };
            let heads = between.contains([':', '：', '=', '\n', '(', '（', '[', '"', '“']);
            cue.meaning == Meaning::Phrase && heads && between.chars().count() <= HEADING
        })
    }

    /// True if a word for keys or phrases stands within reach, and nothing that makes it public stands nearer.
    pub fn names_key(&self, range: &Range<usize>) -> bool {
        if self.label.contains(&Meaning::Public) {
            return false;
        }
        if !self.label.is_empty() {
            return true;
        }
        let nearest = |public: bool| {
            self.around(range)
                .filter(|cue| (cue.meaning == Meaning::Public) == public)
                .filter_map(|cue| self.distance(&cue.range, range))
                .min()
        };
        match (nearest(false), nearest(true)) {
            (Some(key), Some(public)) => key < public,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// Where the cues for phrases that begin or end within a range end.
    pub fn phrase_ends(&self, range: &Range<usize>) -> Vec<usize> {
        let from = self.list.partition_point(|cue| cue.range.end <= range.start);
        let within = self.list[from..].iter().take_while(|cue| cue.range.end < range.end);
        within.filter(|cue| cue.meaning != Meaning::Public).map(|cue| cue.range.end).collect()
    }

    fn around(&self, range: &Range<usize>) -> impl Iterator<Item = &Cue> {
        let reach = REACH * 4;
        let from = self.list.partition_point(|cue| cue.range.end + reach < range.start);
        self.list[from..].iter().take_while(move |cue| cue.range.start <= range.end + reach)
    }

    /// Characters between a cue and a secret, with what clause marks and coming after cost; none if out of reach.
    fn distance(&self, cue: &Range<usize>, secret: &Range<usize>) -> Option<usize> {
        let (between, start) = if cue.end <= secret.start {
            (&self.text[cue.end..secret.start], 0)
        } else if cue.start >= secret.end {
            (&self.text[secret.end..cue.start], AFTER)
        } else {
            return None;
        };
        let characters = between.chars().count();
        let clauses = between
            .chars()
            .filter(|mark| matches!(mark, ',' | ';' | '.' | '!' | '?' | '，' | '；' | '。' | '！' | '？'))
            .count();
        (characters <= REACH).then_some(start + characters + clauses * CLAUSE)
    }
}

fn within(cue: &Range<usize>, range: &Range<usize>) -> bool {
    range.start <= cue.start && cue.end <= range.end
}

fn cues(text: &str) -> Vec<Cue> {
    if text.is_empty() {
        return Vec::new();
    }
    let marks = cuts::marks(text);
    let free = |range: &Range<usize>| !marks.iter().any(|mark| mark.start < range.end && range.start < mark.end);
    TABLE
        .matcher
        .find_iter(text)
        .map(|found| (found.range(), TABLE.meanings[found.pattern().as_usize()]))
        .filter(|(range, (_, word))| *word == "hash" || stands_alone(text, range))
        .filter(|(range, _)| free(range))
        .map(|(range, (meaning, _))| Cue { range, meaning })
        .collect()
}

/// False for a word inside a longer one in Latin letters; `mySecretKey` counts as three.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let latin = |at: usize| bytes[at].is_ascii_alphabetic();
    let before = range.start.checked_sub(1).filter(|&at| latin(at) && latin(range.start));
    let opens = before.is_none_or(|at| bytes[at].is_ascii_lowercase() && bytes[range.start].is_ascii_uppercase());
    let last = range.end - 1;
    let closes = !latin(last)
        || bytes.get(range.end).is_none_or(|next| {
            !next.is_ascii_alphabetic() || (bytes[last].is_ascii_lowercase() && next.is_ascii_uppercase())
        });
    opens && closes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_key(before: &str, after: &str) -> bool {
        let text = format!("{before}SECRET{after}");
        Cues::of(&text, "").names_key(&(before.len()..before.len() + "SECRET".len()))
    }

    #[test]
    fn the_nearest_word_decides() {
        assert!(names_key("my private key is ", " and they moved it in one transaction"));
        assert!(names_key("私钥：", "，交易还没发生"));
        assert!(!names_key("my private key was stolen, tx hash ", ""));
        assert!(!names_key("my public key is ", ""));
        assert!(!names_key("私钥泄露了，", "这笔交易"));
        assert!(names_key("", " is my secret key"));
    }

    #[test]
    fn a_word_inside_another_is_no_cue() {
        assert!(!names_key("the monkey ", ""));
        assert!(names_key("walletSecretKey=", ""));
        assert!(names_key("PRIVATE_KEY=", ""));
    }
}
