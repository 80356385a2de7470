use serde_json::json;

use crate::contract::Follows::{NotSent, Pause, Rejected, TooFast, Uncertain};
use crate::contract::{Call, Contract, Said, pointer};

pub(crate) const CONTRACT: Contract = Contract {
    name: "http",
    settings: r#"
url = "URL/messages?ref={id}"
method = "POST"
headers = ["Authorization: Bearer {token}"]
token = "provider-password"
body_type = "json"
body = '{"to":"{to}","from":"{from}","text":"{text}","report_to":"{callback}"}'
[gateway.answer]
accepted = ["200 queued", "202 queued"]
rejected = ["400 number", "422"]
pause = ["401", "402"]
not_sent = ["429", "503", "400 busy"]
[gateway.report]
reference = "/message/ref"
status = "/message/status"
buffered = ["BUFFERED"]
undelivered = ["FAILED", "UNDELIV"]
expired = ["EXPIRED"]
delivered = ["DELIVRD"]
[gateway.inbound]
from = "from"
text = "text"
"#,
    accepts: ("200 OK", r#"{"id":"r1","state":"queued"}"#),
    reference: None,
    status_decides: false,
    errors: &[
        ("200 OK", "", r#"{"state":"lost"}"#, Uncertain),
        ("202 Accepted", "", "", Uncertain),
        ("400 Bad Request", "", r#"{"wrong":"number"}"#, Rejected),
        ("400 Bad Request", "", r#"{"wrong":"busy"}"#, NotSent),
        ("400 Bad Request", "", r#"{"wrong":"something"}"#, Uncertain),
        ("401 Unauthorized", "", "", Pause),
        ("402 Payment Required", "", "", Pause),
        ("403 Forbidden", "", "", Uncertain),
        ("422 Unprocessable Entity", "", "", Rejected),
        ("429 Too Many Requests", "retry-after: 7\r\n", "", TooFast),
        ("503 Service Unavailable", "", "", NotSent),
    ],
    carries_emoji: true,
    proof_is_enough: false,
    callback: |asked| pointer(&asked.body, "/report_to"),
    report: |address, id, said| {
        let status = match said {
            Said::Buffered => "BUFFERED",
            Said::Undelivered => "FAILED",
            Said::Expired => "EXPIRED",
            Said::Delivered => "DELIVRD",
            Said::Nonsense => "EATEN",
        };
        Some(Call::json(address, &json!({ "message": { "ref": id, "status": status } })))
    },
    inbound: |address, from, text| Call::form(address, &[("from", from), ("text", text)]),
};
