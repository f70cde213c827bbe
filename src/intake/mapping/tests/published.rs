//! What each published payload gives: the number of its events, their kinds in order, and the facts that matter.

/// What one file gives.
pub struct Row {
    pub file: &'static str,
    /// The name of the event where the sender puts it into a header and the published file has no headers.
    pub event: &'static str,
    /// Kinds in order, each with how many follow one another.
    pub kinds: &'static [(usize, &'static str)],
    /// Facts of the first event.
    pub first: &'static [(&'static str, &'static str)],
    pub ignored: &'static [(usize, &'static str)],
}

pub const NOTHING: Row = Row { file: "", event: "", kinds: &[], first: &[], ignored: &[] };

pub const ROWS: [Row; 41] = [
    Row {
        file: "alchemy/address-activity-usdc.json",
        kinds: &[(2, "chain.transfer")],
        first: &[
            ("chain", "ethereum"),
            ("amount", "293.092129"),
            ("amount-raw", "293092129"),
            ("log-index", "110"),
            ("removed", "false"),
            ("time", "2024-01-23T07:42:26.411Z"),
            ("severity", "medium"),
            ("effect", "Open"),
            ("subjects", "2"),
        ],
        ..NOTHING
    },
    Row { file: "alchemy/capacity-limit-error.json", ignored: &[(1, "sender-quota-notice")], ..NOTHING },
    // Its shape is that of somebody's own query.
    Row { file: "alchemy/custom-graphql-large.json", ..NOTHING },
    Row {
        file: "alchemy/mined-transaction-v1-legacy.json",
        kinds: &[(1, "chain.transfer")],
        first: &[
            ("chain", "ethereum"),
            ("asset", "native"),
            ("amount", "2"),
            ("event", "MINED_TRANSACTION"),
            ("time", "2020-07-29T00:29:18.414Z"),
        ],
        ..NOTHING
    },
    Row {
        file: "alchemy/mined-transaction-v2.json",
        kinds: &[(1, "unclassified")],
        first: &[("chain", "ethereum"), ("amount", "0"), ("event", "MINED_TRANSACTION"), ("subjects", "2")],
        ..NOTHING
    },
    Row {
        file: "alchemy/nft-activity-erc721.json",
        kinds: &[(1, "chain.nft-transfer")],
        first: &[("chain", "ethereum"), ("amount", "-"), ("removed", "false"), ("subjects", "2")],
        ..NOTHING
    },
    Row {
        file: "moralis/erc20-usdc-transfers.json",
        kinds: &[(22, "chain.transfer")],
        first: &[
            ("chain", "ethereum"),
            ("amount", "106292.629732"),
            ("final", "true"),
            ("time", "2022-10-12T13:40:59.000Z"),
            ("effect", "Update"),
            ("subjects", "2"),
        ],
        ..NOTHING
    },
    Row {
        file: "moralis/erc721-approval-and-transfer.json",
        kinds: &[(1, "chain.nft-transfer")],
        first: &[("amount", "1"), ("final", "false"), ("effect", "Open")],
        ignored: &[(2, "approval-revoked")],
        ..NOTHING
    },
    Row {
        file: "moralis/internal-transactions.json",
        kinds: &[(20, "chain.transfer")],
        first: &[("asset", "native"), ("amount", "0.05")],
        ignored: &[(3, "call-without-value")],
        ..NOTHING
    },
    Row {
        file: "moralis/native-transactions.json",
        kinds: &[(1, "chain.transfer")],
        first: &[("asset", "native"), ("amount", "0.08269935")],
        ignored: &[(2, "call-without-value")],
        ..NOTHING
    },
    Row { file: "moralis/signature-vector-empty-test-ping.json", ignored: &[(1, "set-up-ping")], ..NOTHING },
    Row {
        file: "okta/event-hook-session-start.json",
        kinds: &[(1, "auth.login")],
        first: &[
            ("severity", "info"),
            ("outcome", "success"),
            ("ip", "203.0.113.10"),
            ("event", "user.session.start"),
            ("time", "2023-03-26T21:05:32.159Z"),
            ("subjects", "1"),
        ],
        ..NOTHING
    },
    Row {
        file: "okta/logevent-account-change.json",
        kinds: &[(1, "account.locked")],
        first: &[("severity", "info"), ("outcome", "failure"), ("error", "LOCKED_OUT"), ("subjects", "1")],
        ..NOTHING
    },
    Row {
        file: "okta/logevent-authentication.json",
        kinds: &[(1, "auth.login")],
        first: &[("subjects", "1")],
        ..NOTHING
    },
    // The actor is an address: nobody's account.
    Row {
        file: "okta/logevent-security-threat.json",
        kinds: &[(1, "auth.threat")],
        first: &[
            ("severity", "medium"),
            ("outcome", "deny"),
            ("ip", "10.0.0.1"),
            ("user", "-"),
            ("agent", "-"),
            ("subjects", "0"),
        ],
        ..NOTHING
    },
    Row {
        file: "okta/logevent-session-different-device.json",
        kinds: &[(1, "auth.login-failed")],
        first: &[("time", "-"), ("user", "-"), ("subjects", "1")],
        ..NOTHING
    },
    Row {
        file: "okta/logevent-user-deactivate.json",
        kinds: &[(1, "account.deactivated")],
        first: &[("subjects", "1")],
        ..NOTHING
    },
    Row {
        file: "aws-guardduty/eventbridge-iamuser-networkpermissions.json",
        ignored: &[(1, "sample-finding")],
        ..NOTHING
    },
    Row {
        file: "aws-guardduty/finding-attack-sequence-critical.json",
        kinds: &[(1, "auth.threat")],
        first: &[("severity", "critical"), ("time", "2025-02-25T20:40:06.000Z"), ("effect", "Open"), ("subjects", "0")],
        ..NOTHING
    },
    Row {
        file: "aws-guardduty/finding-privilege-escalation-high.json",
        kinds: &[(1, "account.changed")],
        first: &[("severity", "high"), ("time", "2020-02-14T17:59:17.000Z"), ("ip", "-")],
        ..NOTHING
    },
    Row {
        file: "prometheus-alertmanager/high-memory-legacy.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "medium"), ("status", "firing"), ("time", "2018-03-07T11:33:21.873Z"), ("subjects", "0")],
        ..NOTHING
    },
    Row {
        file: "prometheus-alertmanager/instance-down-two-firing.json",
        kinds: &[(2, "monitoring.alert")],
        first: &[("severity", "critical"), ("event", "InstanceDown"), ("effect", "Open")],
        ..NOTHING
    },
    Row {
        file: "grafana/oncall-alerting-example.json",
        kinds: &[(3, "monitoring.alert")],
        first: &[("severity", "critical"), ("event", "InstanceDown"), ("effect", "Open")],
        ..NOTHING
    },
    Row {
        file: "ocsf/2004-detection-finding-guardduty.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "low"), ("time", "2023-09-19T15:05:22.487Z"), ("ip", "52.94.133.131"), ("subjects", "0")],
        ..NOTHING
    },
    Row {
        file: "ocsf/2004-detection-finding-okta.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "medium"), ("time", "2024-08-13T15:58:20.000Z"), ("event", "security.threat.detected")],
        ..NOTHING
    },
    Row {
        file: "ocsf/3001-account-change-cloudtrail.json",
        kinds: &[(1, "account.changed")],
        first: &[("severity", "info"), ("time", "2023-03-17T17:07:59.000Z"), ("subjects", "1")],
        ..NOTHING
    },
    Row {
        file: "ocsf/3001-account-change-okta.json",
        kinds: &[(1, "account.locked")],
        first: &[("severity", "medium"), ("time", "2023-09-30T10:42:16.000Z"), ("outcome", "failure")],
        ..NOTHING
    },
    Row {
        file: "ocsf/3002-authentication-cloudtrail.json",
        kinds: &[(1, "auth.login")],
        first: &[("time", "2023-11-10T16:24:34.000Z"), ("ip", "192.0.2.0"), ("outcome", "success")],
        ..NOTHING
    },
    Row {
        file: "ocsf/3002-authentication-okta.json",
        kinds: &[(1, "auth.login")],
        first: &[("time", "2024-08-13T15:58:20.000Z")],
        ..NOTHING
    },
    // Envelopes around words that are not Holdfast's.
    Row {
        file: "standard-webhooks/spec-contact-created-full.json",
        kinds: &[(1, "unclassified")],
        first: &[("event", "contact.created"), ("time", "2022-11-03T20:26:10.344Z"), ("subjects", "0")],
        ..NOTHING
    },
    Row {
        file: "standard-webhooks/spec-contact-created-thin.json",
        kinds: &[(1, "unclassified")],
        first: &[("event", "contact.created")],
        ..NOTHING
    },
    Row {
        file: "standard-webhooks/v1-hmac-vector.json",
        kinds: &[(1, "unclassified")],
        first: &[("event", "-"), ("time", "-")],
        ..NOTHING
    },
    Row {
        file: "standard-webhooks/v1a-ed25519-vector.json",
        kinds: &[(1, "unclassified")],
        first: &[("event", "-")],
        ..NOTHING
    },
    Row {
        file: "svix/endpoint-disabled.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("event", "endpoint.disabled"), ("time", "2022-11-06T15:04:05.000Z"), ("subjects", "0")],
        ..NOTHING
    },
    Row {
        file: "svix/message-attempt-exhausted.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("event", "message.attempt.exhausted"), ("time", "2022-11-06T15:04:05.000Z")],
        ..NOTHING
    },
    Row { file: "svix/sign-vector.json", kinds: &[(1, "unclassified")], first: &[("event", "-")], ..NOTHING },
    Row { file: "github/hmac-vector-octokit.json", ignored: &[(1, "ping")], ..NOTHING },
    Row {
        file: "github/organization-member-added.json",
        event: "organization",
        kinds: &[(1, "repository.alert")],
        first: &[("action", "member_added"), ("subjects", "1")],
        ..NOTHING
    },
    Row { file: "github/ping.json", event: "ping", ignored: &[(1, "ping")], ..NOTHING },
    Row {
        file: "github/secret-scanning-alert-reopened.json",
        event: "secret_scanning_alert",
        kinds: &[(1, "repository.alert")],
        first: &[("action", "reopened"), ("severity", "medium"), ("effect", "Update"), ("subjects", "0")],
        ..NOTHING
    },
    Row {
        file: "github/security-advisory-published.json",
        event: "security_advisory",
        kinds: &[(1, "finding")],
        first: &[("severity", "medium"), ("time", "2018-10-03T21:13:54.000Z"), ("effect", "Open")],
        ..NOTHING
    },
];
