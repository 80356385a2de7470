use super::*;
use crate::ports::Chance;

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn read(text: &str, environment: &[(&str, &str)]) -> Result<Settings, String> {
    let environment = environment.iter().map(|(name, value)| (name.into(), value.into()));
    Settings::read(Path::new("medvirk.toml"), text, environment).map_err(|error| error.to_string())
}

fn refusal(text: &str, environment: &[(&str, &str)]) -> String {
    read(text, environment).expect_err("these settings are wrong")
}

#[test]
fn nothing_said_means_sqlite_on_loopback_in_production_without_a_gateway() {
    let settings = read("", &[]).unwrap();
    assert_eq!(settings.database_url.as_str(), "sqlite://medvirk.db");
    assert_eq!(settings.listen, "127.0.0.1:8080".parse().unwrap());
    assert_eq!(settings.public_url.as_str(), "http://127.0.0.1:8080");
    assert_eq!(settings.environment, Environment::Production);
    assert!(settings.gateway.is_none() && settings.organisation.is_none());
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = "listen = \"127.0.0.1:1\"\norganisation = \"Eide\"\n[log]\nformat = \"json\"\n";
    let settings =
        read(file, &[("MEDVIRK_LISTEN", "[::1]:9"), ("MEDVIRK_LOG__FILTER", "debug"), ("PATH", "/")]).unwrap();
    assert_eq!(settings.public_url.as_str(), "http://[::1]:9");
    assert_eq!(settings.organisation.as_deref(), Some("Eide"));
    assert_eq!(settings.log, Log { filter: "debug".to_owned(), format: LogFormat::Json });
}

