use crate::contract::Follows::{Pause, Rejected, TooFast, Uncertain};
use crate::contract::{Call, Contract, Said, encoded};

pub(crate) const CONTRACT: Contract = Contract {
    name: "sveve",
    settings: "url = \"URL/SMS/SendMessage\"\nusername = \"medvirk\"\npassword = \"provider-password\"\n",
    accepts: ("200 OK", r#"{"response":{"msgOkCount":1,"stdSMSCount":1,"ids":[42824112]}}"#),
    reference: Some("42824112"),
    status_decides: false,
    errors: &[
        (
            "200 OK",
            "",
            r#"{"response":{"msgOkCount":0,"stdSMSCount":0,"fatalError":"Feil brukernavn/passord","ids":[]}}"#,
            Pause,
        ),
        ("200 OK", "", r#"{"response":{"fatalError":"Feil brukernavn/passord"}}"#, Pause),
        (
            "200 OK",
            "",
            r#"{"response":{"msgOkCount":0,"stdSMSCount":0,"ids":[],"errors":[{"number":"4790000017","message":"Ugyldig"}]}}"#,
            Rejected,
        ),
        ("200 OK", "", r#"{"response":{"msgOkCount":1,"ids":[1],"fatalError":"a"}}"#, Uncertain),
        ("200 OK", "", r#"{"response":{"msgOkCount":2,"ids":[1,2]}}"#, Uncertain),
        ("200 OK", "", r#"{"response":{"msgOkCount":0,"ids":[]}}"#, Uncertain),
        ("200 OK", "", r#"{"response":{}}"#, Uncertain),
        ("401 Unauthorized", "", "", Pause),
        ("429 Too Many Requests", "", "", TooFast),
        ("503 Service Unavailable", "", "", Uncertain),
    ],
    carries_emoji: true,
    proof_is_enough: false,
    callback: |_| None,
    report: |address, id, said| {
        let status = match said {
            Said::Undelivered => "false",
            Said::Delivered => "true",
            Said::Nonsense => "perhaps",
            Said::Buffered | Said::Expired => return None,
        };
        let query = encoded(&[
            ("number", "4790000017"),
            ("status", status),
            ("id", "42824112"),
            ("ref", id),
            ("errorCode", ""),
            ("errorDesc", ""),
        ]);
        Some(Call::get(format!("{address}?{query}")))
    },
    inbound: |address, from, text| {
        let national = from.trim_start_matches("+47");
        let (text, prefix) = (format!("EIDE {text}"), "EIDE");
        Call::form(address, &[("number", national), ("msg", &text), ("prefix", prefix), ("shortnumber", "2229")])
    },
};
