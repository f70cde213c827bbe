//! What problems are called, on pages and for programs.

super::say! {
    BAD_REQUEST: "problem-bad-request";
    UNAUTHORIZED: "problem-unauthorized";
    FORBIDDEN: "problem-forbidden";
    NOT_FOUND: "problem-not-found";
    METHOD_NOT_ALLOWED: "problem-method-not-allowed";
    TOO_SLOW: "problem-too-slow";
    CONFLICT: "problem-conflict";
    TOO_LARGE: "problem-too-large";
    TARGET_TOO_LONG: "problem-url-too-long";
    UNSUPPORTED_MEDIA_TYPE: "problem-unsupported-media-type";
    UNPROCESSABLE: "problem-unprocessable";
    TOO_MANY: "problem-too-many-requests";
    HEADERS_TOO_LARGE: "problem-headers-too-large";
    INTERNAL: "problem-internal";
    UNAVAILABLE: "problem-unavailable";
}
