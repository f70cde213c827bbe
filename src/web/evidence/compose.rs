//! What the documents of the pack say, in the language of the case and in English.

use maud::html;

use super::{Block, Document, colon};
use crate::playbook::Region;
use crate::respond::{Evidence, Statement};
use crate::text::Language;
use crate::time::Timestamp;
use crate::web::pages::words::{Say, casepage, evidence as say};

/// Whom a pack is for: the regions that the house knows, and the one that was chosen.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    pub regions: &'a [Region],
    pub region: Option<&'a Region>,
}

/// The documents of a pack in one language, in the order of reading.
pub fn documents(evidence: &Evidence, chosen: Chosen<'_>) -> Vec<Document> {
    let said = Said(evidence.language);
    vec![
        account(evidence, said),
        letter(evidence, said, (&PROVIDER, None)),
        letter(evidence, said, (&POLICE, chosen.region)),
        places(said, chosen),
    ]
}

/// Texts in one language.
#[derive(Clone, Copy)]
pub struct Said(pub Language);

impl Said {
    fn text(self, say: Say) -> String {
        say.get(self.0).to_owned()
    }

    fn file(self, name: &str) -> String {
        format!("{name}.{}", self.0.as_str())
    }

    /// In brackets behind what it explains.
    fn aside(self, text: &str) -> String {
        match self.0 {
            Language::En => format!(" ({text})"),
            Language::Zh | Language::ZhHant => format!("（{text}）"),
        }
    }

    /// What parts two pieces of a sentence, two entries of a list, and two sentences.
    fn marks(self) -> (&'static str, &'static str, &'static str) {
        match self.0 {
            Language::En => (", ", "; ", ". "),
            Language::Zh | Language::ZhHant => ("，", "；", "。"),
        }
    }

    fn document(self, name: &str, title: String, blocks: Vec<Block>) -> Document {
        Document { name: self.file(name), title, language: self.0, blocks }
    }

    fn heading(self, say: Say) -> Block {
        Block::Heading(self.text(say))
    }

    fn paragraph(self, say: Say) -> Block {
        Block::Text(self.text(say))
    }

    fn item(self, say: Say) -> Block {
        Block::Item(self.text(say))
    }
}

/// A moment as both people and courts read it.
fn moment(at: Timestamp) -> String {
    let text = at.to_string();
    let minute = text.get(..16).unwrap_or(&text).replace('T', " ");
    format!("{minute} UTC")
}

/// The note that opens the folder.
pub fn readme(said: Said, has_files: bool) -> Document {
    let items = [say::README_CASE, say::README_NAMED, say::README_PROVIDER, say::README_POLICE, say::README_WHERE];
    let files = has_files.then_some(say::README_FILES);
    let mut blocks: Vec<Block> =
        items.into_iter().chain(files).chain([say::README_HASHES]).map(|item| said.item(item)).collect();
    blocks.extend([say::README_NEVER, say::README_ALSO, say::INTRO].map(|text| said.paragraph(text)));
    said.document("README", said.text(say::README), blocks)
}

fn account(evidence: &Evidence, said: Said) -> Document {
    let mut blocks = facts(evidence, said);
    blocks.push(said.heading(say::STEPS));
    let steps = evidence.steps.iter().map(|step| {
        Block::Item(format!("{} · {} · {}", moment(step.at), said.text(say::step_state(step.state)), step.text))
    });
    or_none(&mut blocks, steps.collect(), said);
    blocks.push(said.heading(say::PROGRESS));
    let done = evidence.progress.iter();
    blocks.extend(
        done.map(|done| Block::Item(format!("{} · {}", moment(done.at), said.text(casepage::done(done.what))))),
    );
    if !evidence.answers.is_empty() {
        blocks.push(said.heading(say::ANSWERS));
        blocks.extend(evidence.answers.iter().map(quoted));
    }
    let title = say::ACCOUNT.around(said.0, &html! { (evidence.reference) }).into_string();
    said.document("case", title, blocks)
}

fn quoted(statement: &Statement) -> Block {
    Block::Quote(moment(statement.at), statement.text.clone())
}

fn or_none(blocks: &mut Vec<Block>, found: Vec<Block>, said: Said) {
    if found.is_empty() {
        blocks.push(said.paragraph(say::NONE));
    }
    blocks.extend(found);
}

