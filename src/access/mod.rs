//! What opens what: case links and codes, staff tokens and their scopes, set-up links, signed links of apps.
//!
//! Makes and reads the texts that open things and says what each permission allows; remembering them is `store`'s.

mod attachment;
mod case;
pub mod id_token;
mod mark;
pub mod password;
mod permission;
mod report_link;
mod role;
pub mod second;
mod staff;
pub mod words;

pub use attachment::AttachmentId;
pub use case::{CaseToken, Code, NotATokenText, new_reference};
pub use mark::{Likeness, Mark, NotAMark, likeness};
pub use permission::{Permission, Scopes};
pub use report_link::{
    App, AppKeys, Apps, BadKey, LONGEST_LIFE, LinkWallet, NotALink, OpenedLink, ReportLink, WRITING,
};
pub use role::{NotRoles, Role, Roles};
pub use staff::{StaffToken, digest_of};

/// Crockford's base 32: no I, L, O, U, so that a code can be read out over the telephone.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Random symbols, five bits each. 256 is a multiple of 32, so the remainder favours none.
pub(crate) fn symbols(count: usize, random: &dyn crate::id::Random) -> String {
    let mut bytes = vec![0; count];
    random.fill(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// A text as it was typed, in the alphabet: case, blanks, hyphens and look-alikes (I, L, O) do not matter.
pub(crate) fn normal(text: &str) -> String {
    let symbols = text.chars().filter(|symbol| !symbol.is_whitespace() && *symbol != '-');
    symbols
        .map(|symbol| match symbol.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .collect()
}
