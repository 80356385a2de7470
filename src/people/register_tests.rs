//! The register file, read from bytes.

use proptest::prelude::*;

use super::*;

static RULES: Rules = Rules { current_year: 2026, known_areas: Vec::new(), mapping: BTreeMap::new() };

fn read(file: &[u8]) -> (Vec<Employee>, Vec<String>) {
    let mut employees = Vec::new();
    let mut problems = Vec::new();
    for row in Register::open(file, &RULES).unwrap() {
        match row {
            Ok(employee) => employees.push(employee),
            Err(wrong) => problems.extend(wrong.iter().map(ToString::to_string)),
        }
    }
    (employees, problems)
}

fn heading_error(file: &str) -> String {
    Register::open(file.as_bytes(), &RULES).err().unwrap().to_string()
}

#[test]
fn a_full_row_becomes_an_employee() {
    let (employees, problems) = read(
        "employee_id,name,phone,area,service,unit,birth_year,language,employment,staff_responsibility,union_rep,safety_rep\n\
         E1, Kari Prøve ,900 00 001,Pleie og omsorg,Lia sykehjem,Avdeling 2,1980,NN,permanent,ja,0,x\n"
            .as_bytes(),
    );
    assert_eq!(problems, [""; 0]);
    insta::assert_debug_snapshot!(employees);
}

