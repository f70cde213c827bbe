//! Protection of what is kept: subkeys for each purpose, sealing under a data key a case, keyed digests for look-ups.
//!
//! All of it is `ring` (CRY-01). Where the master key comes from is the house's matter; chance is an argument.
//!
//! | label | purpose |
//! |---|---|
//! | `kek` | seals data keys (AES-256-GCM) |
//! | `lookup` | digests of accounts, wallets, contacts (HMAC-SHA-256) |
//! | `case-link`, `case-code`, `session` | digests of what opens a case |
//! | `idempotency` | digests of keys and bodies of repeated requests |
//! | `csrf` | tokens in forms |
//! | `effort` | challenges of the proof of work |
//! | `pepper` | the pepper of passwords, while no other is configured |
//! | `device` | signed cookies of devices that staff signed in from |
//! | `message-mark`, `case-phrase` | check numbers under messages, the words of a case |
//! | `order-key` | keys under which a backend carries an order out once |
//! | `federated` | state, nonce and verifier of a sign-in at an issuer; who somebody is there |

mod digest;
mod kek;
mod pepper;
mod sealed;

pub use digest::{Digests, Purpose};
pub use kek::{Kek, Refresh};
pub use pepper::Peppers;
pub use sealed::{DataKey, NotOpened, Place};

use kek::Keks;
use ring::hkdf;
use zeroize::{Zeroize, Zeroizing};

use crate::id::Random;

/// Length of the master key in bytes.
pub const MASTER_LENGTH: usize = 32;

/// Every key that the running program needs, made from one master key.
pub struct Keys {
    keks: Keks,
    pub digests: Digests,
    pub peppers: Peppers,
}

impl Keys {
    /// Derives the subkeys (HKDF-SHA-256, one label a purpose: CRY-07) and wipes the master key it was given.
    pub fn new(mut master: [u8; MASTER_LENGTH]) -> Self {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"holdfast v1");
        let root = salt.extract(&master);
        master.zeroize();
        let mut pepper = derive(&root, "pepper");
        let peppers = Peppers::new(&pepper);
        pepper.zeroize();
        Self { keks: Keks::new(derive(&root, "kek")), digests: Digests::new(&root), peppers }
    }

    /// The keys with other peppers than the derived one, the one for new hashes first.
    #[must_use]
    pub fn with_peppers(mut self, peppers: &[[u8; 32]]) -> Self {
        self.peppers.put_before(peppers);
        self
    }

    /// Seals under these from now on, the newest first, in place of the one made from the master key; what is asked when a
    /// sealed key opens with none of them is `refresh`, because another process may be changing them (CRY-05).
    #[must_use]
    pub fn sealing_with(self, keks: &[Kek], refresh: Refresh) -> Self {
        Self { keks: self.keks.with(keks, refresh), ..self }
    }

    /// Looks again at which keys are to be sealed with.
    pub fn refresh(&self) {
        self.keks.refresh();
    }

    /// What the newest key-encryption key goes by; the name tells nothing of the key.
    pub fn newest(&self) -> String {
        self.keks.newest()
    }

    /// Whether the key-encryption key of this name is here, so that what is sealed now opens with it or a newer one.
    pub fn has(&self, name: &str) -> bool {
        self.keks.has(name)
    }

    /// What a sealed key is under the newest key-encryption key; nothing when it is under that one already.
    pub fn resealed(&self, place: Place<'_>, sealed: &[u8], random: &dyn Random) -> Result<Option<Vec<u8>>, NotOpened> {
        self.keks.resealed(place, sealed, random)
    }

    /// A new data key with its sealed form, bound to the row it belongs to.
    pub fn new_data_key(&self, place: Place<'_>, random: &dyn Random) -> (DataKey, Vec<u8>) {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        let sealed = self.keks.seal(place, &bytes, random);
        let key = DataKey::new(&bytes);
        bytes.zeroize();
        (key, sealed)
    }

    /// Opens a secret of the house that was sealed as a data key is: a key that signs rather than seals.
    pub fn open_secret(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, NotOpened> {
        let bytes = Zeroizing::new(self.keks.open(place, sealed)?);
        bytes.as_slice().try_into().map(Zeroizing::new).map_err(|_| NotOpened)
    }

    /// Opens a sealed data key; an error when the key-encryption key or the row is another one.
    pub fn open_data_key(&self, place: Place<'_>, sealed: &[u8]) -> Result<DataKey, NotOpened> {
        let mut bytes = self.keks.open(place, sealed)?;
        let key = (bytes.len() == 32).then(|| DataKey::new(&bytes));
        bytes.zeroize();
        key.ok_or(NotOpened)
    }
}

/// 32 bytes for one purpose.
fn derive(root: &hkdf::Prk, label: &str) -> [u8; 32] {
    let info = [label.as_bytes()];
    let okm = root.expand(&info, hkdf::HKDF_SHA256).expect("one block is within the limit");
    let mut bytes = [0; 32];
    okm.fill(&mut bytes).expect("the length is that of the algorithm");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Random for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    fn random() -> Counting {
        Counting(1.into())
    }

    const PLACE: Place<'static> = Place { table: "message", column: "body", row: "r1" };

    #[test]
    fn a_sealed_value_opens_only_where_it_was_put() {
        let keys = Keys::new([7; 32]);
        let (key, sealed_key) =
            keys.new_data_key(Place { table: "incident", column: "data_key", row: "i1" }, &random());
        let sealed = key.seal(PLACE, b"words", &random());
        assert_eq!(key.open(PLACE, &sealed).as_deref(), Ok(&b"words"[..]));
        for elsewhere in
            [Place { table: "note", ..PLACE }, Place { column: "reason", ..PLACE }, Place { row: "r2", ..PLACE }]
        {
            assert_eq!(key.open(elsewhere, &sealed), Err(NotOpened));
        }
        let place = Place { table: "incident", column: "data_key", row: "i1" };
        let Ok(again) = keys.open_data_key(place, &sealed_key) else { panic!("it opens where it was sealed") };
        assert_eq!(again.open(PLACE, &sealed).as_deref(), Ok(&b"words"[..]));
        assert!(keys.open_data_key(Place { table: "incident", column: "data_key", row: "i2" }, &sealed_key).is_err());
        assert!(
            Keys::new([8; 32])
                .open_data_key(Place { table: "incident", column: "data_key", row: "i1" }, &sealed_key)
                .is_err()
        );
    }

    #[test]
    fn a_changed_byte_anywhere_is_noticed() {
        let keys = Keys::new([7; 32]);
        let (key, _) = keys.new_data_key(PLACE, &random());
        let sealed = key.seal(PLACE, b"words", &random());
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(key.open(PLACE, &damaged), Err(NotOpened));
            assert_eq!(key.open(PLACE, &sealed[..at]), Err(NotOpened));
        }
    }

    #[test]
    fn one_value_in_two_fields_has_two_digests() {
        let keys = Keys::new([7; 32]);
        let one = keys.digests.of(Purpose::Lookup, "email", "a@b.example");
        assert_ne!(one, keys.digests.of(Purpose::Lookup, "login", "a@b.example"));
        assert_ne!(one, keys.digests.of(Purpose::CaseLink, "email", "a@b.example"));
        assert_ne!(one, Keys::new([8; 32]).digests.of(Purpose::Lookup, "email", "a@b.example"));
    }
}
