//! What the published payloads of further sources give, from A to O.

use super::published::{NOTHING, Row};

pub const ROWS: [Row; 38] = [
    Row {
        file: "auth0/log-leaked-password-login.json",
        kinds: &[(1, "auth.threat")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2025-10-01T05:39:16.467Z"),
            ("ip", "2601:140:9702:ee80:9049:1f55:0:e970"),
            ("login", "denethor@lotr.com"),
        ],
        ..NOTHING
    },
    Row {
        file: "auth0/log-push-notification-fatigue.json",
        kinds: &[(1, "auth.threat")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2025-10-03T14:09:32.149Z"),
            ("ip", "12.12.12.12"),
            ("user", "google-oauth2|100000000000000000001"),
        ],
        ..NOTHING
    },
    Row {
        file: "auth0/log-shared-phone-mfa.json",
        kinds: &[(1, "account.two-factor-changed")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2025-10-03T14:09:32.149Z"),
            ("ip", "12.12.12.12"),
            ("user", "google-oauth2|100000000000000000001"),
        ],
        ..NOTHING
    },
    Row {
        file: "aws-cloudtrail/account-change.json",
        kinds: &[(1, "account.changed")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2023-03-17T17:07:59.000Z"),
            ("ip", "52.95.4.21"),
            ("user", "AROA2W7SOKHEXAMPLE:Admin-user"),
        ],
        ..NOTHING
    },
    Row {
        file: "aws-cloudtrail/console-login.json",
        kinds: &[(1, "auth.login")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2023-11-10T16:24:34.000Z"),
            ("ip", "192.0.2.0"),
            ("login", "anaya"),
            ("user", "anaya"),
        ],
        ..NOTHING
    },
    Row {
        file: "aws-cloudtrail/identity-center-credential-challenge.json",
        kinds: &[(1, "auth.login")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2024-09-19T16:32:46.000Z"),
            ("ip", "0.0.0.0"),
            ("login", "test"),
            ("user", "e3644802-3061-7018-86c3-USERID"),
        ],
        ..NOTHING
    },
    Row {
        file: "aws-securityhub/asff-guardduty-finding.json",
        kinds: &[(1, "finding")],
        first: &[
            ("severity", "low"),
            ("time", "2023-09-19T14:55:09.000Z"),
            ("ip", "52.94.133.131"),
            ("user", "Admin"),
            ("status", "new"),
        ],
        ..NOTHING
    },
    Row {
        file: "aws-sns/lambda-record.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2015-06-03T17:43:27.123Z")],
        ..NOTHING
    },
    Row {
        file: "aws-sns/notification-example.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2018-03-21T16:58:45.077Z")],
        ..NOTHING
    },
    Row {
        file: "aws-sns/subscription-confirmation.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2012-04-26T20:45:04.751Z")],
        ..NOTHING
    },
    Row {
        file: "blockaid/address-risk-exposure-malicious.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "high"), ("usd", "150000"), ("to", "0x946d45c866afd5b8f436d40e551d8e50a5b84230")],
        ..NOTHING
    },
    Row {
        file: "blockaid/evm-json-rpc-scan-seaport-farming.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "high")],
        ..NOTHING
    },
    Row {
        file: "chainalysis/kyt-alerts-custom-address-high.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "high"), ("usd", "5000")],
        ..NOTHING
    },
    Row {
        file: "chainalysis/kyt-transfer-registered-pending.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("chain", "bitcoin"), ("asset", "BTC")],
        ..NOTHING
    },
    Row {
        file: "cloudevents/batch-two-events.json",
        kinds: &[(2, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2018-04-05T17:31:00.000Z")],
        ..NOTHING
    },
    Row {
        file: "cloudevents/binary-mode-body.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2018-04-05T17:31:00.000Z")],
        ..NOTHING
    },
    Row {
        file: "cloudevents/structured-base64-xml.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2018-04-05T17:31:00.000Z")],
        ..NOTHING
    },
    Row {
        file: "cloudevents/structured-json-null-extension.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2018-04-05T17:31:00.000Z")],
        ..NOTHING
    },
    Row {
        file: "cloudevents/structured-json-object-data.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2018-04-05T17:31:00.000Z")],
        ..NOTHING
    },
    Row {
        file: "coinbase-commerce/charge-created.json",
        kinds: &[(1, "payment.changed")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2017-01-31T20:49:02.000Z"),
            ("status", "new"),
        ],
        ..NOTHING
    },
    Row {
        file: "coinbase-commerce/charge-failed-api-event.json",
        kinds: &[(1, "payment.changed")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2018-07-24T07:48:42.000Z"),
            ("status", "expired"),
        ],
        ..NOTHING
    },
    Row {
        file: "datadog/metric-alert-default-payload.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "medium"), ("severity-unchecked", "true")],
        ..NOTHING
    },
    Row {
        file: "elastalert/http-post-all-values.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("time", "2017-01-01T00:00:00.000Z")],
        ..NOTHING
    },
    Row {
        file: "elastalert/thehive-alert-create.json",
        kinds: &[(1, "monitoring.alert")],
        first: &[("severity", "medium"), ("ip", "127.0.0.1")],
        ..NOTHING
    },
    Row {
        file: "falco/flux-blog-terminal-shell.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "low"), ("time", "2021-06-13T19:35:58.532Z"), ("login", "root")],
        ..NOTHING
    },
    Row {
        file: "falco/output-channel-file.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "critical"), ("time", "2023-05-25T13:44:05.478Z"), ("login", "root")],
        ..NOTHING
    },
    Row {
        file: "falco/with-uuid.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "medium"), ("time", "2023-01-03T15:11:39.558Z")],
        ..NOTHING
    },
    Row {
        file: "forta/alert-compound-distribution-high.json",
        kinds: &[(1, "finding")],
        first: &[
            ("severity", "high"),
            ("time", "2022-03-31T22:02:20.896Z"),
            ("chain", "ethereum"),
            ("to", "0x8f077bba8221edd9faaae96668f17b47f1cb9e5d"),
        ],
        ..NOTHING
    },
    Row {
        file: "forta/api-alerts-page.json",
        kinds: &[(2, "finding")],
        first: &[
            ("severity", "high"),
            ("time", "2022-03-31T22:02:20.812Z"),
            ("chain", "ethereum"),
            ("to", "0xac6a6388691f564cb69e4082e2bd4e347a978bf6"),
        ],
        ..NOTHING
    },
    Row {
        file: "forta/webhook-batch-from-official-examples.json",
        kinds: &[(1, "finding")],
        first: &[("severity", "info"), ("time", "2022-03-01T12:24:33.000Z"), ("chain", "eip155:1337")],
        ..NOTHING
    },
    Row {
        file: "keycloak/user-event-login.json",
        kinds: &[(1, "auth.login")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("time", "2021-01-14T08:49:25.834Z"),
            ("ip", "192.168.6.107"),
            ("login", "admin@example.com"),
            ("user", "3c2f0ab5-5c6e-4739-b9db-877ebcfbcd29"),
        ],
        ..NOTHING
    },
    Row { file: "mailgun/delivered-event.json", ignored: &[(1, "mail-went-well")], ..NOTHING },
    Row {
        file: "mailgun/inbound-route-form.json",
        kinds: &[(1, "channel.message")],
        first: &[("severity", "medium"), ("severity-unchecked", "true"), ("sender", "from+test@example.org")],
        ..NOTHING
    },
    Row {
        file: "microsoft-entra/graph-risk-detection.json",
        kinds: &[(1, "auth.threat")],
        first: &[
            ("severity", "medium"),
            ("time", "2018-09-05T00:09:18.782Z"),
            ("login", "olack@adatum.com"),
            ("user", "abcdefab-af90-4edf-ac4c-742ff06735d0"),
            ("status", "remediated"),
        ],
        ..NOTHING
    },
    Row {
        file: "microsoft-entra/signin-log-high-risk.json",
        kinds: &[(1, "auth.threat")],
        first: &[
            ("severity", "high"),
            ("time", "2025-01-15T14:23:10.123Z"),
            ("ip", "4.4.4.4"),
            ("login", "john@justice.org"),
            ("user", "user123-456-789"),
            ("status", "atrisk"),
        ],
        ..NOTHING
    },
    Row {
        file: "microsoft-entra/signin-log-risk-aggregated.json",
        kinds: &[(1, "auth.login-failed")],
        first: &[("severity", "low"), ("time", "2023-07-26T22:58:30.983Z"), ("ip", "12.12.12.12")],
        ..NOTHING
    },
    Row {
        file: "openzeppelin-defender/sentinel-block-event.json",
        kinds: &[(1, "unclassified")],
        first: &[
            ("severity", "medium"),
            ("severity-unchecked", "true"),
            ("chain", "eip155:4"),
            ("amount", "0.1"),
            ("amount-raw", "100000000000000000"),
            ("to", "0x1bb1b73c4f0bda4f67dca266ce6ef42f520fbb98"),
            ("asset", "native"),
        ],
        ..NOTHING
    },
    Row {
        file: "openzeppelin-monitor/template-mode.json",
        kinds: &[(1, "unclassified")],
        first: &[("severity", "medium"), ("severity-unchecked", "true")],
        ..NOTHING
    },
];
