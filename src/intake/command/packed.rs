//! Feishu's packing: AES-256-CBC with PKCS#7 under the SHA-256 of its encrypt key, in base64 after its vector. It hides, it
//! does not prove; the signature over the packed body does.

use aes::Aes256;
use base64::{Engine, engine::general_purpose::STANDARD};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use serde::Deserialize;

const VECTOR: usize = 16;

#[derive(Deserialize)]
struct Packed {
    encrypt: String,
}

/// What is in a packed body, if it is packed under this key.
pub fn open(key: &[u8; 32], body: &[u8]) -> Option<Vec<u8>> {
    let packed: Packed = serde_json::from_slice(body).ok()?;
    let bytes = STANDARD.decode(packed.encrypt).ok()?;
    let (vector, sealed) = bytes.split_at_checked(VECTOR)?;
    let opener = cbc::Decryptor::<Aes256>::new_from_slices(key, vector).ok()?;
    let mut open = sealed.to_vec();
    opener.decrypt_padded::<Pkcs7>(&mut open).ok().map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the vendor's own documentation: key `test key`, text `hello world`.
    #[test]
    fn the_vendors_own_example_opens_and_nothing_else_does() {
        let key =
            |text: &[u8]| <[u8; 32]>::try_from(ring::digest::digest(&ring::digest::SHA256, text).as_ref()).unwrap();
        let body = br#"{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}"#;
        assert_eq!(open(&key(b"test key"), body).unwrap(), b"hello world");
        assert_ne!(open(&key(b"another"), body).unwrap_or_default(), b"hello world");
        for bad in [
            &b""[..],
            b"{}",
            b"[]",
            br#"{"encrypt":""}"#,
            br#"{"encrypt":"AAAA"}"#,
            br#"{"encrypt":"P37w+VZImNgPEO1RBhJ6Rg=="}"#,
        ] {
            assert!(open(&key(b"test key"), bad).is_none_or(|open| open.is_empty()), "{bad:?}");
        }
    }
}
