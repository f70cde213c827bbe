//! One field of the facts: where its value stands and how it is read.

use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;

use super::condition::Condition;
use super::convert::{self, Converter};
use super::fault::Flaw;
use super::place::{Place, Scene};
use super::shape::OneOrMany;
use crate::playbook::matcher::Match;
use crate::signal::{Decimal, Facts, Vocabulary};
use crate::time::{Span, Timestamp};

/// Values that one field takes from one list.
const MOST_VALUES: usize = 32;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[serde(default)]
    cases: Vec<WrittenCase>,
    #[serde(default)]
    ptr: Vec<Spanned<String>>,
    header: Option<Spanned<String>>,
    #[serde(rename = "as")]
    converters: Option<Spanned<OneOrMany<Converter>>>,
    #[serde(default)]
    absent: Vec<String>,
    scale: Option<Spanned<String>>,
    default: Option<Spanned<String>>,
    sanity: Option<Spanned<WrittenSanity>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCase {
    when: Spanned<Match>,
    ptr: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSanity {
    after: String,
    before_minutes_ahead: u32,
    #[serde(rename = "otherwise")]
    _otherwise: ReceiptTime,
}

/// The one thing that takes the place of an impossible time.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ReceiptTime {
    ReceiptTime,
}

/// A checked field.
#[derive(Debug, Clone)]
pub struct Field {
    name: String,
    /// Places that come before the others where a condition fits.
    cases: Vec<(Condition, Vec<Place>)>,
    places: Vec<Place>,
    converters: Vec<Converter>,
    /// Words of the sender that say that there is no value, in lower case.
    absent: Vec<String>,
    scale: Option<Scale>,
    default: Option<String>,
    sanity: Option<Sanity>,
}

#[derive(Debug, Clone)]
enum Scale {
    Places(u32),
    At(Place),
}

#[derive(Debug, Clone, Copy)]
struct Sanity {
    after: Timestamp,
    ahead: Span,
}

/// A value that is there and could not be read. It names the place and never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// A field of the facts, or the part of the mapping that could not be followed.
    pub field: String,
    pub place: String,
    pub converter: &'static str,
}

/// What the fields gave so far.
#[derive(Debug, Default)]
pub struct Taken {
    pub facts: Facts,
    pub troubles: Vec<Trouble>,
}

impl Field {
    pub fn check(name: &str, written: &Spanned<Written>, vocabulary: &Vocabulary) -> Result<Self, Flaw> {
        let Some(known) = vocabulary.fields.get(name) else {
            return Err(Flaw::unknown(written, "field", name, vocabulary.fields.keys().map(String::as_str)));
        };
        if ["kind", "severity", "severity-unchecked", "source", crate::signal::PROOF].contains(&name) {
            return Err(Flaw::at(written, format!("`{name}` has a part of its own and cannot be a field")));
        }
        let Written { cases, ptr, header, converters, absent, scale, default, sanity } = &written.value;
        let check_all = |ptr: &[Spanned<String>]| ptr.iter().map(Place::check).collect::<Result<Vec<_>, _>>();
        let cases = cases
            .iter()
            .map(|case| Ok((Condition::check(&case.when)?, check_all(&case.ptr)?)))
            .collect::<Result<Vec<_>, Flaw>>()?;
        let mut places = check_all(ptr)?;
        if let Some(header) = header {
            places.push(Place::read(&format!("header:{}", header.value)).map_err(|says| Flaw::at(header, says))?);
        }
        let converters = converters.as_ref().map_or_else(Vec::new, |converters| converters.value.0.clone());
        if let Some(wrong) = converters.iter().find(|converter| !converter.suits(known.of)) {
            return Err(Flaw::at(written, format!("`{}` does not suit the field `{name}`", wrong.name())));
        }
        let is_placed = !(places.is_empty() && cases.is_empty());
        if is_placed == converters.is_empty() || !is_placed && default.is_none() {
            return Err(Flaw::at(
                written,
                format!("field `{name}` needs `ptr` or `header` together with `as`, or only a `default`"),
            ));
        }
        let scale = scale.as_ref().map(|scale| Scale::check(name, scale, vocabulary)).transpose()?;
        let sanity = sanity.as_ref().map(Sanity::check).transpose()?;
        let default = default.as_ref().map(|word| word.value.clone());
        let absent = absent.iter().map(|word| word.to_lowercase()).collect();
        Ok(Self { name: name.to_owned(), cases, places, converters, absent, scale, default, sanity })
    }

