//! The evidence pack for the holder of a case: to print, as text, as an archive.

use std::io;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use futures_util::stream;

use super::{Asked, NO_ROBOTS, csrf, over, page, session};
use crate::id::{Id, of};
use crate::playbook::Region;
use crate::respond::{Evidence, Used};
use crate::text::Language;
use crate::web::body;
use crate::web::evidence::{Archive, Chosen, documents};
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::evidence as evidence_page;
use crate::web::problem::Problem;

/// What was asked for: the language, when one was named, and the region.
struct Wanted {
    language: Option<Language>,
    region: String,
}

impl Wanted {
    fn of(uri: &Uri, name: &str) -> Result<Self, Problem> {
        let mut query = body::query(uri)?;
        let language = query
            .one(name)?
            .map(|language| language.parse().map_err(|_| Problem::unprocessable().field("language", "en, zh, zh-Hant")))
            .transpose()?;
        Ok(Self { language, region: query.one("region")?.unwrap_or_default() })
    }

    /// The region among those that the house knows; none is fine, another is not.
    fn chosen<'a>(&self, regions: &'a [Region]) -> Result<Chosen<'a>, Problem> {
        let region = regions.iter().find(|region| region.region == self.region);
        if region.is_none() && !self.region.is_empty() {
            return Err(Problem::unprocessable().field("region", "a region of the help lines"));
        }
        Ok(Chosen { regions, region })
    }
}

/// The evidence in the language of the case, or the one asked for, and in English.
async fn gather(house: &House, case: Id<of::Case>, language: Option<Language>) -> Result<Vec<Evidence>, Problem> {
    let language = match language {
        Some(language) => language,
        None => house.respond.case(case, None).await?.ok_or_else(over)?.guidance.language,
    };
    let languages: &[Language] = if language == Language::En { &[Language::En] } else { &[language, Language::En] };
    house.respond.evidence(case, languages).await?.ok_or_else(over)
}

/// `GET /case/evidence`: a page that prints.
pub async fn evidence(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (token, case) = session(&house, &headers, Used::ByPerson).await?;
    house.limits.deeds.check(case)?;
    let wanted = Wanted::of(&uri, "lang")?;
    let room = house.respond.room();
    let chosen = wanted.chosen(&room.playbooks.help_lines)?;
    let packs = gather(&house, case, wanted.language).await?;
    let Some(first) = packs.first() else { return Err(over()) };
    let asked = Asked { language: first.language, nonce };
    let frame = asked.frame(&house, "");
    let documents: Vec<_> = packs.iter().map(|pack| (pack.language, documents(pack, chosen))).collect();
    let csrf = csrf(&house, &token);
    let shown = evidence_page::page(&evidence_page::EvidencePage { frame, documents: &documents, chosen, csrf: &csrf });
    Ok(([NO_ROBOTS], page(StatusCode::OK, shown)).into_response())
}

/// `GET /case/evidence/text`: the same as plain text.
pub async fn text(State(house): State<Shared>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (_, case) = session(&house, &headers, Used::ByPerson).await?;
    house.limits.deeds.check(case)?;
    let wanted = Wanted::of(&uri, "lang")?;
    let room = house.respond.room();
    let chosen = wanted.chosen(&room.playbooks.help_lines)?;
    let packs = gather(&house, case, wanted.language).await?;
    let texts: Vec<String> =
        packs.iter().flat_map(|pack| documents(pack, chosen)).map(|document| document.text()).collect();
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];
    Ok(([NO_ROBOTS], headers, texts.join("\n\n")).into_response())
}

/// `GET /case/evidence/pack`: the same as a ZIP archive.
pub async fn pack(State(house): State<Shared>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let (_, case) = session(&house, &headers, Used::ByPerson).await?;
    house.limits.deeds.check(case)?;
    packed(&house, case, Wanted::of(&uri, "lang")?).await
}

/// The archive for a program that holds link and code.
pub async fn of_program(house: &House, case: Id<of::Case>, uri: &Uri) -> Result<Response, Problem> {
    packed(house, case, Wanted::of(uri, "language")?).await
}

async fn packed(house: &House, case: Id<of::Case>, wanted: Wanted) -> Result<Response, Problem> {
    let room = house.respond.room();
    let chosen = wanted.chosen(&room.playbooks.help_lines)?;
    let packs = gather(house, case, wanted.language).await?;
    let files = house.respond.files_of(case).await?;
    let archive = Archive::begin(&packs, chosen, !files.is_empty()).map_err(Problem::internal)?;
    let name = packs.first().map_or("case", |pack| pack.reference.as_str());
    let name = HeaderValue::try_from(format!("attachment; filename=\"{name}.zip\"")).map_err(Problem::internal)?;
    let kind = HeaderValue::from_static("application/zip");
    let begun = (Some(archive), files.into_iter(), house.respond.clone());
    let pieces = stream::try_unfold(begun, move |(archive, mut files, respond)| async move {
        let Some(mut archive) = archive else { return Ok::<_, io::Error>(None) };
        let Some(id) = files.next() else { return Ok(Some((archive.end()?, (None, files, respond)))) };
        // One that was taken away meanwhile is left out; one that cannot be read cuts the archive short.
        if let Some(file) = respond.holder_downloads(case, &id).await.map_err(io::Error::other)? {
            archive.add(&file.name, &file.bytes)?;
        }
        Ok(Some((archive.take(), (Some(archive), files, respond))))
    });
    Ok(([NO_ROBOTS], [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], Body::from_stream(pieces))
        .into_response())
}
