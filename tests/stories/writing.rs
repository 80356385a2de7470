//! HR writes a survey and fills the register in the browser.

use reqwest::StatusCode;

use crate::app::{Browser, MIDWAY, Page, TestApp, on_both};

on_both![
    a_survey_is_written_checked_and_changed,
    a_register_comes_in_by_the_browser,
    headings_are_said_by_hr,
    nobody_else_uploads_anything
];

/// A form with files, as a browser sends it.
async fn upload(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let part = |(name, value): &(&str, &str)| {
        let file = if *name == "file" { "; filename=\"a.txt\"" } else { "" };
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
    };
    let body: String = fields.iter().map(part).collect();
    let request = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = request.post(browser.address(path)).header("content-type", "multipart/form-data; boundary=edge");
    browser.send(request.body(format!("{body}--edge--\r\n"))).await
}

async fn a_survey_is_written_checked_and_changed(app: TestApp) {
    let mut hr = app.hr().await;
    let csrf = hr.get("/campaigns/new").await.field("csrf");
    let broken = MIDWAY.replace("type: yes_no", "type: perhaps");
    let page = upload(&mut hr, "/campaigns/new", &[("csrf", &csrf), ("name", "Våren"), ("source", &broken)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("survey.yaml:") && page.has("<mark>perhaps</mark>"), "the line that is wrong is shown");
    assert!(page.has("Feil E105</strong> Ordet er et av dem som er tillatt her"), "{}", page.html);
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns").await, 0);
    let nameless = upload(&mut hr, "/campaigns/new", &[("csrf", &csrf), ("name", " "), ("source", MIDWAY)]).await;
    assert!(nameless.status == StatusCode::UNPROCESSABLE_ENTITY && nameless.has("Gi undersøkelsen et navn"));
    let made = upload(&mut hr, "/campaigns/new", &[("csrf", &csrf), ("name", "Våren"), ("file", MIDWAY)]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.html);
    let address = made.location.unwrap();
    let page = hr.get(&address).await;
    assert!(
        page.has("<iframe") && page.headers["content-security-policy"].to_str().unwrap().contains("frame-src 'self'")
    );
    let id = address.split('/').nth(2).unwrap();
    let phone = hr.get(&format!("/campaigns/{id}/phone?p=you&lang=pl")).await;
    assert!(phone.has("Czy kierujesz pracownikami?"), "{}", phone.html);
    let other = MIDWAY.replace("Midtveisevaluering av pandemien", "Vårens evaluering");
    let changed = upload(&mut hr, &address, &[("csrf", &csrf), ("source", &other)]).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.html);
    assert!(hr.get(&format!("/campaigns/{id}")).await.has("Vårens evaluering"));
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE action = 'definition_changed'").await, 1);
    app.import(3).await;
    app.launch(id).await;
    let late = upload(&mut hr, &address, &[("csrf", &csrf), ("source", MIDWAY)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "what was launched is frozen");
}

async fn a_register_comes_in_by_the_browser(app: TestApp) {
    let mut hr = app.hr().await;
    let csrf = hr.get("/people").await.field("csrf");
    let good = "ansattnr;navn;mobil;kommunalsjefområde\n1;Kari;40000001;Eiendom\n2;Ola;40000002;Eiendom\n";
    let bad = format!("{good}3;Per;12;Eiendom\n");
    let post = |file: &str, how: &str| {
        vec![("csrf", csrf.clone()), ("new_areas", "1".into()), ("how", how.to_owned()), ("file", file.to_owned())]
    };
    let people = "SELECT COUNT(*) FROM employees";
    for (file, how, status, said, there) in [
        (good, "try", StatusCode::OK, "Ingenting er lagret", 0),
        (&bad, "import", StatusCode::UNPROCESSABLE_ENTITY, "Linje 4, <code>phone</code>: har feil antall siffer", 0),
        (&bad, "report", StatusCode::OK, "4,phone,", 0),
        ("", "import", StatusCode::UNPROCESSABLE_ENTITY, "Filen er tom.", 0),
        (good, "import", StatusCode::OK, "Registeret er oppdatert", 2),
    ] {
        let fields = post(file, how);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = upload(&mut hr, "/people", &fields).await;
        assert_eq!(page.status, status, "{how}: {}", page.html);
        assert!(page.has(said), "{how}: {}", page.html);
        assert!(!page.has("40000001"), "no number of anybody stands on the page");
        assert_eq!(app.count(people).await, there, "{how}");
    }
}

async fn nobody_else_uploads_anything(app: TestApp) {
    let mut stranger = app.browser();
    let page = upload(&mut stranger, "/people", &[("how", "import"), ("file", "ansattnr,mobil\n1,40000001\n")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "to the login");
    let mut hr = app.hr().await;
    for fields in [&[("how", "import"), ("file", "a")][..], &[("csrf", "wrong"), ("how", "import"), ("file", "a")][..]]
    {
        assert_eq!(upload(&mut hr, "/people", fields).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM employees").await, 0);
}

async fn headings_are_said_by_hr(app: TestApp) {
    let file = "Ressurs;Tlf;Tittel;Enhet\n17;41000001;Vaktmester;Pleie\n18;41000002;Kokk;Pleie\n";
    let mut hr = app.hr().await;
    let csrf = hr.get("/people").await.field("csrf");
    let page = upload(&mut hr, "/people", &[("csrf", &csrf), ("how", "import"), ("file", file)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Ukjent kolonne «Ressurs»") && page.has("Kolonnen mobil (eller phone) mangler"), "{}", page.html);
    assert!(page.has("Hva kolonnene betyr") && page.has("name=\"heading\" value=\"Ressurs\""), "{}", page.html);
    let said = [("Ressurs", "employee_id"), ("Tlf", "phone"), ("Tittel", ""), ("Enhet", "area")];
    let mut fields = vec![("csrf", csrf.as_str()), ("how", "import"), ("file", file)];
    fields.extend(said.iter().flat_map(|(heading, column)| [("heading", *heading), ("column", *column)]));
    let page = upload(&mut hr, "/people", &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    assert_eq!(app.count("SELECT COUNT(*) FROM employees").await, 2);
    assert!(page.has("Sist lest inn") && page.has("av hr, 2 rader"), "{}", page.html);
    let tree = hr.get("/people/tree").await;
    assert!(tree.has("<span class=\"name\">Pleie</span> <b>2</b> <small>for få til egne resultater"), "{}", tree.html);
}