    /// Every place the field may read.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.cases.iter().flat_map(|(_, places)| places).chain(&self.places)
    }

    /// Adds what the field gives here: the values at the first place that has any, else the default.
    pub fn read(&self, scene: Scene<'_>, received: Timestamp, taken: &mut Taken) {
        let fitting = self.cases.iter().filter(|(when, _)| when.fits(scene)).flat_map(|(_, places)| places);
        for place in fitting.chain(&self.places) {
            let Some(found) = place.find(scene) else { continue };
            let values = match &*found {
                Value::Array(values) if !self.converters.contains(&Converter::JsonText) => {
                    &values[..values.len().min(MOST_VALUES)]
                }
                one => std::slice::from_ref(one),
            };
            let mut given = false;
            for value in values.iter().filter(|value| !self.is_absent(value)) {
                match self.convert(value) {
                    Ok(Some(text)) => {
                        self.add(text, scene, taken);
                        given = true;
                    }
                    Ok(None) => {}
                    Err(converter) => taken.troubles.push(self.trouble(place, converter)),
                }
            }
            if given {
                self.keep_sane(place, received, taken);
                return;
            }
        }
        if let Some(default) = &self.default {
            taken.facts.add(&self.name, default.clone());
        }
    }

    fn is_absent(&self, value: &Value) -> bool {
        value.is_null() || value.as_str().is_some_and(|word| self.absent.contains(&word.to_lowercase()))
    }

    /// The value by the first converter that can read it, or else the name of the last.
    fn convert(&self, value: &Value) -> Result<Option<String>, &'static str> {
        let mut last = "";
        for converter in &self.converters {
            match converter.convert(value) {
                Ok(text) => return Ok(text),
                Err(convert::Unfit) => last = converter.name(),
            }
        }
        Err(last)
    }

    /// Adds one converted value. Without decimals only the base units are known.
    fn add(&self, text: String, scene: Scene<'_>, taken: &mut Taken) {
        let Some(scale) = &self.scale else {
            taken.facts.add(&self.name, text);
            return;
        };
        taken.facts.add(&format!("{}-raw", self.name), text.clone());
        let places = match scale {
            Scale::Places(places) => Some(*places),
            Scale::At(place) => {
                let written = place.plain(scene);
                let places = written.as_deref().and_then(convert::places);
                if written.is_some() && places.is_none() {
                    taken.troubles.push(self.trouble(place, "scale"));
                }
                places
            }
        };
        let scaled = places.and_then(|places| Some(text.parse::<Decimal>().ok()?.scaled_down(places).to_string()));
        // What is no decimal any more, for its many places, could be compared with nothing.
        if let Some(scaled) = scaled.filter(|scaled| scaled.parse::<Decimal>().is_ok()) {
            taken.facts.add(&self.name, scaled);
        }
    }

    fn keep_sane(&self, place: &Place, received: Timestamp, taken: &mut Taken) {
        let Some(sanity) = self.sanity else { return };
        let moment = taken.facts.first(&self.name).and_then(|text| text.parse::<Timestamp>().ok());
        if moment.is_none_or(|moment| moment < sanity.after || moment > received.plus(sanity.ahead)) {
            taken.facts.set(&self.name, received.to_string());
            taken.troubles.push(self.trouble(place, "sanity"));
        }
    }

    fn trouble(&self, place: &Place, converter: &'static str) -> Trouble {
        Trouble { field: self.name.clone(), place: place.as_str().to_owned(), converter }
    }
}

impl Scale {
    fn check(name: &str, written: &Spanned<String>, vocabulary: &Vocabulary) -> Result<Self, Flaw> {
        if !vocabulary.fields.contains_key(&format!("{name}-raw")) {
            return Err(Flaw::at(
                written,
                format!("`{name}` takes no scale: there is no field `{name}-raw` for the base units"),
            ));
        }
        if written.value.starts_with(|digit: char| digit.is_ascii_digit()) {
            let places =
                convert::places(&written.value).ok_or_else(|| Flaw::at(written, "a scale is at most 1000 places"))?;
            return Ok(Self::Places(places));
        }
        Place::check(written).map(Self::At)
    }
}

impl Sanity {
    fn check(written: &Spanned<WrittenSanity>) -> Result<Self, Flaw> {
        let WrittenSanity { after, before_minutes_ahead, _otherwise: ReceiptTime::ReceiptTime } = &written.value;
        let after = convert::moment(after)
            .ok_or_else(|| Flaw::at(written, format!("`{after}` is not a day like 2015-01-01")))?;
        Ok(Self { after, ahead: Span::from_minutes(i64::from(*before_minutes_ahead)) })
    }
}
