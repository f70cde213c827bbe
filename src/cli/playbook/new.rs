//! `holdfast playbook new`: a file that passes the check and its own examples, to be filled in.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

use crate::cli::screen::{Ending, Screen};
use crate::playbook::Class;

/// Every place that an author must fill in begins with this.
const FILL_IN: &str = "FILL IN";

/// Writes the file, never over one that is there.
pub fn new(id: &str, directory: Option<&Path>, class: Class, screen: &mut Screen<'_>) -> anyhow::Result<Ending> {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    anyhow::ensure!(
        id.len() <= 64 && id.split('-').all(is_word),
        "`{id}` is not an id: lower case words with - between, like stolen-device"
    );
    let text = skeleton(id, class);
    let Some(directory) = directory else {
        screen.out.write_all(text.as_bytes())?;
        return Ok(Ending::Fine);
    };
    let path = directory.join(format!("{id}.yaml"));
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(&path).with_context(|| path.display().to_string())?;
    file.write_all(text.as_bytes()).with_context(|| path.display().to_string())?;
    writeln!(
        screen.out,
        "{}: fill in every place marked {FILL_IN}, then run holdfast playbook check and test",
        path.display()
    )?;
    Ok(Ending::Fine)
}

fn skeleton(id: &str, class: Class) -> String {
    let words = id.replace('-', " ");
    let (prior, half_life, reach, value, exposure, activity) = match class {
        Class::Security => (-2_000, "6h", "1.0", 1_000, "account", "attempted"),
        Class::Routine => (-1_200, "30d", "0", 0, "none", "none-seen"),
    };
    let class = class.as_str();
    format!(
        r#"id: {id}
class: {class}
title: {{ en: "{FILL_IN}: {words}", zh: "{FILL_IN}：标题" }}
summary:
  en: "{FILL_IN}: one sentence that tells the person what this is, without blame."
  zh: "{FILL_IN}：用一句话告诉当事人这是什么，不责备。"
# How rare it is among all contacts, in hundredths of a deciban: -1000 is one in eleven, -2000 one in a hundred.
prior: {prior}
stakes:
  half_life: {half_life}        # after this, half of what was left is usually gone
  reach: {{ any: {reach} }}
  assumed_value: {value}     # United States dollars when nothing is known
  help_works: 0.5
  handling: 8m
  exposure: {exposure}
  activity: {activity}
  can_act: "yes"
signs:
  says-so:               # signs with one cause; together they never count above the cap
    cap: 3000
    signs:
      - id: tells-of-it
        weight: 3000
        phrases:
          zh: ["{FILL_IN} {words} 的说法"]
          en: ["{FILL_IN} how people word {words}"]
        because: {{ en: "{FILL_IN}: what these words show", zh: "{FILL_IN}：这些话说明什么" }}
questions:
  - id: was-it-you
    ask: {{ en: "Did you do this yourself?", zh: "这是您本人操作的吗？" }}
    why: {{ en: "It decides which steps help.", zh: "这决定哪些步骤有用。" }}
    answers:
      - {{ id: me, text: {{ en: "Yes, it was me", zh: "是我本人" }}, weight: -1000 }}
      - {{ id: not-me, text: {{ en: "No, it was not me", zh: "不是我" }}, weight: 1000 }}
      - {{ id: not-sure, text: {{ en: "I am not sure", zh: "不确定" }} }}
steps:
  - id: first-thing
    for: person
    moment: now
    do: {{ en: "{FILL_IN}: the first thing to do", zh: "{FILL_IN}：第一步做什么" }}
    why: {{ en: "{FILL_IN}: what it protects", zh: "{FILL_IN}：为什么" }}
    takes: 2m
  - id: look-first
    for: staff
    moment: now
    do: {{ en: "{FILL_IN}: what staff check first", zh: "{FILL_IN}：工作人员先核对什么" }}
    why: {{ en: "{FILL_IN}: what it tells apart", zh: "{FILL_IN}：能区分什么" }}
  - id: reply-{id}
    for: staff
    moment: 5m
    after: [look-first]    # earlier steps of the same audience that come first
    time_box: 10m          # the longest to spend on it
    required: true         # staff only: closing is refused until it is done or waived with a reason
    do: {{ en: "{FILL_IN}: what staff do then", zh: "{FILL_IN}：工作人员接着做什么" }}
    why: {{ en: "{FILL_IN}: what it protects", zh: "{FILL_IN}：为什么" }}
never:
  - do: {{ en: "{FILL_IN}: what makes it worse", zh: "{FILL_IN}：什么会让情况更糟" }}
    why: {{ en: "{FILL_IN}: why", zh: "{FILL_IN}：原因" }}
orders: []
sources: []
# At least six: how people word it in both languages, and look-alikes that must not lead here (`not`).
examples:
  - {{ report: {{ text: "{FILL_IN} how people word {words}" }}, expect: {{ class: {class}, lead: {id} }} }}
  - {{ report: {{ text: "{FILL_IN} {words} 的说法" }}, expect: {{ class: {class}, lead: {id} }} }}
"#
    )
}
