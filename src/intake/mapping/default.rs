//! The source files that are compiled in; a directory can take their place.

/// Name and text of each file.
pub const FILES: [(&str, &str); 10] = [
    ("sources/alchemy.yaml", include_str!("../../../playbooks/sources/alchemy.yaml")),
    ("sources/aws-guardduty.yaml", include_str!("../../../playbooks/sources/aws-guardduty.yaml")),
    ("sources/github.yaml", include_str!("../../../playbooks/sources/github.yaml")),
    ("sources/grafana.yaml", include_str!("../../../playbooks/sources/grafana.yaml")),
    ("sources/moralis.yaml", include_str!("../../../playbooks/sources/moralis.yaml")),
    ("sources/ocsf.yaml", include_str!("../../../playbooks/sources/ocsf.yaml")),
    ("sources/okta.yaml", include_str!("../../../playbooks/sources/okta.yaml")),
    ("sources/prometheus-alertmanager.yaml", include_str!("../../../playbooks/sources/prometheus-alertmanager.yaml")),
    ("sources/standard-webhooks.yaml", include_str!("../../../playbooks/sources/standard-webhooks.yaml")),
    ("sources/svix.yaml", include_str!("../../../playbooks/sources/svix.yaml")),
];
