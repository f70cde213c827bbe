//! Sigma rules as Holdfast reads them, from wherever they lie, beside their own text for other readers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use holdfast::playbook::network::Condition;
use holdfast::playbook::sigma::{Detection, Fields, condition};
use holdfast::signal::FieldType;
use serde_json::Value;

pub struct Rule {
    pub name: String,
    /// Product, category and service: what events of one sort are made by.
    pub class: String,
    pub detection: Detection,
    pub condition: Condition,
}

/// Where the public rules lie, when the surroundings say so.
#[expect(clippy::disallowed_methods, reason = "where the samples lie, only the surroundings of a test know")]
pub fn samples() -> Option<PathBuf> {
    std::env::var("HOLDFAST_SAMPLES").ok().map(PathBuf::from)
}

/// The text of every public rule by path, from the archive of the samples; nothing when there is none.
pub fn public_rules() -> Option<Vec<(String, String)>> {
    let archive = samples()?.join("sigma/sigma-rules.tar.gz");
    let folder = tempfile::tempdir().unwrap();
    let unpacked = Command::new("tar").arg("xzf").arg(&archive).arg("-C").arg(folder.path()).status().unwrap();
    assert!(unpacked.success(), "{} cannot be unpacked", archive.display());
    let mut files = Vec::new();
    collect(folder.path(), folder.path(), &mut files);
    files.sort();
    Some(files)
}

fn collect(folder: &Path, root: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, files);
        } else if path.extension().is_some_and(|ending| ending == "yml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// A rule as Holdfast reads it, or why it does not. Every field is a text of the body.
pub fn read(name: &str, text: &str) -> Result<Rule, String> {
    let options = serde_saphyr::options! { strict_booleans: true };
    let written: Value = serde_saphyr::from_str_with_options(text, options).map_err(|error| error.to_string())?;
    let detection = written.get("detection").ok_or("there is no detection")?;
    let detection: Detection = serde_json::from_value(detection.clone()).map_err(|error| error.to_string())?;
    let fields = Fields { type_of: &|_| Some(FieldType::Text), known: &[] };
    let condition =
        condition(&detection, fields).map_err(|refused| format!("{}: {}", refused.path.join("."), refused.what))?;
    let source = |key: &str| written["logsource"].get(key).and_then(Value::as_str).unwrap_or_default();
    let class = format!("{}/{}/{}", source("product"), source("category"), source("service"));
    Ok(Rule { name: name.to_owned(), class, detection, condition })
}

/// Every key of a detection with its values.
pub fn items(detection: &Detection) -> Vec<(&str, &Value)> {
    let mut items = Vec::new();
    for (_, selection) in detection.iter().filter(|(name, _)| *name != "condition") {
        let maps = selection.as_array().map_or_else(|| std::slice::from_ref(selection), Vec::as_slice);
        for map in maps.iter().filter_map(Value::as_object) {
            items.extend(map.iter().map(|(key, value)| (key.as_str(), value)));
        }
    }
    items
}

/// Fields that rules mostly compare with numbers.
pub fn number_fields(rules: &[Rule]) -> BTreeMap<String, bool> {
    let mut votes: BTreeMap<String, i32> = BTreeMap::new();
    for (key, value) in rules.iter().flat_map(|rule| items(&rule.detection)) {
        let field = key.split('|').next().unwrap_or_default();
        for value in value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice) {
            *votes.entry(field.to_owned()).or_default() += if value.is_number() { 1 } else { -1 };
        }
    }
    votes.into_iter().map(|(field, votes)| (field, votes > 0)).collect()
}
