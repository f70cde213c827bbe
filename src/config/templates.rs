//! The operator's own words: files `en.ftl`, `zh.ftl` and `zh-Hant.ftl` in the folder that `templates` names.

use std::path::Path;

use super::Config;
use crate::guidance::template::{Fault, Templates, Written};
use crate::text::Language;

/// Bytes of one file that are read.
const LONGEST: u64 = 256 * 1024;

impl Config {
    /// The wordings that pass, and why others do not: those stay as they are built in.
    pub fn templates(&self) -> (Templates, Vec<Fault>) {
        if self.templates.is_empty() {
            return (Templates::default(), Vec::new());
        }
        let (files, mut faults) = written(Path::new(&self.templates));
        let own = url::Url::parse(&self.public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let (templates, more) = Templates::read(&files, own.as_deref());
        faults.extend(more);
        (templates, faults)
    }
}

fn written(folder: &Path) -> (Vec<Written>, Vec<Fault>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let fault = |file: String, what: String, hint: &str| Fault { file, line: 1, what, hint: hint.to_owned() };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let hint = "name a folder with en.ftl, zh.ftl or zh-Hant.ftl";
            return (files, vec![fault(folder.display().to_string(), error.to_string(), hint)]);
        }
    };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "ftl")) {
        let file = path.display().to_string();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let Some(language) = Language::ALL.into_iter().find(|language| language.as_str() == stem) else {
            faults.push(fault(file, format!("{stem:?} is no language of ours"), "it is en.ftl, zh.ftl or zh-Hant.ftl"));
            continue;
        };
        let short = std::fs::metadata(&path).is_ok_and(|about| about.len() <= LONGEST);
        match std::fs::read_to_string(&path) {
            Ok(text) if short => files.push(Written { language, file, text }),
            Ok(_) => faults.push(fault(file, "too long".to_owned(), "256 KiB are more than all words together need")),
            Err(error) => faults.push(fault(file, error.to_string(), "it has to be readable, in UTF-8")),
        }
    }
    (files, faults)
}
