//! Keys, keystores and tokens, and the hashes that look like them.

use base64::Engine;

use super::super::{Secret, sample::Draw, scrub, scrub_bytes};

fn hex_digits(draw: &mut Draw, bytes: usize) -> String {
    hex::encode(random_bytes(draw, bytes))
}

fn random_bytes(draw: &mut Draw, count: usize) -> Vec<u8> {
    (0..count).map(|_| draw.number().to_le_bytes()[0]).collect()
}

/// Checks that the secret is gone, and that it was known for what it is.
#[track_caller]
fn gone(text: &str, secret: &str, kind: Secret) {
    let scrubbed = scrub(text);
    let kinds: Vec<Secret> = scrubbed.removed.iter().map(|removed| removed.secret).collect();
    assert_eq!(kinds, [kind], "{text}");
    assert!(!scrubbed.text.contains(secret), "{}", scrubbed.text);
    assert!(scrubbed.text.contains(kind.mark()));
}

#[track_caller]
fn stays(text: &str) {
    assert_eq!(scrub(text).text, text);
}

#[test]
fn ten_thousand_transaction_hashes_stay() {
    let mut draw = Draw::new(11);
    let sentences = [
        ("tx hash: 0x", ""),
        ("My transaction 0x", " is pending since yesterday"),
        ("交易哈希：0x", "，请帮我查一下"),
        ("交易 ", " 一直没有确认"),
        ("0x", ""),
        ("", ""),
        ("https://etherscan.io/tx/0x", ""),
        ("{\"hash\":\"0x", "\",\"status\":1}"),
        ("They drained me in 0x", " and then 20 more"),
        ("I never gave my private key to anyone, look at this transaction: 0x", ""),
        ("我的私钥没有泄露，但是有一笔交易 0x", " 不是我做的"),
        ("txid ", " is what the exchange told me"),
        ("block 0x", ""),
        ("sha256 ", ""),
        ("public key ", ""),
    ];
    for number in 0..10_000 {
        let (before, after) = sentences[number % sentences.len()];
        stays(&format!("{before}{}{after}", hex_digits(&mut draw, 32)));
    }
}

#[test]
fn hex_keys_beside_a_word_for_keys_go() {
    let mut draw = Draw::new(12);
    let cues = [
        "private key: ",
        "my priv key is ",
        "PRIVATE_KEY=0x",
        "pk ",
        "secretKey: \"",
        "seed ",
        "我的私钥是",
        "私鑰：",
        "密钥 0x",
        "秘钥：",
        "金鑰 ",
        "clé privée : ",
        "clave privada: ",
        "chiave privata ",
        "soukromý klíč: ",
        "chave privada ",
        "秘密鍵は",
        "개인키는 ",
        "개인 키: ",
        "Here is the key of the wallet, I hope that helps:\n",
    ];
    for cue in cues {
        let key = hex_digits(&mut draw, 32);
        gone(&format!("{cue}{key}"), &key, Secret::PrivateKey);
        gone(&format!("{cue}{} thanks", key.to_uppercase()), &key.to_uppercase(), Secret::PrivateKey);
        let wrapped = format!("{}\n{} {}", &key[..20], &key[20..40], &key[40..]);
        gone(&format!("{cue}{wrapped}\nthat is all"), &key[20..40], Secret::PrivateKey);
    }
    let key = hex_digits(&mut draw, 32);
    gone(&format!("0x{key} is my private key, transaction was yesterday"), &key, Secret::PrivateKey);
}

#[test]
fn wallet_import_keys_go_anywhere() {
    let mut draw = Draw::new(13);
    for _ in 0..50 {
        for (version, flag) in [(0x80, true), (0x80, false), (0xef, true)] {
            let mut bytes = vec![version];
            bytes.extend(random_bytes(&mut draw, 32));
            bytes.extend(flag.then_some(1));
            let key = bs58::encode(bytes).with_check().into_string();
            gone(&format!("i imported {key} there"), &key, Secret::PrivateKey);
        }
    }
    gone("x 6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg y", "6PRVW", Secret::PrivateKey);
}

