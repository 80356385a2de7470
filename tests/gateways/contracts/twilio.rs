use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use crate::contract::Follows::{NotSent, Pause, Rejected, TooFast, Uncertain};
use crate::contract::{Call, Contract, PASSWORD, Said, field};

pub(crate) const CONTRACT: Contract = Contract {
    name: "twilio",
    settings: "url = \"URL/2010-04-01/Accounts/AC1/Messages.json\"\nusername = \"AC1\"\npassword = \"provider-password\"\n",
    accepts: ("201 Created", r#"{"sid":"SM1","status":"queued","error_code":null,"error_message":null}"#),
    reference: Some("SM1"),
    status_decides: false,
    errors: &[
        ("400 Bad Request", "", r#"{"code":21211,"message":"Invalid 'To' Phone Number","status":400}"#, Rejected),
        ("400 Bad Request", "", r#"{"code":21212,"status":400}"#, Pause),
        ("400 Bad Request", "", r#"{"code":21408,"status":400}"#, Pause),
        ("400 Bad Request", "", r#"{"code":21603,"status":400}"#, Pause),
        ("400 Bad Request", "", r#"{"code":21606,"status":400}"#, Pause),
        ("400 Bad Request", "", r#"{"code":21608,"status":400}"#, Pause),
        ("400 Bad Request", "", r#"{"code":21609,"status":400}"#, Pause),
        (
            "400 Bad Request",
            "",
            r#"{"code":21610,"message":"Attempt to send to unsubscribed recipient","status":400}"#,
            Rejected,
        ),
        ("400 Bad Request", "", r#"{"code":21611,"status":400}"#, TooFast),
        ("400 Bad Request", "", r#"{"code":21612,"status":400}"#, Rejected),
        ("400 Bad Request", "", r#"{"code":21614,"status":400}"#, Rejected),
        ("400 Bad Request", "", r#"{"code":21635,"status":400}"#, Rejected),
        ("400 Bad Request", "", "", Rejected),
        ("401 Unauthorized", "", r#"{"code":20003,"message":"Authenticate","status":401}"#, Pause),
        ("403 Forbidden", "", r#"{"code":20403,"status":403}"#, Pause),
        ("404 Not Found", "", r#"{"code":20404,"status":404}"#, Pause),
        ("429 Too Many Requests", "retry-after: 7\r\n", r#"{"code":20429,"status":429}"#, TooFast),
        ("500 Internal Server Error", "", r#"{"code":20500,"status":500}"#, Uncertain),
        ("503 Service Unavailable", "", r#"{"code":20503,"status":503}"#, NotSent),
    ],
    carries_emoji: true,
    proof_is_enough: false,
    callback: |asked| field(&asked.body, "StatusCallback"),
    report: |address, _, said| {
        let (status, error) = match said {
            Said::Buffered => ("queued", ""),
            Said::Undelivered => ("undelivered", "30003"),
            Said::Expired => ("failed", "30036"),
            Said::Delivered => ("delivered", ""),
            Said::Nonsense => ("eaten", ""),
        };
        let fields = [("MessageSid", "SM1"), ("MessageStatus", status), ("To", "+4790000017"), ("ErrorCode", error)];
        Some(signed(address, &fields))
    },
    inbound: |address, from, text| {
        signed(address, &[("From", from), ("Body", text), ("To", "+4759440000"), ("NumMedia", "0")])
    },
};

/// A form, signed over the whole address and then its fields in the order of their names.
fn signed(address: &str, fields: &[(&str, &str)]) -> Call {
    let mut sorted = fields.to_vec();
    sorted.sort_unstable();
    let text = sorted.into_iter().fold(address.to_owned(), |text, (name, value)| text + name + value);
    let mut mac = Hmac::<Sha1>::new_from_slice(PASSWORD.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    let mut call = Call::form(address, fields);
    call.headers.push(("x-twilio-signature", BASE64.encode(&mac.finalize().into_bytes())));
    call
}
