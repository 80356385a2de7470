use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::contract::Follows::{Pause, Rejected, TooFast, Uncertain};
use crate::contract::{Call, Contract, PASSWORD, Said, pointer};

pub(crate) const CONTRACT: Contract = Contract {
    name: "gatewayapi",
    settings: "url = \"URL/rest/mtsms\"\ntoken = \"provider-password\"\nwebhook_secret = \"provider-password\"\n",
    accepts: ("200 OK", r#"{"ids":[421332671],"usage":{"countries":{"NO":1},"currency":"DKK","total_cost":0.36}}"#),
    reference: Some("421332671"),
    status_decides: false,
    errors: &[
        ("200 OK", "", r#"{"ids":[]}"#, Uncertain),
        ("400 Bad Request", "", r#"{"code":"0x0222","message":"Missing required parameter %1"}"#, Rejected),
        ("401 Unauthorized", "", r#"{"code":"0x0229","message":"Invalid token"}"#, Pause),
        (
            "403 Forbidden",
            "",
            r#"{"code":"0x0213","message":"Unauthorized IP-address: %1","variables":["1.2.3.4"]}"#,
            Pause,
        ),
        ("403 Forbidden", "", r#"{"code":"0x0214"}"#, Rejected),
        ("403 Forbidden", "", r#"{"code":"0x0215"}"#, Rejected),
        ("403 Forbidden", "", r#"{"code":"0x0216","message":"Insufficient credit"}"#, Pause),
        ("403 Forbidden", "", r#"{"code":"0x0217"}"#, Pause),
        ("403 Forbidden", "", r#"{"code":"0x021D"}"#, Pause),
        ("403 Forbidden", "", r#"{"code":"0x022A"}"#, Pause),
        ("422 Unprocessable Entity", "", r#"{"code":"0x0312"}"#, Pause),
        ("422 Unprocessable Entity", "", r#"{"code":"0x0313"}"#, Pause),
        ("422 Unprocessable Entity", "", "", Rejected),
        ("429 Too Many Requests", "retry-after: 7\r\n", r#"{"code":"0x0216"}"#, TooFast),
        ("500 Internal Server Error", "", r#"{"code":"0x0201"}"#, Uncertain),
        ("503 Service Unavailable", "", "", Uncertain),
    ],
    carries_emoji: true,
    proof_is_enough: true,
    callback: |asked| pointer(&asked.body, "/callback_url"),
    report: |address, id, said| {
        let status = match said {
            Said::Buffered => "BUFFERED",
            Said::Undelivered => "UNDELIVERABLE",
            Said::Expired => "EXPIRED",
            Said::Delivered => "DELIVERED",
            Said::Nonsense => "EATEN",
        };
        let report = json!({
            "id": 421_332_671,
            "msisdn": 4_790_000_017_u64,
            "time": 1_450_000_000,
            "status": status,
            "userref": id,
            "country_code": "NO",
            "country_prefix": 47,
        });
        let unsigned = Call::json(address, &report);
        // Whether a `callback_url` is signed is not documented: half of them are.
        Some(if said == Said::Buffered { unsigned } else { signed(unsigned, &report) })
    },
    inbound: |address, from, text| {
        let written = json!({
            "id": 1_000_001,
            "msisdn": from.trim_start_matches('+').parse::<u64>().unwrap_or_default(),
            "receiver": 451_204,
            "message": text,
            "senttime": 1_450_000_000,
            "webhook_label": "test",
        });
        signed(Call::json(address, &written), &written)
    },
};

/// The call with a JWT of what it says.
fn signed(mut call: Call, said: &Value) -> Call {
    let encode = |part: &[u8]| BASE64URL_NOPAD.encode(part);
    let token = format!("{}.{}", encode(br#"{"typ":"JWT","alg":"HS256"}"#), encode(said.to_string().as_bytes()));
    let mut mac = Hmac::<Sha256>::new_from_slice(PASSWORD.as_bytes()).unwrap();
    mac.update(token.as_bytes());
    let token = format!("{token}.{}", encode(&mac.finalize().into_bytes()));
    call.headers.push(("x-gwapi-signature", token));
    call
}