/// Reference, times, the person's words and what they name: the part that every document has.
fn facts(evidence: &Evidence, said: Said) -> Vec<Block> {
    let fact = |label: Say, value: &str| Block::Fact(said.text(label), value.to_owned());
    let mut blocks = vec![
        fact(say::REFERENCE, &evidence.reference),
        fact(say::RECEIVED, &moment(evidence.received)),
        fact(say::PREPARED, &moment(evidence.prepared)),
        fact(say::MAYBE, &evidence.title),
        said.paragraph(say::TIMES),
        said.paragraph(say::LINKS),
        said.heading(say::NAMED),
    ];
    let (comma, ..) = said.marks();
    let named = evidence.named.iter().map(|named| {
        let family = named.family.map(|family| said.aside(&family.to_string().to_uppercase())).unwrap_or_default();
        let (kind, first) = (said.text(say::kind(named.kind)), said.text(say::FIRST_NAMED));
        let label = format!("{kind}{family}{comma}{first} {}", moment(named.first));
        Block::Given(label, named.value.clone())
    });
    or_none(&mut blocks, named.collect(), said);
    if !evidence.claims.is_empty() {
        blocks.push(said.heading(say::CLAIMS));
        let claims = evidence.claims.iter();
        blocks.extend(claims.map(|(field, value)| {
            Block::Given(
                said.text(say::claim(field)),
                say::given(field, value).map_or_else(|| value.clone(), |word| said.text(word)),
            )
        }));
    }
    blocks.push(said.heading(say::STATEMENTS));
    or_none(&mut blocks, evidence.statements.iter().map(quoted).collect(), said);
    blocks
}

/// A letter's own words.
struct Letter {
    name: &'static str,
    title: Say,
    opening: [Say; 3],
    asks: &'static [Say],
    note: Option<Say>,
}

const PROVIDER: Letter = Letter {
    name: "letter-provider",
    title: say::PROVIDER,
    opening: [say::PROVIDER_TO, say::PROVIDER_SUBJECT, say::PROVIDER_BODY],
    asks: &[say::PROVIDER_ASK_HOLD, say::PROVIDER_ASK_KEEP, say::PROVIDER_ASK_FORM],
    note: Some(say::PROVIDER_NOTE),
};

const POLICE: Letter = Letter {
    name: "letter-police",
    title: say::POLICE,
    opening: [say::POLICE_TO, say::POLICE_SUBJECT, say::POLICE_BODY],
    asks: &[say::POLICE_ASK_CASE, say::POLICE_ASK_FREEZE, say::POLICE_ASK_BANK],
    note: None,
};

/// A letter; one for the region that was chosen names whom it can go to there.
fn letter(evidence: &Evidence, said: Said, (letter, region): (&Letter, Option<&Region>)) -> Document {
    let mut blocks: Vec<Block> = letter.opening.iter().map(|text| said.paragraph(*text)).collect();
    blocks.extend(letter.asks.iter().map(|ask| said.item(*ask)));
    if let Some(region) = region {
        let channels = region.report.iter();
        let names: Vec<String> =
            channels.map(|channel| format!("{}{}", channel.name.get(said.0), said.aside(&channel.contact))).collect();
        blocks.insert(1, Block::Fact(region_name(region, said.0), names.join(said.marks().1)));
    }
    let sign = [say::SIGN_NAME, say::SIGN_CONTACT, say::SIGN_POLICE, say::SIGN_LOSS, say::SIGN_DATE];
    blocks.extend(sign.map(|text| said.paragraph(text)));
    blocks.push(said.heading(say::ENCLOSED));
    blocks.extend(facts(evidence, said));
    if let Some(note) = letter.note {
        blocks.push(said.paragraph(note));
    }
    said.document(letter.name, said.text(letter.title), blocks)
}

/// The name of a region.
pub fn region_name(region: &Region, language: Language) -> String {
    say::region(&region.region).map_or_else(|| region.region.clone(), |name| name.get(language).to_owned())
}

fn places(said: Said, chosen: Chosen<'_>) -> Document {
    let mut blocks = vec![said.paragraph(say::WHERE_TYPE)];
    let regions: Vec<&Region> = chosen.region.map_or_else(|| chosen.regions.iter().collect(), |region| vec![region]);
    for region in regions {
        blocks.push(Block::Heading(region_name(region, said.0)));
        blocks.push(Block::Fact(said.text(say::EMERGENCY), region.emergency.clone()));
        for channel in &region.report {
            let (name, purpose) = (channel.name.get(said.0), channel.purpose.get(said.0));
            let (colon, (.., stop)) = (colon(said.0), said.marks());
            blocks.push(Block::Item(format!("{name}{colon}{}{stop}{purpose}", channel.contact)));
        }
    }
    said.document("where-to-report", said.text(say::WHERE), blocks)
}
