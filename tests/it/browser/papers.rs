//! What is taken along: an address copied whole, and the evidence on paper.

use fantoccini::Locator;
use serde_json::json;

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::on_sqlite;

const THIEF: &str = "0x52908400098527886E0F7030069857D2E4169EE7";
const HASH: &str = "0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b";

/// Reports, and is on the case page with both in a message.
async fn on_the_case_page(window: &Window) {
    window.visit("/").await;
    window.fill("#text", &format!("my usdt went to {THIEF}")).await;
    window.follow("form.report > button").await;
    window.visit("/case").await;
    window.fill("#message", &format!("it went to {THIEF} in {HASH}, see https://evil.example/{THIEF}")).await;
    window.follow("form.write > button").await;
}

/// OUT-05: copied by button.
#[test]
fn an_address_is_read_in_groups_and_copied_without_them() {
    for (screen, language) in [(Screen::Phone, "en"), (Screen::Desk, "zh-CN,zh")] {
        on_sqlite(async |app| {
            let driver = Driver::start();
            let window = Window::open((&driver, &app), Looks::new(screen, language)).await;
            let granted = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
            window.devtools("Browser.grantPermissions", granted).await;
            on_the_case_page(&window).await;
            let shown = window.client.find_all(Locator::Css("#messages .address code")).await.unwrap();
            assert_eq!(shown.len(), 2, "what stands in a link is no address");
            let groups = window.client.find_all(Locator::Css("#messages .address:first-of-type b")).await.unwrap();
            assert_eq!(groups[0].text().await.unwrap(), "0x5290", "the ends are stressed");
            for (place, whole) in [(1, THIEF), (2, HASH)] {
                window.press(&format!("//*[@id='messages']//*[@class='address'][{place}]//button")).await;
                let said = if language == "en" { "Copied" } else { "已复制" };
                let pressed = format!("(//*[@id='messages']//*[@class='copy'])[{place}][contains(., '{said}')]");
                window.client.wait().for_element(Locator::XPath(&pressed)).await.unwrap();
                let copied = window.evaluate("navigator.clipboard.readText()".to_owned()).await;
                assert_eq!(copied, whole);
                // By hand it is the same.
                let picked = format!(
                    "(() => {{ const code = document.querySelectorAll('#messages .address code')[{}]; getSelection().selectAllChildren(code); return getSelection().toString(); }})()",
                    place - 1
                );
                assert_eq!(window.evaluate(picked).await, whole);
            }
            window.look(&format!("addresses-{}", &language[..2])).await;
            window.close(&[]).await;
        });
    }
}

#[test]
fn evidence_is_printed_black_on_white_without_controls() {
    for language in ["en", "zh-CN,zh", "zh-TW,zh-Hant"] {
        on_sqlite(async |app| {
            let driver = Driver::start();
            let window = Window::open((&driver, &app), Looks::new(Screen::Desk, language).dark()).await;
            on_the_case_page(&window).await;
            window.visit("/case/evidence").await;
            window.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
            let controls = "[...document.querySelectorAll('button, select, input, textarea, form, nav, .button, .downloads, header, footer')].filter((element) => element.checkVisibility()).map((element) => element.outerHTML.slice(0, 80))";
            assert_eq!(window.evaluate(controls.to_owned()).await, json!([]), "{language}");
            let colours = "[...document.querySelectorAll('.paper, .paper *')].filter((element) => element.checkVisibility() && element.textContent.trim()).map((element) => getComputedStyle(element)).filter((style) => !['rgb(0, 0, 0)'].includes(style.color) || !['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)'].includes(style.backgroundColor)).map((style) => `${style.color} on ${style.backgroundColor}`)";
            assert_eq!(window.evaluate(colours.to_owned()).await, json!([]), "{language}");
            assert_eq!(
                window.evaluate("getComputedStyle(document.body).backgroundColor".to_owned()).await,
                "rgb(255, 255, 255)"
            );
            assert!(
                window.reads().await.replace(char::is_whitespace, "").contains(THIEF),
                "addresses are on the paper"
            );
            window.look(&format!("printed-{}", &language[..2])).await;
            window.close(&[]).await;
        });
    }
}
