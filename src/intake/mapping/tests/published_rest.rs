//! What the published payloads of further sources give, from O to Z.

use super::published::{NOTHING, Row};

pub const ROWS: [Row; 37] = [
    Row {
        file: "openzeppelin-monitor/usdc-docs-example.json",
        kinds: &[(1, "chain.transfer")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("chain", "ethereum"),
            ("amount-raw", "434924400"),
            ("to", "0x94d953b148d4d7143028f397de3a65a1800f97b3"),
        ],
        ..NOTHING
    },
    Row {
        file: "openzeppelin-monitor/usdt-transfer-raw-mode.json",
        kinds: &[(1, "chain.transfer")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("chain", "ethereum"),
            ("amount-raw", "1735422411"),
            ("to", "0xcffad3200574698b78f32232aa9d63eabd290703"),
        ],
        ..NOTHING
    },
    Row {
        file: "openzeppelin-monitor/usdt-transfer-script-input.json",
        kinds: &[(1, "chain.transfer")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("chain", "ethereum"),
            ("amount-raw", "1735422411"),
            ("to", "0xcffad3200574698b78f32232aa9d63eabd290703"),
        ],
        ..NOTHING
    },
    Row {
        file: "pagerduty/events-v2-change-build.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2015-07-17T08:42:58.315Z")],
        ..NOTHING
    },
    Row {
        file: "pagerduty/events-v2-enqueue-trigger.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "critical"), ("time", "2015-07-17T08:42:58.315Z"), ("status", "trigger")],
        ..NOTHING
    },
    Row {
        file: "pagerduty/v2-incident-trigger-legacy.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "high"), ("time", "2017-09-26T15:14:36.000Z"), ("status", "triggered")],
        ..NOTHING
    },
    Row {
        file: "pagerduty/v3-incident-priority-updated.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "critical"), ("time", "2021-04-26T17:36:27.458Z"), ("status", "triggered")],
        ..NOTHING
    },
    Row {
        file: "postmark/bounce.json",
        kinds: &[(1, "channel.failed")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2016-04-27T20:28:50.396Z"),
            ("email", "bounce@example.com"),
        ],
        ..NOTHING
    },
    Row {
        file: "postmark/inbound-full.json",
        kinds: &[(1, "channel.message")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2023-05-05T21:44:33.000Z"),
            ("sender", "support@postmarkapp.com"),
        ],
        ..NOTHING
    },
    Row {
        file: "push-security/phishable-mfa-dropbox.json",
        kinds: &[(1, "account.changed")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("email", "jet.black@issp.com"),
            ("user", "ca6cf7ce-90e6-4eb5-a262-7899bc48c39c"),
        ],
        ..NOTHING
    },
    Row {
        file: "quicknode/matching-receipts-captured-trimmed.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true")],
        ..NOTHING
    },
    Row {
        file: "quicknode/quickalerts-signed-body.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2026-02-02T02:40:00.000Z")],
        ..NOTHING
    },
    Row { file: "quicknode/streams-empty-batch.json", ignored: &[(1, "empty-batch")], ..NOTHING },
    Row {
        file: "quicknode/wallet-activity-array-solana.json",
        kinds: &[(1, "unclassified")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2026-05-05T09:54:22.000Z"),
            ("chain", "solana"),
        ],
        ..NOTHING
    },
    Row {
        file: "sendgrid/event-webhook-dropped.json",
        kinds: &[(1, "channel.failed")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2020-09-14T19:41:32.000Z"),
            ("email", "hello@world.com"),
        ],
        ..NOTHING
    },
    Row {
        file: "sendgrid/inbound-parse-multipart.json",
        kinds: &[(1, "channel.message")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("sender", "test@example.com")],
        ..NOTHING
    },
    Row {
        file: "sentry/issue-alert-triggered.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "high"), ("time", "2019-08-19T21:06:17.677Z"), ("ip", "203.0.113.20")],
        ..NOTHING
    },
    Row {
        file: "slack/event-app-mention.json",
        kinds: &[(1, "channel.message")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2020-07-28T08:50:30.009Z"),
            ("sender", "W222"),
        ],
        ..NOTHING
    },
    Row {
        file: "slack/event-tokens-revoked.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2020-12-01T06:59:34.000Z"),
            ("sender", "W111"),
        ],
        ..NOTHING
    },
    Row {
        file: "slack/slash-command-form.json",
        kinds: &[(1, "channel.message")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("sender", "U2CERLKJA")],
        ..NOTHING
    },
    Row { file: "slack/url-verification.json", ignored: &[(1, "url-verification")], ..NOTHING },
    Row {
        file: "splunk/alert-captured-account-session.json",
        kinds: &[(1, "finding")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2020-02-12T14:32:15.000Z"),
            ("ip", "192.168.2.3"),
            ("login", "abc0001"),
        ],
        ..NOTHING
    },
    Row {
        file: "splunk/alert-official-example.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "medium"), ("severity-unchecked", "true")],
        ..NOTHING
    },
    Row {
        file: "stripe/event-fixture.json",
        kinds: &[(1, "unclassified")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2009-02-13T23:31:30.000Z"),
            ("usd", "20"),
            ("asset", "usd"),
        ],
        ..NOTHING
    },
    Row {
        file: "stripe/radar-early-fraud-warning-object.json",
        kinds: &[(1, "payment.warning")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2009-02-13T23:31:30.000Z")],
        ..NOTHING
    },
    Row {
        file: "telegram/update-chosen-inline-result.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("sender", "1111111")],
        ..NOTHING
    },
    Row {
        file: "telegram/update-start-command.json",
        kinds: &[(1, "channel.message")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2015-09-07T17:05:32.000Z"),
            ("sender", "1111111"),
        ],
        ..NOTHING
    },
    Row {
        file: "tenderly/alert-erc721-mint.json",
        kinds: &[(1, "chain.nft-transfer")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("chain", "optimism"),
            ("to", "0xc081165e1de6bcdcf22b8132ceb7c3e8a2929e83"),
            ("asset", "0x47c2a56176335fb2b1ded8e7b5acb136d307dc2d"),
        ],
        ..NOTHING
    },
    Row {
        file: "thehive/audit-case-status-update.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "high"), ("time", "2023-09-11T14:19:59.960Z"), ("status", "inprogress")],
        ..NOTHING
    },
    Row {
        file: "thehive/audit-second-entry.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "high"), ("time", "2023-09-11T14:19:59.960Z"), ("status", "inprogress")],
        ..NOTHING
    },
    Row { file: "thehive/filtered-event.json", kinds: &[(1, "finding")], first: &[("severity", "high")], ..NOTHING },
    Row {
        file: "thinkst-canary/canarytoken-incident.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "high"), ("time", "2024-06-19T11:42:41.000Z"), ("ip", "123.123.123.123")],
        ..NOTHING
    },
    Row {
        file: "thinkst-canary/canarytokens-org-smtp-alert.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "high"), ("time", "2022-04-08T12:17:53.000Z"), ("ip", "34.242.239.31")],
        ..NOTHING
    },
    Row {
        file: "twilio/json-body-sha256.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true")],
        ..NOTHING
    },
    Row {
        file: "twilio/voice-form.json",
        kinds: &[(1, "channel.message")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("sender", "+14158675309")],
        ..NOTHING
    },
    Row {
        file: "wazuh/brute-force-level12.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "high"), ("time", "2023-12-01T10:32:30.789Z"), ("ip", "192.168.1.200")],
        ..NOTHING
    },
    Row {
        file: "wazuh/ssh-login-failed-level7.json",
        kinds: &[(1, "auth.login-failed")],
        first: &[
            ("severity", "medium"),
            ("time", "2023-12-01T10:30:45.123Z"),
            ("ip", "192.168.1.200"),
            ("login", "admin"),
        ],
        ..NOTHING
    },
];
