//! `holdfast playbook import-sigma`: Sigma rules in, a group of signs out, and what was left out with the reason.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::cli::files::read_files;
use crate::cli::screen::{Ending, Screen};
use crate::playbook::sigma;
use crate::signal::Vocabulary;

/// What the command was told.
pub struct Asked<'a> {
    pub paths: &'a [PathBuf],
    pub fields: Option<&'a Path>,
    pub out: Option<&'a Path>,
    pub playbooks: Option<&'a Path>,
}

/// The file written to a folder.
const FILE: &str = "sigma-signs.yaml";

/// Reads the rules and writes the signs, never over a file that is there.
pub fn import(asked: &Asked<'_>, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let mut found = Found::default();
    for path in asked.paths {
        collect(path, &mut found)?;
    }
    let Found { rules, unread } = found;
    anyhow::ensure!(!rules.is_empty() || !unread.is_empty(), "there is no *.yml or *.yaml file in what was named");
    let names: BTreeMap<String, String> = match asked.fields {
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
            serde_saphyr::from_str(&text).with_context(|| path.display().to_string())?
        }
        None => BTreeMap::new(),
    };
    let files = read_files(asked.playbooks)?;
    let vocabulary = Vocabulary::read(files.get("vocabulary.yaml").context("the set has no vocabulary.yaml")?)?;
    let import = sigma::import(&rules, &names, &vocabulary).map_err(anyhow::Error::msg)?;
    for fault in &unread {
        writeln!(screen.notes, "left out {fault}")?;
    }
    for fault in &import.left_out {
        writeln!(screen.notes, "left out {fault}")?;
    }
    let left_out = unread.len() + import.left_out.len();
    match asked.out.filter(|_| import.signs > 0) {
        Some(folder) => {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            let path = folder.join(FILE);
            let mut file = OpenOptions::new().write(true).create_new(true).open(&path);
            let file = file.as_mut().map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
            writeln!(file, "{}", import.yaml)?;
            writeln!(screen.out, "{}: put the group under `signs:` of a playbook, then run check", path.display())?;
        }
        None if import.signs > 0 => writeln!(screen.out, "{}", import.yaml)?,
        None => {}
    }
    writeln!(
        screen.notes,
        "{} signs from {} files, {} rules left out; {} fields of the sender's body are looked at as raw.…",
        import.signs,
        rules.len() + unread.len(),
        left_out,
        import.raw.len()
    )?;
    Ok(if left_out == 0 { Ending::Fine } else { Ending::Findings })
}

/// The rule files of what was named.
#[derive(Default)]
struct Found {
    rules: Vec<(String, String)>,
    /// Files that hold no rule, each with what is wrong.
    unread: Vec<String>,
}

/// The rule files of a path, by name; folders with all that is in them.
fn collect(path: &Path, found: &mut Found) -> anyhow::Result<()> {
    let name = || path.display().to_string();
    if !path.is_dir() {
        match String::from_utf8(fs::read(path).with_context(name)?) {
            Ok(text) if holds_nothing(&text) => found.unread.push(format!("{}: the file is empty", name())),
            Ok(text) => found.rules.push((name(), text)),
            Err(_) => found.unread.push(format!("{}: the file is not UTF-8 text", name())),
        }
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(name)?;
    let mut inside: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>().with_context(name)?;
    inside.sort();
    for path in inside {
        let is_rule = path.extension().is_some_and(|ending| ending == "yml" || ending == "yaml");
        // A link may lead back to where it came from.
        if !path.is_symlink() && (path.is_dir() || is_rule) {
            collect(&path, found)?;
        }
    }
    Ok(())
}

/// Nothing but blanks, comments and marks between documents.
fn holds_nothing(text: &str) -> bool {
    let line = |line: &str| {
        let line = line.trim().trim_start_matches('\u{feff}');
        line.is_empty() || line.starts_with('#') || line == "---" || line == "..."
    };
    text.lines().all(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::screen::written;

    #[test]
    fn a_folder_of_rules_becomes_a_file_of_signs() {
        let folder = tempfile::tempdir().unwrap();
        let rules = folder.path().join("rules/deep");
        fs::create_dir_all(&rules).unwrap();
        fs::write(
            rules.join("one.yml"),
            "title: One\nlevel: low\ndetection:\n  s: { User|contains: Root }\n  condition: s\n",
        )
        .unwrap();
        fs::write(rules.join("two.yml"), "title: Two\ndetection:\n  words: [a, b]\n  condition: words\n").unwrap();
        fs::write(rules.join("latin.yml"), b"title: caf\xe9\n").unwrap();
        fs::write(rules.join("empty.yml"), "---\n# nothing\n").unwrap();
        fs::write(rules.join("note.txt"), "not read").unwrap();
        let map = folder.path().join("map.yaml");
        fs::write(&map, "User: account\n").unwrap();
        let (paths, out) = ([folder.path().join("rules")], folder.path().join("out"));
        let asked = Asked { paths: &paths, fields: Some(&map), out: Some(&out), playbooks: None };
        let (ending, _, notes) = written(|screen| import(&asked, screen));
        assert_eq!(ending, Ending::Findings);
        assert!(notes.contains("latin.yml: the file is not UTF-8 text"), "{notes}");
        assert!(notes.contains("empty.yml: the file is empty"), "{notes}");
        assert!(notes.contains("1 signs from 4 files, 3 rules left out"), "{notes}");
        assert!(notes.contains("two.yml:3: words: keywords without a field are not supported"), "{notes}");
        let signs = fs::read_to_string(out.join(FILE)).unwrap();
        assert!(signs.contains("id: \"one\"") && signs.contains("\"account|contains\": \"Root\""), "{signs}");
        let mut screen_out = Vec::new();
        let look = crate::cli::screen::Look::Plain;
        let mut screen = Screen { out: &mut screen_out, notes: &mut Vec::new(), look };
        assert!(import(&asked, &mut screen).is_err(), "a file that is there stays");
        fs::write(&map, "User: acount\n").unwrap();
        let wrong = import(&asked, &mut screen).err().unwrap().to_string();
        assert_eq!(wrong, "unknown field \"acount\", did you mean \"account\"?");
    }
}
