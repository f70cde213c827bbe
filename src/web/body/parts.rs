//! Forms that carry a file (`multipart/form-data`): the fields as in any form, and the bytes of one file. The name and the type
//! that a client gives it are not looked at.

use std::convert::Infallible;

use axum::body::{Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use futures_util::stream;
use http_body_util::BodyExt;
use multer::Multipart;

use super::form::Fields;
use super::{Received, as_it_is, only, unread};
use crate::attachment;
use crate::web::problem::Problem;

/// The most that a form with a file takes, in bytes: the file, and what stands around it.
pub const FILE_FORM: usize = attachment::LIMIT + 64 * 1024;
/// A photograph is seldom longer, in bytes.
const THROWN_AWAY: usize = 32 * 1024 * 1024;
const TYPE: &str = "multipart/form-data";
/// A form of ours has two parts.
const PARTS: usize = 4;
const FIELD: usize = 4 * 1024;

/// Whether a request says that it carries a file.
pub fn is_with_file(headers: &HeaderMap) -> bool {
    let kind = only(headers, header::CONTENT_TYPE).and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case(TYPE))
}

/// Reads a form with a file as people send it. One that is too long is read to its end and thrown away, and then it is nothing: an
/// answer before a browser has sent everything is not shown by it.
pub async fn file_form(request: Request) -> Result<Option<Received>, Problem> {
    let (parts, mut body) = request.into_parts();
    as_it_is(&parts.headers)?;
    if body.size_hint().lower() > THROWN_AWAY as u64 {
        return Err(Problem::too_large());
    }
    let (mut whole, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| unread(&error))?;
        let Some(piece) = frame.data_ref() else { continue };
        length += piece.len();
        if length > THROWN_AWAY {
            return Err(Problem::too_large());
        }
        if length <= FILE_FORM {
            whole.extend_from_slice(piece);
        } else {
            whole = Vec::new();
        }
    }
    Ok((length <= FILE_FORM).then(|| Received { parts, bytes: whole.into() }))
}

impl Received {
    /// The fields of a form, and the bytes of its part `file`; without that part they are empty.
    pub async fn form_with_file(&self) -> Result<(Fields, Bytes), Problem> {
        let refuse = || Problem::unsupported_media_type().field("content-type", TYPE);
        let malformed = || Problem::bad_request().field("body", "form");
        let kind = only(&self.parts.headers, header::CONTENT_TYPE).ok_or_else(refuse)?;
        let boundary = multer::parse_boundary(kind).map_err(|_| refuse())?;
        let whole = stream::iter([Ok::<Bytes, Infallible>(self.bytes.clone())]);
        let mut form = Multipart::new(whole, boundary);
        let (mut fields, mut file) = (Fields::default(), None);
        let mut parts = 0;
        while let Some(part) = form.next_field().await.map_err(|_| malformed())? {
            parts += 1;
            let name = part.name().map(str::to_owned).ok_or_else(malformed)?;
            let bytes = part.bytes().await.map_err(|_| malformed())?;
            if parts > PARTS {
                return Err(malformed());
            }
            if name == "file" {
                if file.replace(bytes).is_some() {
                    return Err(Problem::bad_request().field("file", "repeated"));
                }
                continue;
            }
            let plain =
                String::from_utf8(bytes.to_vec()).ok().filter(|text| text.len() <= FIELD && !text.contains('\0'));
            fields.put(name, plain.ok_or_else(malformed)?);
        }
        Ok((fields, file.unwrap_or_default()))
    }
}