#[test]
fn unknown_keys_are_refused_where_they_stand_with_the_nearest_right_name() {
    let file = "\nlistn = \"127.0.0.1:1\"\n\n[gatway]\nkind = \"kannel\"\n[log]\nformt = \"json\"\nzzz = 1\n";
    insta::assert_snapshot!(refusal(file, &[("MEDVIRK_GATEWAY_KIND", "kannel"), ("MEDVIRK_QQQ", "1")]), @r#"
    medvirk.toml:2: listn: there is no such setting; did you mean "listen"?
    medvirk.toml:4: gatway: there is no such table; did you mean "gateway"?
    medvirk.toml:7: log.formt: there is no such setting; did you mean "log.format"?
    medvirk.toml:8: log.zzz: there is no such setting
    environment variable MEDVIRK_GATEWAY_KIND: there is no such setting; did you mean "MEDVIRK_GATEWAY__KIND"?
    environment variable MEDVIRK_QQQ: there is no such setting
    "#);
}

#[test]
fn wrong_values_are_refused_where_they_stand() {
    let file = "listen = \"localhost\"\nenvironment = \"demoo\"\ndatabase_url = \"mysql://hidden@host/x\"\nlog = 1\n\
                [public_url]\n[gateway]\nkind = \"kannel\"\nprice_per_part = 0.12345\nparts_per_second = 0x10\n";
    insta::assert_snapshot!(refusal(file, &[("MEDVIRK_LOG__FORMAT", "xml"), ("MEDVIRK_LOG__FILTER", "a=b=c")]), @r#"
    medvirk.toml:1: listen: "localhost" is not an address with a port, such as 127.0.0.1:8080 or [::]:8080
    medvirk.toml:2: environment: "demoo" is not one of production, demo, test; did you mean "demo"?
    medvirk.toml:3: database_url: must begin with sqlite:// or postgres://
    medvirk.toml:4: log: there is no such setting; did you mean "log.format"?
    medvirk.toml:5: public_url: is a value, not a table
    medvirk.toml:8: gateway.price_per_part: must be kroner between 0 and 1000 with at most four decimals, such as 0.39
    medvirk.toml:9: gateway.parts_per_second: must be text or a decimal number
    environment variable MEDVIRK_LOG__FILTER: error parsing level filter: expected one of "off", "error", "warn", "info", "debug", "trace", or a number 0-5
    environment variable MEDVIRK_LOG__FORMAT: "xml" is not one of text, json
    gateway.password (or MEDVIRK_GATEWAY__PASSWORD): is missing
    gateway.url (or MEDVIRK_GATEWAY__URL): is missing
    gateway.username (or MEDVIRK_GATEWAY__USERNAME): is missing
    "#);
}

#[test]
fn a_file_that_is_no_toml_is_refused_without_showing_its_lines() {
    insta::assert_snapshot!(refusal("# fine\n[gateway]\npassword = \"hidden\n", &[]), @r#"
    medvirk.toml:3: invalid basic string, expected `"`
    "#);
}

#[test]
fn kannel_is_throttled_unless_said_otherwise() {
    let file = "[gateway]\nkind = \"kannel\"\nurl = \"http://127.0.0.1:13013/cgi-bin/sendsms\"\nusername = \"m\"\nprice_per_part = 0.39\n";
    let gateway = |extra: &[(&str, &str)]| {
        let password = [("MEDVIRK_GATEWAY__PASSWORD", "hidden")];
        read(file, &[&password, extra].concat()).unwrap().gateway.unwrap()
    };
    assert_eq!(gateway(&[]).parts_per_second.map(PartsPerSecond::get), Some(20));
    assert_eq!(
        gateway(&[("MEDVIRK_GATEWAY__PARTS_PER_SECOND", "7")]).parts_per_second.map(PartsPerSecond::get),
        Some(7)
    );
    assert_eq!(gateway(&[]).price_per_part.map(|price| price.ore(8_880)), Some(346_320));
    let GatewayKind::Kannel(kannel) = gateway(&[]).kind else { panic!("another gateway") };
    assert_eq!((kannel.username.as_str(), kannel.password.expose()), ("m", "hidden"));
}

#[test]
fn the_simulator_is_refused_in_production() {
    let file = "[gateway]\nkind = \"simulator\"\n";
    insta::assert_snapshot!(refusal(file, &[]), @r#"
    medvirk.toml:2: gateway.kind: the simulator reaches nobody, so it is refused in environment "production"
    "#);
    assert!(read(file, &[("MEDVIRK_ENVIRONMENT", "demo")]).unwrap().gateway.is_some());
}

#[test]
fn the_phones_may_be_elsewhere() {
    let phones = |file: &str| read(file, &[("MEDVIRK_ENVIRONMENT", "test")]).unwrap().phones_url;
    let url = "url = \"http://127.0.0.1:8090\"\n";
    assert_eq!(phones("[gateway]\nkind = \"simulator\"\n"), None);
    let elsewhere = phones(&format!("[gateway]\nkind = \"simulator\"\n{url}"));
    assert_eq!(elsewhere, Some(PublicUrl::parse("http://127.0.0.1:8090").unwrap()));
    let kannel = "[gateway]\nkind = \"kannel\"\nusername = \"m\"\npassword = \"p\"\n";
    assert_eq!(phones(&format!("{kannel}{url}")), None);
}

#[test]
fn a_gateway_without_a_kind_is_refused() {
    insta::assert_snapshot!(refusal("[gateway]\nusername = \"m\"\n", &[]), @r#"
    gateway.kind (or MEDVIRK_GATEWAY__KIND): is missing, and the other settings below gateway. mean nothing without it
    "#);
}

#[test]
fn the_public_address_loses_its_last_slash_and_carries_nothing_else() {
    assert_eq!(PublicUrl::parse("https://svar.example.no/").unwrap().as_str(), "https://svar.example.no");
    assert_eq!(PublicUrl::parse("https://example.no/svar/").unwrap().as_str(), "https://example.no/svar");
    for wrong in ["svar.example.no", "ftp://example.no", "https://a:b@example.no", "https://example.no/?a", ""] {
        assert!(PublicUrl::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn prices_are_exact() {
    assert_eq!(Price::parse("0.39").unwrap().ore(3), 117);
    assert_eq!(Price::parse("1").unwrap().ore(2), 200);
    assert_eq!(Price::parse("0.3875").unwrap().ore(1), 39);
    for wrong in ["", ".", "0,39", "-1", "1e3", "0.12345", "1000.0001", "99999999999", ".5", "5."] {
        assert!(Price::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn secrets_are_never_printed() {
    let url = "postgres://medvirk:hidden@db/medvirk";
    let environment = [
        ("MEDVIRK_DATABASE_URL", url),
        ("MEDVIRK_SECRET_KEY", KEY),
        ("MEDVIRK_GATEWAY__KIND", "kannel"),
        ("MEDVIRK_GATEWAY__URL", "http://127.0.0.1/"),
        ("MEDVIRK_GATEWAY__USERNAME", "m"),
        ("MEDVIRK_GATEWAY__PASSWORD", "hidden"),
        ("MEDVIRK_GATEWAY__CALLBACK_SECRET", "hidden-hidden-hidden"),
    ];
    let shown = format!("{:?}", read("", &environment).unwrap());
    assert!(!shown.contains("hidden") && !shown.contains(KEY) && !shown.contains("1, 2, 3"), "{shown}");
    let refused = refusal("secret_key = \"hidden\"\n", &[("MEDVIRK_GATEWAY__CALLBACK_SECRET", "hidden")]);
    assert!(!refused.contains("hidden"), "{refused}");
}

#[test]
fn the_key_lies_beside_the_database_and_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::default().with_database(DatabaseUrl::sqlite(&folder.path().join("a.db")));
    let first = settings.load_or_create_secret(&Chance::seeded(1)).unwrap();
    let second = settings.load_or_create_secret(&Chance::seeded(2)).unwrap();
    assert!(first == second);
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap()).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].file_name(), "medvirk.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_file_that_holds_no_key_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("medvirk.key");
    fs::write(&path, "not a key").unwrap();
    let settings = Settings::default().with_database(DatabaseUrl::sqlite(&folder.path().join("a.db")));
    let error = settings.load_or_create_secret(&Chance::seeded(1)).unwrap_err().to_string();
    assert!(error.ends_with("64 hexadecimal characters (openssl rand -hex 32)"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "not a key");
}

#[test]
fn keys_of_different_purposes_differ() {
    let key = SecretKey::parse(KEY).unwrap();
    assert_ne!(key.derive("a"), key.derive("b"));
    assert_eq!(key.derive_text("a").expose().len(), 32);
}

#[test]
fn a_secret_file_is_read_without_its_line_end() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "hidden\n").unwrap();
    let path = file.path().to_str().unwrap();
    assert_eq!(Secret::from_file(path).unwrap().expose(), "hidden");
    fs::write(file.path(), "\n").unwrap();
    assert_eq!(Secret::from_file(path).unwrap_err(), format!("{path} is empty"));
}

/// `[gateway]` of that kind, with an address and an account.
fn account(kind: &str, rest: &str) -> String {
    format!(
        "[gateway]\nkind = \"{kind}\"\nurl = \"https://sms.example.no/send\"\nusername = \"m\"\npassword = \"hidden\"\n{rest}"
    )
}

#[test]
fn every_provider_says_what_it_needs() {
    let kinds = ["kannel", "link", "sveve", "gatewayapi", "twilio", "http"];
    let refusals = kinds.map(|kind| format!("{kind}\n{}", refusal(&format!("[gateway]\nkind = \"{kind}\"\n"), &[])));
    insta::assert_snapshot!(refusals.join("\n\n"));
}

#[test]
fn the_key_of_another_gateway_is_refused_by_name() {
    let file = account("twilio", "gate = \"a\"\n[gateway.report]\nstatus = \"s\"\n");
    insta::assert_snapshot!(refusal(&file, &[("MEDVIRK_GATEWAY__TOKEN", "hidden")]), @r#"
    medvirk.toml:6: gateway.gate: means nothing to a gateway of kind "twilio"
    medvirk.toml:8: gateway.report.status: means nothing to a gateway of kind "twilio"
    environment variable MEDVIRK_GATEWAY__TOKEN: means nothing to a gateway of kind "twilio"
    "#);
}

#[test]
fn link_has_its_own_numbers() {
    let file =
        account("link", "platform_id = \"COMMON\"\nplatform_partner_id = \"1\"\ngate = \"g\"\nkeyword = \"eide\"\n");
    let gateway = read(&file, &[]).unwrap().gateway.unwrap();
    assert_eq!((gateway.name(), gateway.keyword.as_deref()), ("link", Some("eide")));
    assert_eq!(gateway.parts_per_second.map(PartsPerSecond::get), Some(20));
    let GatewayKind::Link(link) = gateway.kind else { panic!("another gateway") };
    assert_eq!((link.platform.as_str(), link.partner.as_str(), link.gate.as_str()), ("COMMON", "1", "g"));
}

#[test]
fn secrets_of_gateways_come_from_files() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "hidden\n").unwrap();
    let settings = format!(
        "[gateway]\nkind = \"gatewayapi\"\nurl = \"https://gatewayapi.eu/rest/mtsms\"\ntoken_file = {0:?}\nwebhook_secret_file = {0:?}\n",
        file.path()
    );
    let GatewayKind::GatewayApi(gateway) = read(&settings, &[]).unwrap().gateway.unwrap().kind else {
        panic!("another gateway")
    };
    assert_eq!(gateway.token.expose(), "hidden");
    assert_eq!(gateway.webhook_secret.as_ref().map(Secret::expose), Some("hidden"));
    assert!(!format!("{gateway:?}").contains("hidden"));
}

#[test]
fn who_may_call_back_is_a_list_in_the_file_and_between_commas_outside() {
    let from = |file: &str, environment: &[(&str, &str)]| {
        read(&account("sveve", file), environment).unwrap().gateway.unwrap().report_from
    };
    let listed = from("report_from = [\"192.0.2.0/24\", \"2001:db8::1\"]\n", &[]);
    assert_eq!(listed, from("", &[("MEDVIRK_GATEWAY__REPORT_FROM", "192.0.2.0/24, 2001:db8::1")]));
    for (address, allowed) in
        [("192.0.2.9", true), ("::ffff:192.0.2.9", true), ("2001:db8::1", true), ("192.0.3.1", false)]
    {
        assert_eq!(listed.allows(Some(address.parse().unwrap())), allowed, "{address}");
    }
    assert!(!listed.allows(None) && from("", &[]).allows(None));
    let wrong =
        account("sveve", "report_from = [\"192.0.2.0/33\"]\nreport_from_header = \"X Forwarded\"\nkeyword = [\"a\"]\n");
    insta::assert_snapshot!(refusal(&wrong, &[]), @r#"
    medvirk.toml:6: gateway.report_from: "192.0.2.0/33" is not an address or a network such as 192.0.2.0/24
    medvirk.toml:7: gateway.report_from_header: "X Forwarded" is not the name of a header
    medvirk.toml:8: gateway.keyword: must be text or a decimal number
    "#);
}

#[test]
fn a_provider_can_be_described() {
    let file = r#"
[gateway]
kind = "http"
url = "https://sms.example.no/send?ref={id}"
method = "POST"
headers = ["Authorization: Bearer {token}", "X-Answer: json"]
token = "hidden"
body_type = "json"
body = '{"to":"{to}","text":"{text}"}'
[gateway.answer]
accepted = ["200 queued", "202"]
pause = "401"
[gateway.report]
reference = "/message/ref"
status = "status"
delivered = ["DELIVRD", "delivered"]
"#;
    let gateway = read(file, &[]).unwrap().gateway.unwrap();
    assert!(!format!("{gateway:?}").contains("hidden"));
    let GatewayKind::Http(http) = gateway.kind else { panic!("another gateway") };
    let rule = |status, contains: Option<&str>| Rule { status, contains: contains.map(str::to_owned) };
    assert_eq!(http.answers.accepted, [rule(200, Some("queued")), rule(202, None)]);
    assert_eq!(http.answers.pause, [rule(401, None)]);
    let report = http.report.unwrap();
    assert_eq!(report.reference, Some(Place::Json("/message/ref".to_owned())));
    assert_eq!(report.status, Place::Field("status".to_owned()));
    assert_eq!(report.words, [("delivered", "DELIVRD".to_owned()), ("delivered", "delivered".to_owned())]);
}

#[test]
fn a_list_that_lets_nobody_in_and_a_body_without_quotation_marks_are_refused() {
    let file = account("sveve", "report_from = []\n") + "report_from_header = \"Forwarded\"\n";
    insta::assert_snapshot!(refusal(&file, &[]), @r#"
    medvirk.toml:6: gateway.report_from: is empty
    "#);
    let file = account("sveve", "report_from_header = \"Forwarded\"\n");
    insta::assert_snapshot!(refusal(&file, &[]), @r#"
    gateway.report_from (or MEDVIRK_GATEWAY__REPORT_FROM): is missing, and the other settings below gateway.report_from_ mean nothing without it
    "#);
    let file = "[gateway]\nkind = \"http\"\nurl = \"https://sms.example.no/\"\nmethod = \"POST\"\nbody_type = \"json\"\n\
                body = '{\"to\":{to},\"text\":\"{text}\"}'\n[gateway.answer]\naccepted = \"200\"\n";
    insta::assert_snapshot!(refusal(file, &[]), @r#"
    medvirk.toml:6: gateway.body: is no JSON when texts stand in its places; put quotation marks around them
    "#);
}

#[test]
fn a_provider_is_described_whole_or_not_at_all() {
    let file = r#"
[gateway]
kind = "http"
url = "https://sms.example.no/{phone}"
method = "PUT"
headers = ["Authorization"]
body = "{token}"
[gateway.answer]
accepted = ["OK"]
[gateway.report]
delivered = ["d"]
[gateway.inbound]
from = "f"
[gateway.answers]
accepted = "200"
"#;
    insta::assert_snapshot!(refusal(file, &[]), @r#"
    medvirk.toml:4: gateway.url: {phone} is not one of {to} {from} {text} {id} {callback} {token}
    medvirk.toml:5: gateway.method: "PUT" is not one of GET, POST; did you mean "POST"?
    medvirk.toml:6: gateway.headers: must be written as Name: value
    medvirk.toml:9: gateway.answer.accepted: must begin with a status of HTTP, such as 200 or "200 OK:"
    medvirk.toml:14: gateway.answers: there is no such table; did you mean "gateway.answer"?
    gateway.body_type (or MEDVIRK_GATEWAY__BODY_TYPE): is missing: the body is json or form
    gateway.inbound.text (or MEDVIRK_GATEWAY__INBOUND__TEXT): is missing
    gateway.report.status (or MEDVIRK_GATEWAY__REPORT__STATUS): is missing, and the other settings below gateway.report. mean nothing without it
    "#);
    let file = "[gateway]\nkind = \"http\"\nurl = \"https://sms.example.no/?to={to}&key={token}\"\nmethod = \"GET\"\n\
                [gateway.answer]\naccepted = [\"200\"]\n[gateway.report]\nstatus = \"s\"\n";
    insta::assert_snapshot!(refusal(file, &[]), @r#"
    gateway.body (or MEDVIRK_GATEWAY__BODY): holds no {text}, and neither does gateway.url
    gateway.report.delivered (or MEDVIRK_GATEWAY__REPORT__DELIVERED): is missing: which word says that the phone has it?
    gateway.report.reference (or MEDVIRK_GATEWAY__REPORT__REFERENCE): is missing, and no {callback} says which message is meant
    gateway.token (or MEDVIRK_GATEWAY__TOKEN): is missing: {token} stands for it
    "#);
}

#[test]
fn a_logo_needs_a_name_and_a_picture_and_a_proxy_a_header() {
    let file = "logo_file = \"/nowhere/logo.svg\"\ntrusted_proxy_header = \"X Forwarded\"\n";
    insta::assert_snapshot!(refusal(file, &[]), @r#"
    medvirk.toml:1: logo_file: cannot read /nowhere/logo.svg: No such file or directory (os error 2)
    medvirk.toml:2: trusted_proxy_header: "X Forwarded" is not the name of a header
    "#);
    let settings = read("trusted_proxy_header = \"X-Real-IP\"\n", &[]).unwrap();
    assert_eq!(settings.trusted_proxy_header.as_deref(), Some("X-Real-IP"));
    assert!(settings.logo.is_none());
}
