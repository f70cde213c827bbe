//! The kinds of problem: status, id and title of each.

use axum::http::StatusCode;

use crate::web::pages::words::{Say, problem as say};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    BadRequest,
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    TooSlow,
    Conflict,
    TooLarge,
    TargetTooLong,
    UnsupportedMediaType,
    Unprocessable,
    TooMany,
    HeadersTooLarge,
    Internal,
    Unavailable,
}

impl Kind {
    pub(super) const ALL: [Self; 15] = [
        Self::BadRequest,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::TooSlow,
        Self::Conflict,
        Self::TooLarge,
        Self::TargetTooLong,
        Self::UnsupportedMediaType,
        Self::Unprocessable,
        Self::TooMany,
        Self::HeadersTooLarge,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The kind for an error that a library answered; an unlisted one becomes the general one of its class.
    pub(super) fn of(status: StatusCode) -> Self {
        let general = if status.is_server_error() { Self::Internal } else { Self::BadRequest };
        Self::ALL.into_iter().find(|kind| kind.status() == status).unwrap_or(general)
    }

    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::TooSlow => "too-slow",
            Self::Conflict => "conflict",
            Self::TooLarge => "too-large",
            Self::TargetTooLong => "url-too-long",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::Unprocessable => "unprocessable",
            Self::TooMany => "too-many-requests",
            Self::HeadersTooLarge => "headers-too-large",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// What it is called, for people and programs.
    pub(super) const fn title(self) -> Say {
        match self {
            Self::BadRequest => say::BAD_REQUEST,
            Self::Unauthorized => say::UNAUTHORIZED,
            Self::Forbidden => say::FORBIDDEN,
            Self::NotFound => say::NOT_FOUND,
            Self::MethodNotAllowed => say::METHOD_NOT_ALLOWED,
            Self::TooSlow => say::TOO_SLOW,
            Self::Conflict => say::CONFLICT,
            Self::TooLarge => say::TOO_LARGE,
            Self::TargetTooLong => say::TARGET_TOO_LONG,
            Self::UnsupportedMediaType => say::UNSUPPORTED_MEDIA_TYPE,
            Self::Unprocessable => say::UNPROCESSABLE,
            Self::TooMany => say::TOO_MANY,
            Self::HeadersTooLarge => say::HEADERS_TOO_LARGE,
            Self::Internal => say::INTERNAL,
            Self::Unavailable => say::UNAVAILABLE,
        }
    }
}
