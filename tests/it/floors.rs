//! The house has floors: a file uses its own floor and those below, and floors 0 to 2 are pure.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by floor, lowest first.
const FLOORS: [&[&str]; 7] = [
    &["id", "time", "draw", "text", "phrase", "signal", "attachment", "catalogue"],
    &["transfer", "playbook", "scoring"],
    &["incident", "attention", "numbers", "queue", "guidance", "containment", "access", "audit", "seal"],
    &["store"],
    &["respond"],
    &["intake", "outbox", "web", "chain"],
    &["main", "lib", "cli", "config", "app", "tasks", "telemetry", "metrics", "master_key", "outside"],
];

/// Crates that do no I/O and read no clock or global randomness, which floors 0 to 2 may use (DESIGN §9.13).
const PURE_CRATES: [&str; 29] = [
    "std",
    "core",
    "crate",
    "super",
    "self",
    "serde",
    "serde_json",
    "serde_saphyr",
    "thiserror",
    "uuid",
    "jiff",
    "regex",
    "aho_corasick",
    "foldhash",
    "strsim",
    "unicode_normalization",
    "ferrous_opencc",
    "bip39",
    "bs58",
    "bech32",
    "tiny_keccak",
    "psl",
    "url",
    "zeroize",
    "argon2",
    "totp_rs",
    "fluent_bundle",
    "fluent_syntax",
    "unic_langid",
];
/// Codecs, of pictures too, and `ring` for floor 2.
const ALSO_PURE: [&str; 5] = ["hex", "base64", "image", "ring", "proptest"];

/// Ways out of purity. Addresses are words; sockets are not.
const IMPURE: [&str; 14] = [
    "std::fs",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "SystemRandom",
    ".await",
    "async fn",
    "Timestamp::now()",
];

#[test]
fn every_room_uses_only_its_own_floor_and_those_below() {
    let mut wrong = Vec::new();
    for file in sources() {
        let floor = floor_of(&room_of(&file)).unwrap_or_else(|| panic!("{} is in no room of the plan", file.display()));
        for room in used_rooms(&code(&file)) {
            match floor_of(&room) {
                Some(used) if used <= floor => {}
                Some(used) => wrong.push(format!("{}: floor {floor} uses {room} of floor {used}", file.display())),
                None => wrong.push(format!("{}: {room} is in no room of the plan", file.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn floors_0_to_2_are_pure() {
    let mut wrong = Vec::new();
    for file in sources().into_iter().filter(|file| floor_of(&room_of(file)).is_some_and(|floor| floor <= 2)) {
        let code = code(&file);
        wrong.extend(IMPURE.iter().filter(|way| code.contains(*way)).map(|way| format!("{}: {way}", file.display())));
        for line in code.lines().filter_map(|line| line.trim().strip_prefix("use ")) {
            let name = line.split([':', ';', ' ']).next().unwrap_or_default();
            let local = name.chars().next().is_some_and(char::is_uppercase) || is_module_beside(&file, name);
            if !local && !PURE_CRATES.contains(&name) && !ALSO_PURE.contains(&name) {
                wrong.push(format!("{}: uses {name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rooms whose Chinese is read and judged, converted or written into files, and never shown: lexicons, scripts, drafts.
const LEXICONS: [&str; 5] = ["text", "phrase", "playbook", "transfer", "cli"];
/// Single files of that kind elsewhere: what a chat and a search understand, what letters must not say, lists of which a
/// person picks words, the unit of a number, what languages call themselves, and what the house asks itself.
const WORDS: [&str; 7] = [
    "src/access/words.rs",
    "src/app/mod.rs",
    "src/guidance/help.rs",
    "src/guidance/template/check.rs",
    "src/intake/command/words.rs",
    "src/web/pages/address.rs",
    "src/web/pages/words/frame.rs",
];

#[test]
fn texts_for_people_stand_in_catalogues() {
    let is_text = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let texts: Vec<String> = sources()
        .into_iter()
        .filter(|file| !LEXICONS.contains(&room_of(file).as_str()) && !WORDS.iter().any(|word| file.ends_with(word)))
        .filter(|file| code(file).chars().any(is_text))
        .map(|file| file.display().to_string())
        .collect();
    assert!(texts.is_empty(), "Chinese outside of catalogues: {}", texts.join(", "));
}

#[test]
fn no_room_is_larger_than_400_lines() {
    let roots = [PathBuf::from("src"), PathBuf::from("tests")];
    let files = roots.iter().flat_map(|root| rust_files(root));
    let large: Vec<String> = files
        .map(|file| (fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > 400)
        .map(|(lines, file)| format!("{}: {lines}", file.display()))
        .collect();
    assert!(large.is_empty(), "{}", large.join("\n"));
}

#[test]
fn statements_are_constants() {
    let verbs = ["select ", "insert into", "update ", "delete from"];
    let built: Vec<String> = sources()
        .into_iter()
        .flat_map(|file| {
            let code = code(&file);
            let lines: Vec<String> = code
                .lines()
                .filter(|line| line.contains("format!(") && verbs.iter().any(|verb| line.contains(verb)))
                .map(str::to_owned)
                .collect();
            lines.into_iter().map(move |line| format!("{}: {line}", file.display()))
        })
        .collect();
    assert!(built.is_empty(), "{}", built.join("\n"));
}

fn sources() -> Vec<PathBuf> {
    rust_files(Path::new("src"))
}

fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The first part of a file's path under `src`.
fn room_of(file: &Path) -> String {
    let first = file.strip_prefix("src").unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

/// The code of a file without its comments and tests: tests may look up, and comments are words.
fn code(file: &Path) -> String {
    let is_test = file.components().any(|part| {
        matches!(
            part.as_os_str().to_str(),
            Some("tests" | "tests.rs" | "samples.rs" | "invariants" | "sample" | "sample.rs")
        )
    });
    if is_test {
        return String::new();
    }
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn is_module_beside(file: &Path, name: &str) -> bool {
    let folder = file.parent().unwrap();
    folder.join(format!("{name}.rs")).exists() || folder.join(name).is_dir()
}

/// Rooms named after `crate::`.
fn used_rooms(code: &str) -> Vec<String> {
    let mut rooms: Vec<String> = Vec::new();
    for part in code.split("crate::").skip(1) {
        if let Some(group) = part.strip_prefix('{') {
            let names = group.split('}').next().unwrap_or_default().split(',');
            rooms.extend(names.map(|name| name.trim().split([':', ' ']).next().unwrap_or_default().to_owned()));
        } else {
            rooms.push(part.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect());
        }
    }
    rooms.retain(|room| !room.is_empty() && room.chars().next().is_some_and(char::is_lowercase));
    rooms.sort();
    rooms.dedup();
    rooms
}