#[test]
fn norwegian_headings_in_any_order_separator_and_encoding() {
    let rows = "Mobil{s}ANSATTNR{s}kommunalsjefområde{s}språk{s}Fødselsår\r\n90000001{s}7{s}Skole{s}nb{s}1970\r\n";
    for separator in [",", ";", "\t"] {
        let text = rows.replace("{s}", separator);
        let (windows, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
        assert!(!lossy);
        for bytes in [text.as_bytes(), &windows, format!("\u{feff}{text}").as_bytes()] {
            let (employees, problems) = read(bytes);
            assert_eq!(problems, [""; 0]);
            assert_eq!((employees[0].number.as_str(), employees[0].birth_year), ("7", Some(1970)));
            assert_eq!(employees[0].place, ["Skole"]);
        }
    }
}

#[test]
fn every_wrong_cell_of_every_row_is_reported_with_its_line() {
    let (employees, problems) = read(
        "employee_id;phone;area;service;unit;birth_year;language;union_rep\n\
         1;90000001;Skole;Lia skole;;1980;nb;ja\n\
         \n\
         ;9000;;Lia skole;Trinn 1;1880;norsk;kanskje\n\
         \"3\n\";90000003;;;;;;\n\
         1;90000004;;;;;;\n\
         5;90000005;;;;;;;Hansen; Kari\n\
         6;90000001;;;;;;\n"
            .as_bytes(),
    );
    assert_eq!(employees.len(), 3);
    insta::assert_snapshot!(problems.join("\n"));
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for newline in ["\n", "\r\n"] {
        let file = "\nphone,employee_id,name\n1,1\n\n\n2,2,\"a\nb\"\n3,3\n\n4,4".replace('\n', newline);
        let lines = Register::open(file.as_bytes(), &RULES).unwrap().map(|row| row.unwrap_err()[0].line);
        assert_eq!(lines.collect::<Vec<_>>(), [3, 6, 8, 10]);
    }
}

#[test]
fn several_people_on_one_phone_are_counted() {
    let file = b"employee_id,phone\n1,90000001\n2,+47 90000001\n3,90000002\n4,900 00 001";
    let mut register = Register::open(file, &RULES).unwrap();
    assert!(register.by_ref().all(|row| row.is_ok()));
    assert_eq!(register.shared_phones(), 2);
}

#[test]
fn headings_are_refused_with_what_to_mend() {
    insta::assert_snapshot!(heading_error("employe_id,phone,phone,salary\n"));
    insta::assert_snapshot!(heading_error("just some text\nand more"));
}

#[test]
fn an_unknown_area_is_refused_with_the_one_that_was_meant() {
    let rules =
        Rules { current_year: 2026, known_areas: vec!["Tekniske tjenester".into(), "Eiendom".into()], ..RULES.clone() };
    let file =
        "employee_id,phone,area\n1,90000001,Teknisk tjenester\n2,90000002,Skole\n3,90000003,Eiendom\n4,90000004,";
    let rows: Vec<_> = Register::open(file.as_bytes(), &rules).unwrap().collect();
    let message = |row: &Result<Employee, Vec<Problem>>| row.as_ref().unwrap_err()[0].to_string();
    insta::assert_snapshot!(message(&rows[0]));
    insta::assert_snapshot!(message(&rows[1]));
    assert!(rows[2].is_ok() && rows[3].is_ok());
}

#[test]
fn an_unclosed_quotation_mark_is_one_problem_and_not_a_flood() {
    let mut file = "employee_id,name,phone\n1,\"Kari,90000001\n".to_owned();
    for row in 2..5_000 {
        use std::fmt::Write as _;
        writeln!(file, "{row},Kari,9{row:07}").unwrap();
    }
    let (employees, problems) = read(file.as_bytes());
    assert!(employees.is_empty());
    insta::assert_snapshot!(problems.join("\n"));
}

proptest! {
    /// Any bytes: an answer, never a panic, and nothing longer than the file.
    #[test]
    fn reading_is_total(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(register) = Register::open(&bytes, &RULES) {
            prop_assert!(register.count() <= bytes.len());
        }
    }

    /// Under a right heading too, and no problem repeats the phone number.
    #[test]
    fn rows_are_judged_whatever_they_hold(rows in "([0-9a-z+\"; æ]{0,12},){2}[\\PC\n]{0,60}") {
        let file = format!("employee_id,phone,name\n{rows}");
        let Ok(register) = Register::open(file.as_bytes(), &RULES) else { return Ok(()) };
        for row in register {
            for problem in row.err().into_iter().flatten() {
                prop_assert!(problem.line >= 2 && !problem.wrong.to_string().is_empty());
            }
        }
    }

    /// A digit of the number never stands in what is said about it.
    #[test]
    fn wrong_numbers_are_not_repeated(phone in "[1-9][0-9]{3,6}") {
        let file = format!("employee_id,phone\n1,{phone}");
        let (_, problems) = read(file.as_bytes());
        prop_assert!(!problems.is_empty() && !problems.join("").contains(&phone));
    }
}

#[test]
fn headings_mean_what_somebody_says_they_mean() {
    let file = b"Ressurs,Tlf,Tittel\n17,41000001,Vaktmester\n";
    let Err(FileError::Headings(headings)) = Register::open(file, &RULES).map(drop) else { panic!("unknown headings") };
    let names: Vec<&str> = headings.found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names, headings.wrong.len()), (vec!["Ressurs", "Tlf", "Tittel"], 5));
    let said = [("Ressurs", Column::named("employee_id")), ("Tlf", Column::named("phone")), ("Tittel", None)];
    let mapping = said.into_iter().map(|(heading, column)| (heading.to_owned(), column)).collect();
    let rules = Rules { mapping, ..RULES.clone() };
    let employees: Vec<_> = Register::open(file, &rules).unwrap().collect();
    assert_eq!(employees[0].as_ref().unwrap().number, "17");
}

#[test]
fn what_is_said_twice_or_not_enough_is_refused() {
    let open = |said: &[(&str, &str)]| {
        let mapping = said.iter().map(|(heading, column)| ((*heading).to_owned(), Column::named(column))).collect();
        Register::open(b"a,b\n1,2\n", &Rules { mapping, ..RULES.clone() }).map(drop).unwrap_err().to_string()
    };
    assert!(open(&[("a", "phone"), ("b", "phone")]).contains("twice"));
    assert!(open(&[("a", "phone"), ("b", "")]).contains("employee_id (or ansattnr) is missing"));
}
