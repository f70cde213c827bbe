//! OUT-11: mails about a case are stopped by one click of a mail program, without a cookie; looking at the address changes
//! nothing; staff see everything as before, and warnings come all the same.

use reqwest::StatusCode;
use serde_json::json;

use super::mails::{ANNA, case, mails, with_mail, write};
use super::server::Speaks;
use crate::support::app::on_sqlite_with;

#[test]
fn one_click_without_a_cookie_stops_mails_and_neither_a_look_nor_a_wrong_address_does() {
    with_mail(Speaks::Plain, |plan| {
        on_sqlite_with(plan, async |app| {
            let (holder, id) = case(&app, &json!({"email": ANNA}), "en").await;
            write(&app, &id, "one").await;
            let mail = mails(1).await.remove(0);
            assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
            let header = mail.header("List-Unsubscribe");
            let address = header.trim_start_matches('<').trim_end_matches('>').to_owned();
            assert!(address.starts_with(&app.url("/mail/")) && !address.contains(&holder.token), "{address}");

            let look = app.visitor().get(&address).send().await.unwrap();
            assert_eq!(look.status(), StatusCode::OK);
            assert!(look.headers().get("set-cookie").is_none());
            let page = look.text().await.unwrap();
            assert!(page.contains("Stop the mails") && !page.contains("drained") && !page.contains(ANNA), "{page}");
            write(&app, &id, "two").await;
            mails(2).await;

            let click = async |address: &str| {
                let body = [("List-Unsubscribe", "One-Click")];
                app.visitor().post(address).form(&body).send().await.unwrap().status()
            };
            let wrong = format!("{}{}", &address[..address.len() - 1], if address.ends_with('0') { '1' } else { '0' });
            assert_eq!(click(&wrong).await, StatusCode::NOT_FOUND);
            assert_eq!(click(&address.replace(&holder.reference, "HF-0000-0000")).await, StatusCode::NOT_FOUND);
            write(&app, &id, "three").await;
            mails(3).await;

            let parts =
                "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
            let request = app.visitor().post(&address).header("content-type", "multipart/form-data; boundary=b");
            assert_eq!(request.body(parts).send().await.unwrap().status(), StatusCode::OK, "as parts of a form");
            assert_eq!(click(&address).await, StatusCode::OK, "twice is once");
            write(&app, &id, "four").await;
            // The next that leaves is a warning: what was stopped would have come before it.
            let ask = json!({"what": "contact", "detail": "thief@example.net"});
            assert!(holder.post(&app, "/requests", &ask).await.status().is_success());
            let warned = mails(4).await.pop().unwrap();
            assert!(warned.subject().starts_with("Another contact was asked for"), "{}", warned.subject());

            let shown = holder.case(&app).await;
            assert!(shown.to_string().contains("four"), "everything stands in the case");
            let again = app.visitor().post(&address).form(&[("again", "yes")]).send().await.unwrap();
            assert_eq!(again.status(), StatusCode::OK);
            write(&app, &id, "five").await;
            assert!(mails(5).await.pop().unwrap().subject().starts_with("There is an answer"));
        });
    });
}
