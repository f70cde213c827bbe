//! The kinds of problem: status, id and title of each.

use axum::http::StatusCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    BadRequest,
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    TooSlow,
    Conflict,
    PreconditionFailed,
    TooLarge,
    TargetTooLong,
    UnsupportedMediaType,
    Unprocessable,
    TooMany,
    HeadersTooLarge,
    Internal,
    Unavailable,
}

pub(super) struct Title {
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
}

const fn title(en: &'static str, zh: &'static str) -> Title {
    Title { en, zh }
}

impl Kind {
    pub(super) const ALL: [Self; 16] = [
        Self::BadRequest,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::TooSlow,
        Self::Conflict,
        Self::PreconditionFailed,
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
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
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
            Self::PreconditionFailed => "precondition-failed",
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

    pub(super) const fn title(self) -> Title {
        match self {
            Self::BadRequest => title("The request could not be read", "无法读取此请求"),
            Self::Unauthorized => title("Please sign in", "请先登录"),
            Self::Forbidden => title("Not permitted", "没有权限"),
            Self::NotFound => title("Nothing here", "此处没有内容"),
            Self::MethodNotAllowed => title("This cannot be done here", "此处不支持该操作"),
            Self::TooSlow => title("The request came too slowly", "请求传输过慢"),
            Self::Conflict => title("This no longer fits", "与当前状态冲突"),
            Self::PreconditionFailed => title("Someone changed this meanwhile", "内容已被他人更改"),
            Self::TooLarge => title("Too large", "内容过大"),
            Self::TargetTooLong => title("The address is too long", "网址过长"),
            Self::UnsupportedMediaType => title("This format is not read here", "不支持的格式"),
            Self::Unprocessable => title("Something in the request is not right", "请求内容有误"),
            Self::TooMany => title("Too many requests", "请求过于频繁"),
            Self::HeadersTooLarge => title("The request headers are too large", "请求头过大"),
            Self::Internal => title("Something went wrong on our side", "我们这边出了问题"),
            Self::Unavailable => title("Not available right now", "暂时无法使用"),
        }
    }
}
