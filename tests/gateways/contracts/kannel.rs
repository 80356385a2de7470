use crate::contract::Follows::{NotSent, Pause, Rejected, Uncertain};
use crate::contract::{Call, Contract, Said, encoded, field};

pub(crate) const CONTRACT: Contract = Contract {
    name: "kannel",
    settings: "url = \"URL/cgi-bin/sendsms\"\nusername = \"medvirk\"\npassword = \"provider-password\"\n",
    accepts: ("202 Accepted", "0: Accepted for delivery"),
    reference: None,
    status_decides: true,
    errors: &[
        ("200 OK", "", "Sent.", Uncertain),
        ("400 Bad Request", "", "Missing receiver number, rejected", Rejected),
        ("403 Forbidden", "", "Authorization failed for sendsms", Pause),
        ("403 Forbidden", "", "Not routable. Do not try again.", Rejected),
        ("404 Not Found", "", "Unknown request.", Pause),
        ("500 Internal Server Error", "", "Server error, rejected", Uncertain),
        ("503 Service Unavailable", "", "Temporal failure, try again later.", NotSent),
    ],
    carries_emoji: true,
    proof_is_enough: false,
    callback: |asked| {
        let (_, query) = asked.line.split_once('?')?;
        Some(field(query, "dlr-url")?.replace("&type=%d", ""))
    },
    report: |address, _, said| {
        let kind = match said {
            Said::Buffered => 4,
            Said::Undelivered => 2,
            // Kannel tells every failure alike.
            Said::Expired => return None,
            Said::Delivered => 1,
            Said::Nonsense => 3,
        };
        Some(Call::get(format!("{address}&type={kind}")))
    },
    inbound: |address, from, text| Call::get(format!("{address}?{}", encoded(&[("from", from), ("text", text)]))),
};
