//! What the list is narrowed to, and how many cases there are of each sort.

use std::collections::BTreeMap;

use crate::playbook::Class;
use crate::queue;
use crate::store::desk::list::{Cell, Filter};
use crate::store::incidents::State;

/// Where the cases of a list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// Nobody has it in hand.
    Waiting,
    Held,
    /// In the hands of whoever asks.
    Mine,
    Closed,
}

impl Stand {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Held, Self::Mine, Self::Closed];

    /// The word in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Held => "held",
            Self::Mine => "mine",
            Self::Closed => "closed",
        }
    }
}

/// What a list is narrowed to; the default shows everything that is not closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lens {
    pub stand: Option<Stand>,
    pub lane: Option<Class>,
    pub level: Option<u8>,
    pub kind: Option<String>,
    pub language: Option<String>,
    pub danger: bool,
    /// What was typed into the search field.
    pub search: String,
}

impl Lens {
    /// The fields as they stand in an address, without those that narrow nothing.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        let mut put = |name, value: Option<String>| fields.extend(value.map(|value| (name, value)));
        put("q", (!self.search.is_empty()).then(|| self.search.clone()));
        put("state", self.stand.map(|stand| stand.as_str().to_owned()));
        put("lane", self.lane.map(|lane| lane.as_str().to_owned()));
        put("level", self.level.map(|level| level.to_string()));
        put("kind", self.kind.clone());
        put("tongue", self.language.clone());
        put("danger", self.danger.then(|| "yes".to_owned()));
        fields
    }

    /// Whether nothing is narrowed.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn filter(&self, me: &str) -> Filter {
        Filter {
            state: match self.stand {
                None => None,
                Some(Stand::Waiting) => Some(State::Open),
                Some(Stand::Held | Stand::Mine) => Some(State::Held),
                Some(Stand::Closed) => Some(State::Closed),
            },
            lane: self.lane.map(queue::lane),
            level: self.level.map(i64::from),
            kinds: self.kind.iter().cloned().collect(),
            language: self.language.clone(),
            holder: (self.stand == Some(Stand::Mine)).then(|| me.to_owned()),
            danger: self.danger,
        }
    }

    /// Whether the cases of a cell are on the list.
    pub(super) fn fits(&self, cell: &Cell, me: &str) -> bool {
        self.stand.is_none_or(|stand| stands(cell, stand, me))
            && self.lane.is_none_or(|lane| queue::lane(lane) == cell.lane)
            && self.level.is_none_or(|level| i64::from(level) == cell.level)
            && self.kind.as_ref().is_none_or(|kind| *kind == cell.kind)
            && self.language.as_ref().is_none_or(|language| *language == cell.language)
            && (!self.danger || cell.danger)
    }
}

fn stands(cell: &Cell, stand: Stand, me: &str) -> bool {
    match stand {
        Stand::Waiting => cell.state == State::Open,
        Stand::Held => cell.state == State::Held,
        Stand::Mine => cell.state == State::Held && cell.holder.as_deref() == Some(me),
        Stand::Closed => cell.state == State::Closed,
    }
}

/// How many cases each choice would show, given everything else that is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// On the list as it is narrowed now.
    pub total: i64,
    pub stands: BTreeMap<Stand, i64>,
    /// By the number of the lane.
    pub lanes: BTreeMap<i64, i64>,
    pub levels: BTreeMap<i64, i64>,
    pub kinds: BTreeMap<String, i64>,
    pub languages: BTreeMap<String, i64>,
    pub danger: i64,
}

impl Counts {
    pub(super) fn of(cells: &[Cell], lens: &Lens, me: &str) -> Self {
        let mut counts = Self::default();
        let [no_stand, no_lane, no_level, no_kind, no_language] = [
            Lens { stand: None, ..lens.clone() },
            Lens { lane: None, ..lens.clone() },
            Lens { level: None, ..lens.clone() },
            Lens { kind: None, ..lens.clone() },
            Lens { language: None, ..lens.clone() },
        ];
        let with_danger = Lens { danger: true, ..lens.clone() };
        for cell in cells {
            let count = cell.incidents;
            if lens.fits(cell, me) {
                counts.total += count;
            }
            if no_stand.fits(cell, me) {
                for stand in Stand::ALL.into_iter().filter(|stand| stands(cell, *stand, me)) {
                    *counts.stands.entry(stand).or_default() += count;
                }
            }
            if no_lane.fits(cell, me) {
                *counts.lanes.entry(cell.lane).or_default() += count;
            }
            if no_level.fits(cell, me) {
                *counts.levels.entry(cell.level).or_default() += count;
            }
            if no_kind.fits(cell, me) {
                *counts.kinds.entry(cell.kind.clone()).or_default() += count;
            }
            if no_language.fits(cell, me) {
                *counts.languages.entry(cell.language.clone()).or_default() += count;
            }
            if with_danger.fits(cell, me) {
                counts.danger += count;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells() -> impl Strategy<Value = Vec<Cell>> {
        let state = prop_oneof![Just(State::Open), Just(State::Held), Just(State::Closed)];
        let cell = (state, 0..2_i64, 1..=5_i64, "[ab]", "en|zh", any::<bool>(), 1..9_i64);
        let made = cell.prop_map(|(state, lane, level, kind, language, danger, incidents)| Cell {
            state,
            lane,
            level,
            kind,
            language,
            danger,
            holder: (state == State::Held).then(|| if level > 2 { "me" } else { "other" }.to_owned()),
            incidents,
        });
        prop::collection::vec(made, 0..20)
    }

    proptest! {
        #[test]
        fn choosing_a_facet_shows_as_many_as_it_said(cells in cells(), level in 1..=5_u8, danger: bool) {
            let lens = Lens { danger, lane: Some(Class::Security), ..Lens::default() };
            let said = Counts::of(&cells, &lens, "me");
            let chosen = Counts::of(&cells, &Lens { level: Some(level), ..lens.clone() }, "me");
            prop_assert_eq!(said.levels.get(&i64::from(level)).copied().unwrap_or(0), chosen.total);
            for stand in Stand::ALL {
                let chosen = Counts::of(&cells, &Lens { stand: Some(stand), ..lens.clone() }, "me");
                prop_assert_eq!(said.stands.get(&stand).copied().unwrap_or(0), chosen.total);
            }
            for kind in ["a", "b"] {
                let chosen = Counts::of(&cells, &Lens { kind: Some(kind.to_owned()), ..lens.clone() }, "me");
                prop_assert_eq!(said.kinds.get(kind).copied().unwrap_or(0), chosen.total);
            }
        }

        #[test]
        fn the_counts_of_a_facet_add_up_to_the_list(cells in cells()) {
            let counts = Counts::of(&cells, &Lens::default(), "me");
            for facet in [&counts.levels, &counts.lanes] {
                prop_assert_eq!(facet.values().sum::<i64>(), counts.total);
            }
            prop_assert_eq!(counts.kinds.values().sum::<i64>(), counts.total);
        }
    }
}