#[test]
fn extended_private_keys_go_and_public_ones_stay() {
    let private = "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi";
    gone(&format!("root {private}."), private, Secret::ExtendedKey);
    gone(&format!("钱包 {}", private.replace('w', "W")), "XMPHi", Secret::ExtendedKey);
    gone(&format!("{}\n{} end", &private[..60], &private[60..]), &private[60..], Secret::ExtendedKey);
    stays(
        "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
    );
}

#[test]
fn solana_keys_go_and_signatures_stay() {
    let mut draw = Draw::new(14);
    for _ in 0..50 {
        let bytes = random_bytes(&mut draw, 64);
        let key = bs58::encode(&bytes).into_string();
        gone(&format!("phantom private key {key}"), &key, Secret::PrivateKey);
        stays(&format!("signature {key}"));
        stays(&format!("look at {key} please"));
        let list = bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        gone(&format!("id.json: [{list}]"), &list, Secret::PrivateKey);
    }
    stays("votes [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32]");
}

#[test]
fn sessions_and_tokens_go() {
    let mut draw = Draw::new(15);
    let value = hex_digits(&mut draw, 20);
    for before in [
        "Authorization: Bearer ",
        "authorization: Basic ",
        "\"Authorization\":\"Bearer ",
        "Cookie: theme=dark; session=",
        "Set-Cookie: sid=",
        "hfk_",
        "access_token=",
        "\"refresh_token\": \"",
        "my session token is ",
        "PHPSESSID=",
    ] {
        gone(&format!("curl says\n{before}{value}"), &value, Secret::SessionToken);
    }
    let part = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    let token = format!("{}.{}.{}", part("{\"alg\":\"HS256\"}"), part("{\"sub\":\"someone\"}"), part(&value));
    gone(&format!("it shows {token} in the url"), &token, Secret::SessionToken);
    stays("token: 0xdAC17F958D2ee523a2206206994597C13D831ec7");
    stays("the bearer of this letter; cookies: chocolate; session = Friday");
    stays("session id 6f1c2c1e-93b1-4a58-9d6f-0d7c1c8a2f11");
}

#[test]
fn key_blocks_go_whole_or_cut_off() {
    let body = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8Q";
    for text in [
        format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\nthanks"),
        format!("see -----BEGIN OPENSSH PRIVATE KEY-----\n{body}"),
        format!("-----BEGIN EC PRIVATE KEY-----\\n{body}\\n-----END EC PRIVATE KEY-----"),
    ] {
        gone(&text, body, Secret::PrivateKey);
    }
    gone("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX", "GFPYY", Secret::PrivateKey);
}

#[test]
fn keystores_go_whole_or_cut_off() {
    let crypto = r#""crypto":{"ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},"cipher":"aes-128-ctr","kdf":"pbkdf2","kdfparams":{"c":262144,"salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},"mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"}"#;
    let file = format!("{{{crypto},\"id\":\"3198bc9c-6672-5ab3-d995-4942343ae5b6\",\"version\":3}}");
    let scrubbed = scrub(&format!("my file {file} was copied"));
    assert_eq!(scrubbed.text, "my file [removed: keystore] was copied");
    gone(&format!("{{\"text\":{file}}}"), "5318b4d5", Secret::Keystore);
    gone(&file[..file.len() / 2], "5318b4d5", Secret::Keystore);
    let escaped = serde_json::json!({ "text": format!("see {file}") }).to_string();
    let raw = String::from_utf8(scrub_bytes(escaped.as_bytes())).unwrap();
    assert_eq!(raw, r#"{"text":"see [removed: keystore]"}"#);
    gone(r#"vault {"data":"c2VjcmV0","iv":"MTIz","salt":"NDU2"}"#, "c2VjcmV0", Secret::Keystore);
}
