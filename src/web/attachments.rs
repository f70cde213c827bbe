//! Files at the doors: read and cleaned on the way in, and on the way out nothing that a browser would show or run (IN-13).

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::headers::Sandboxed;
use super::house::House;
use super::problem::Problem;
use crate::access::AttachmentId;
use crate::attachment::{self, Clean, Refused};
use crate::respond::{Download, NotAdded};

/// Pictures that are unpacked at once: each may take 256 MiB.
const AT_ONCE: usize = 2;

/// Where files are looked at.
pub struct Bench(Arc<Semaphore>);

impl Default for Bench {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// What may be kept of a file, made on a thread of its own. Whoever finds the bench full waits in line.
pub async fn cleaned(house: &House, bytes: axum::body::Bytes) -> Result<Result<Clean, Refused>, Problem> {
    let place = Arc::clone(&house.bench.0).acquire_owned().await.map_err(Problem::internal)?;
    let work = move || {
        let cleaned = attachment::clean(&bytes);
        // Not before: whoever asked may have gone, and the thread works on.
        drop(place);
        cleaned
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

/// What a program is told of a file that is not taken.
pub fn refusal(refused: Refused) -> Problem {
    let rule = match refused {
        Refused::Empty => "empty",
        Refused::TooLong => "5 MiB, or 1 MiB for a text",
        Refused::TooManyPixels => "40 megapixels",
        Refused::Broken => "cut off or damaged",
        Refused::Markup => "no HTML, SVG or XML",
        Refused::Recording => "no recordings of a browser's traffic",
        Refused::Archive => "no archives or office documents",
        Refused::Active => "no PDF that runs something or carries files",
        Refused::Unknown => "PNG, JPEG, WebP, PDF or plain text",
    };
    Problem::unprocessable().named("file-not-taken").field("file", rule)
}

/// What a program is told when a file was not added.
pub fn not_added(refused: NotAdded) -> Problem {
    match refused {
        NotAdded::Unknown => Problem::not_found(),
        NotAdded::Full => Problem::conflict().named("files-full").detail("ten files are there; no more can be added"),
    }
}

/// An id in an address; what has not its form names nothing.
pub fn id(text: &str) -> Result<AttachmentId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// A file on its way out.
pub fn download(found: Option<Download>) -> Result<Response, Problem> {
    let Download { name, kind, bytes } = found.ok_or_else(Problem::not_found)?;
    let name = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).map_err(Problem::internal)?;
    let kind = HeaderValue::from_static(kind.media_type());
    let mut response = ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response();
    response.extensions_mut().insert(Sandboxed);
    Ok(response)
}
