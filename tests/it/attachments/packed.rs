//! The files that a holder added go along in their evidence, with their hashes; those of staff and of others do not.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use image::ImageFormat;
use reqwest::{Method, StatusCode};
use ring::digest::{SHA256, digest};

use super::{add_by_staff, added, fetch, holder, id, picture};
use crate::support::app::on_both;

#[test]
fn the_evidence_holds_every_file_of_the_holder_as_it_is_kept_and_says_its_hash() {
    on_both(async |app| {
        let (mine, other) = (holder(&app).await, holder(&app).await);
        let shot = added(&app, &mine, &picture(ImageFormat::Png)).await;
        let notes = added(&app, &mine, b"what they wrote to me").await;
        added(&app, &other, b"of somebody else").await;
        for row in app.queue().await {
            add_by_staff(&app, id(&row), b"ours alone").await;
        }
        let response = mine.request(&app, Method::GET, "/evidence").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let mut pack = zip::ZipArchive::new(Cursor::new(response.bytes().await.unwrap().to_vec())).unwrap();
        let files: BTreeMap<String, Vec<u8>> = (0..pack.len())
            .map(|place| {
                let mut file = pack.by_index(place).unwrap();
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                let name = file.name().unwrap().into_owned();
                (name.strip_prefix(&format!("{}/", mine.reference)).unwrap().to_owned(), bytes)
            })
            .collect();
        let manifest = String::from_utf8(files["MANIFEST.sha256"].clone()).unwrap();
        assert_eq!(manifest.lines().count(), files.len() - 1);
        for line in manifest.lines() {
            let (hash, name) = line.split_once("  ").unwrap();
            assert_eq!(hex::encode(digest(&SHA256, &files[name])), hash, "{name}");
        }
        assert_eq!(files.keys().filter(|name| name.starts_with("files/")).count(), 2);
        for file in [shot, notes] {
            let kept = fetch(&app, &mine, id(&file)).await.bytes().await.unwrap();
            let name = format!("files/{}", file["name"].as_str().unwrap());
            assert_eq!(files[&name], kept, "{name}");
        }
        let readme = String::from_utf8(files["README.en.txt"].clone()).unwrap();
        assert!(readme.contains("files: "), "{readme}");
        let bare = other.request(&app, Method::GET, "/evidence").send().await.unwrap().bytes().await.unwrap();
        assert!(!super::holds(&bare, b"what they wrote") && !super::holds(&bare, b"ours alone"));
    });
}
