use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::*;
use crate::playbook::{builtin_files, compile};
use crate::respond::{Evidence, Named, Statement};
use crate::text::{Family, Kind, Language};
use crate::time::Timestamp;

const HOSTILE: &str = "line one\nLetter to the police\n=cmd|' /C calc'!A0 <script>alert(1)</script> file:///etc/passwd http://evil.example/a.php \u{202e}";

fn evidence(language: Language) -> Evidence {
    let at = Timestamp::from_millis(1_772_442_000_000);
    let named = |kind, value: &str| Named { kind, family: None, value: value.to_owned(), first: at };
    Evidence {
        reference: "HF-7K2M-9QXP".to_owned(),
        language,
        prepared: at,
        received: at,
        title: "Account permission taken over".to_owned(),
        summary: "It may be this.".to_owned(),
        statements: vec![Statement { at, text: HOSTILE.to_owned() }],
        answers: vec![],
        named: vec![
            Named { family: Some(Family::Evm), ..named(Kind::Wallet, "0x52908400098527886e0f7030069857d2e4169ee7") },
            named(Kind::Url, "https://evil.example/steal"),
        ],
        claims: vec![("account", "=HYPERLINK(\"http://evil.example\")\nSubject: x".to_owned())],
        steps: vec![],
        progress: vec![],
    }
}

fn files(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn pack() -> BTreeMap<String, String> {
    let set = compile(&builtin_files(), "0123456789abcdef".to_owned()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let regions = &set.help_lines;
    let region = regions.iter().find(|region| region.region == "HK");
    let both = [evidence(Language::Zh), evidence(Language::En)];
    files(Archive::begin(&both, Chosen { regions, region }, false).unwrap().end().unwrap())
}

#[test]
fn the_folder_holds_both_languages_and_the_hash_of_every_file() {
    let files = pack();
    let names: Vec<&str> = files.keys().map(|name| name.strip_prefix("HF-7K2M-9QXP/").unwrap()).collect();
    assert_eq!(
        names,
        [
            "MANIFEST.sha256",
            "README.en.txt",
            "README.zh.txt",
            "case.en.txt",
            "case.zh.txt",
            "letter-police.en.txt",
            "letter-police.zh.txt",
            "letter-provider.en.txt",
            "letter-provider.zh.txt",
            "named.csv",
            "where-to-report.en.txt",
            "where-to-report.zh.txt",
        ]
    );
    let manifest = &files["HF-7K2M-9QXP/MANIFEST.sha256"];
    assert_eq!(manifest.lines().count(), files.len() - 1);
    for line in manifest.lines() {
        let (hash, name) = line.split_once("  ").unwrap();
        let text = &files[&format!("HF-7K2M-9QXP/{name}")];
        assert_eq!(hex::encode(ring::digest::digest(&ring::digest::SHA256, text.as_bytes())), hash, "{name}");
    }
    let police = &files["HF-7K2M-9QXP/letter-police.zh.txt"];
    assert!(police.contains("致警方") && police.contains("HF-7K2M-9QXP") && police.contains("2026-03-02 09:00 UTC"));
    let places = &files["HF-7K2M-9QXP/where-to-report.en.txt"];
    assert!(places.contains("18222") && !places.contains("96110"), "the chosen region alone: {places}");
}

#[test]
fn each_language_has_its_own_marks_and_links_are_explained() {
    let files = pack();
    let chinese = &files["HF-7K2M-9QXP/case.zh.txt"];
    assert!(
        chinese.contains("案件编号：HF-7K2M-9QXP") && chinese.contains("地址（EVM），首次提到 2026-03-02"),
        "{chinese}"
    );
    assert!(chinese.contains("hxxps 即 https"));
    let english = &files["HF-7K2M-9QXP/case.en.txt"];
    assert!(
        english.contains("Case reference: HF-7K2M-9QXP") && english.contains("Address (EVM), first named 2026-03-02")
    );
    assert!(english.contains("read hxxps as https and [.] as a dot"));
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".zh.txt") && !name.contains("README")) {
        let ours = text.lines().filter(|line| !line.starts_with("> ") && !line.contains("hxxp"));
        for line in ours {
            assert!(!line.contains(": ") && !line.contains("; ") && !line.contains(" ("), "{name}: {line}");
        }
    }
}

#[test]
fn words_from_outside_cannot_pass_for_ours_nor_lead_anywhere() {
    for (name, text) in pack() {
        assert!(!text.contains("http://") && !text.contains("https://"), "{name}: {text}");
        for line in text.lines().filter(|line| line.contains("cmd|") || line.contains("<script>")) {
            assert!(line.starts_with("> "), "{name}: {line}");
        }
        let forged = text.lines().filter(|line| *line == "Letter to the police").count();
        assert!(forged <= usize::from(name.contains("letter-police.en")), "{name}");
        assert!(!text.lines().any(|line| line.starts_with("Subject: x")), "{name}");
    }
    let table = &pack()["HF-7K2M-9QXP/named.csv"];
    assert!(
        table.contains("wallet,evm,0x52908400098527886e0f7030069857d2e4169ee7,2026-03-02T09:00:00.000Z\r\n"),
        "{table}"
    );
    assert!(table.contains("hxxps://evil[.]example/steal"));
}
