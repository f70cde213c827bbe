//! Addresses, transactions, links, mail addresses, telephone numbers and IPs in what people
//! write, each in one canonical form (IN-16).
//!
//! One file a family. Whether an observable is good or evil is for the floors above; whether
//! 64 hex digits are a private key is for the scrubber.

mod bitcoin;
mod contact;
pub(super) mod domain;
mod evm;
mod ip;
mod kind;
mod link;
mod solana;
mod token;
mod tron;
mod view;
mod wallet;

use std::ops::Range;

pub use kind::{Checksum, Family, Found, Kind, Observable};
pub use wallet::{NotAWallet, parse_wallet};

use super::mapped::Mapped;

/// Something seen in the readable view of a text; places are those of the view.
pub(super) struct Seen {
    observable: Observable,
    at: Range<usize>,
}

/// Finds every observable of a text in the order of their places.
///
/// Places do not overlap, except that the host of a URL, and an address or transaction in its
/// path, are reported after the URL they lie in. A domain that is followed by a path counts as
/// an `https` URL.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let view = view::readable(text);
    let mut found = Vec::new();
    for seen in chosen(&view) {
        found.push(Found { observable: seen.observable, at: view.original_range(seen.at) });
    }
    found
}

fn chosen(view: &Mapped) -> Vec<Seen> {
    let text = view.as_str();
    let links = link::find(text);
    let tokens = token::find(text);
    let mut taken = Places::default();
    let mut chosen: Vec<Seen> = Vec::new();

    for link in links {
        if taken.take(&link.url.at) {
            chosen.push(link.url);
            chosen.extend(link.host);
        }
    }
    let within: Vec<Range<usize>> = taken.0.clone();
    for token in tokens {
        let inside = within.iter().any(|url| url.start <= token.at.start && token.at.end <= url.end);
        if inside || taken.take(&token.at) {
            chosen.push(token);
        }
    }
    for more in [contact::emails, domain::find, ip::find, contact::phones] {
        for seen in more(text) {
            if taken.take(&seen.at) {
                chosen.push(seen);
            }
        }
    }
    // The sort is stable, so a host that begins where its URL begins stays behind it.
    chosen.sort_by_key(|seen| (seen.at.start, std::cmp::Reverse(seen.at.end)));
    chosen
}

/// Disjoint places, in order.
#[derive(Default)]
struct Places(Vec<Range<usize>>);

impl Places {
    fn take(&mut self, place: &Range<usize>) -> bool {
        let next = self.0.partition_point(|taken| taken.end <= place.start);
        if self.0.get(next).is_some_and(|taken| taken.start < place.end) {
            return false;
        }
        self.0.insert(next, place.clone());
        true
    }
}

#[cfg(test)]
mod tests;
