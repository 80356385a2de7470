use serde_json::json;

use crate::contract::Follows::{Pause, Rejected, TooFast, Uncertain};
use crate::contract::{Call, Contract, Said};

pub(crate) const CONTRACT: Contract = Contract {
    name: "link",
    settings: "url = \"URL/sms/send\"\nusername = \"medvirk\"\npassword = \"provider-password\"\n\
               platform_id = \"COMMON\"\nplatform_partner_id = \"4711\"\ngate = \"BVldZyQt\"\n",
    accepts: ("200 OK", r#"{"messageId":"Dcshuhod0PMAAAFQ+/PbnR3x","resultCode":1005,"description":"Queued"}"#),
    reference: Some("Dcshuhod0PMAAAFQ+/PbnR3x"),
    status_decides: false,
    errors: &[
        ("200 OK", "", r#"{"messageId":"a","resultCode":106000,"description":"Unknown Error"}"#, Uncertain),
        ("204 No Content", "", "", Uncertain),
        ("400 Bad Request", "", r#"{"resultCode":106000,"description":"Unknown Error"}"#, Uncertain),
        ("400 Bad Request", "", r#"{"resultCode":106100}"#, Pause),
        ("400 Bad Request", "", r#"{"errorCode":"106101"}"#, Pause),
        ("400 Bad Request", "", r#"{"status":106200}"#, Pause),
        ("400 Bad Request", "", r#"{"resultCode":106201}"#, Pause),
        ("400 Bad Request", "", r#"{"resultCode":106300}"#, Pause),
        ("400 Bad Request", "", r#"{"resultCode":106301}"#, Pause),
        ("400 Bad Request", "", r#"{"resultCode":2000}"#, Pause),
        ("400 Bad Request", "", r#"{"resultCode":2106}"#, Rejected),
        ("400 Bad Request", "", "", Rejected),
        ("401 Unauthorized", "", r#"{"resultCode":106100}"#, Pause),
        ("403 Forbidden", "", r#"{"resultCode":106101}"#, Pause),
        ("429 Too Many Requests", "", "", TooFast),
        ("503 Service Unavailable", "", "", Uncertain),
    ],
    carries_emoji: false,
    proof_is_enough: false,
    callback: |_| None,
    report: |address, id, said| {
        let code = match said {
            Said::Buffered => 1005,
            Said::Undelivered => 2106,
            Said::Expired => 1002,
            Said::Delivered => 1001,
            Said::Nonsense => 9999,
        };
        let report = json!({
            "refId": id,
            "id": "Dcshuhod0PMAAAFQ+/PbnR3x",
            "operator": "no.telenor",
            "sentTimestamp": "2015-11-19T09:37:35Z",
            "timestamp": "2015-11-19T09:37:00Z",
            "resultCode": code,
            "operatorResultCode": "2",
            "segments": 1,
            "gateCustomParameters": {},
            "customParameters": { "received": "2015-11-19 10:37:36" },
        });
        Some(Call::json(address, &report))
    },
    inbound: |address, from, text| {
        let written = json!({
            "source": from,
            "destination": "NO-2333",
            "content": { "type": "TEXT", "userData": text, "encoding": "GSM" },
            "messageId": "a",
        });
        Call::json(address, &written)
    },
};
