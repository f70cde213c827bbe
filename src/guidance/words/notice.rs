//! Notices beside the steps.

super::say! {
    WORDS_REMOVED: "notice-words-removed";
    TOKEN_REMOVED: "notice-token-removed";
    DANGER: "notice-danger" [numbers];
    FURTHER_BACK: "notice-further-back" [minutes];
    NOT_KEPT: "notice-not-kept";
    REGION_CN: "notice-region-cn";
    REGION_HK: "notice-region-hk";
    REGION_SG: "notice-region-sg";
    REGION_US: "notice-region-us";
    REGION_GB: "notice-region-gb";
    REGION_EU: "notice-region-eu";
}
