//! What opens a case is not in what the house keeps (CA-02).

use crate::support::app::on_sqlite;
use crate::support::case::Holder;

#[test]
fn neither_link_nor_code_is_written_down() {
    on_sqlite(async |app| {
        let holder = Holder::of(&app.report("someone drained my wallet").await);
        holder.case(&app).await;
        let mut read = 0;
        for entry in std::fs::read_dir(&app.data).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            read += bytes.len();
            for key in [&holder.token, &holder.code, &holder.code.replace('-', "")] {
                assert!(!bytes.windows(key.len()).any(|window| window == key.as_bytes()));
            }
        }
        assert!(read > 100_000, "the database was among them");
    });
}
