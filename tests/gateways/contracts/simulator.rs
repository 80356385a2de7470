use serde_json::json;

use crate::contract::Follows::{NotSent, Pause, Rejected, TooFast};
use crate::contract::{Call, Contract, Said, pointer};

pub(crate) const CONTRACT: Contract = Contract {
    name: "simulator",
    settings: "",
    accepts: ("202 Accepted", r#"{"id":"r1"}"#),
    reference: Some("r1"),
    status_decides: false,
    errors: &[
        ("400 Bad Request", "", r#"{"error":"the number in \"to\" is empty"}"#, Rejected),
        ("401 Unauthorized", "", "", Pause),
        ("429 Too Many Requests", "retry-after: 7\r\n", "", TooFast),
        ("503 Service Unavailable", "", "", NotSent),
    ],
    carries_emoji: true,
    proof_is_enough: false,
    callback: |asked| pointer(&asked.body, "/callback"),
    report: |address, id, said| {
        let status = match said {
            Said::Buffered => "buffered",
            Said::Undelivered => "undelivered",
            Said::Expired => "expired",
            Said::Delivered => "delivered",
            Said::Nonsense => "eaten",
        };
        Some(Call::json(address, &json!({ "reference": id, "id": "r1", "status": status })))
    },
    inbound: |address, from, text| Call::json(address, &json!({ "from": from, "text": text })),
};
