//! The files of the program as they stand, what is said about broken ones, and what an examination says.

use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Map, Value as Json, json};

use super::{
    source::{DataFile, Files},
    *,
};
use crate::domain::{
    date::LeapBirthday,
    finding::{Finding, Severity},
};

fn today() -> chrono::NaiveDate {
    "2026-11-24".parse().unwrap()
}

fn now() -> Circumstances {
    Circumstances {
        day: today(),
        leap: LeapBirthday::default(),
    }
}

fn forms() -> &'static Forms {
    static FORMS: std::sync::LazyLock<Forms> = std::sync::LazyLock::new(Forms::embedded);
    &FORMS
}

fn marriage() -> &'static Form {
    forms().form("marriage", today()).unwrap()
}

fn couple() -> Json {
    json!({
        "man": {"id_type": "resident_id", "id_no": "33052119900307001X", "name": "张三丰", "ethnicity": "01",
            "declared_status": "10"},
        "woman": {"id_type": "resident_id", "id_no": "330521199003070028", "name": "李小红", "ethnicity": "01",
            "declared_status": "10"},
        "check": {"man": "agrees", "woman": "agrees"},
    })
}

fn object(json: &Json) -> &Map<String, Json> {
    json.as_object().unwrap()
}

fn read(json: &Json) -> Result<Answers, Vec<Finding>> {
    forms().read_answers(marriage(), object(json), &["guitai"])
}

/// Nothing was found in the record, and everything is at hand.
fn facts() -> Facts {
    let mut facts = Facts::default();
    for spec in &marriage().facts {
        let fact = match spec.kind.as_str() {
            "text" => Fact::Text(String::new()),
            "integer" => Fact::Integer(20),
            _ => Fact::Flag(true),
        };
        facts = facts.with(&spec.id, fact);
    }
    facts
}

fn examine(json: &Json) -> Examination {
    forms().examine(marriage(), &read(json).unwrap(), &facts(), now())
}

/// `severity rule field` of all findings that stop the case.
fn stops(examination: &Examination) -> Vec<String> {
    let line = |finding: &Finding| {
        let field = finding.field.as_deref().unwrap_or("-");
        format!("{:?} {} {field}", finding.severity, finding.rule)
    };
    examination
        .findings
        .iter()
        .filter(|one| one.stops())
        .map(line)
        .collect()
}

fn with(path: &str, value: &str) -> Json {
    let mut couple = couple();
    let (section, field) = path.split_once('.').unwrap();
    couple[section][field] = json!(value);
    couple
}

fn without(path: &str) -> Json {
    let mut couple = couple();
    let (section, field) = path.split_once('.').unwrap();
    couple[section].as_object_mut().unwrap().remove(field);
    couple
}

#[test]
fn every_file_of_the_program_is_sound_and_its_examples_come_out() {
    let checked = forms().check(today());
    let faults: Vec<String> = checked.faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(checked.rules > 20 && checked.examples > 80);
    assert!(checked.warnings.is_empty(), "{:?}", checked.warnings);
}

#[test]
fn what_is_required_is_enough_and_the_rest_is_only_mentioned() {
    let examination = examine(&couple());
    let fields = forms().fields(marriage(), &read(&couple()).unwrap(), &facts(), now());
    assert_eq!(
        fields, examination.fields,
        "fields stand the same whether rules are weighed or not"
    );
    assert_eq!(stops(&examination), Vec::<String>::new());
    let wanted = examination.findings.iter().filter(|one| one.rule == "answer.wanted");
    assert_eq!(wanted.count(), 8);
    assert_eq!(examination.value("man.birth").unwrap().data(), "1990-03-07");
    assert_eq!(examination.value("woman.sex").unwrap().paper(), "女");
    assert_eq!(examination.value("man.area").unwrap().paper(), "浙江省湖州市德清县");
    assert_eq!(examination.value("man.nationality").unwrap().paper(), "中国");
}

#[rstest]
#[case("man.id_type")]
#[case("man.id_no")]
#[case("man.name")]
#[case("woman.ethnicity")]
#[case("woman.declared_status")]
#[case("check.woman")]
fn what_is_missing_is_asked_for_once(#[case] path: &str) {
    assert_eq!(
        stops(&examine(&without(path))),
        [format!("Error answer.required {path}")]
    );
}

#[rstest]
#[case("man.id_no", "330521199003070011", "Error answer.id-number man.id_no")]
#[case("man.name", "张3", "Error answer.name man.name")]
#[case("man.ethnicity", "57", "Error answer.code man.ethnicity")]
#[case("man.phone", "abc", "Error answer.phone man.phone")]
#[case("man.hukou_address", "20280301", "Error answer.address man.hukou_address")]
#[case("case.number", "J33-1", "Error answer.certificate-number case.number")]
#[case("check.man", "not_checked", "Confirm not-checked-man check.man")]
#[case("check.woman", "disagrees", "Confirm check-disagrees-woman check.woman")]
#[case("woman.declared_status", "20", "Refuse spouse-declared-woman woman.declared_status")]
fn what_is_wrong_is_said_at_its_field(#[case] path: &str, #[case] value: &str, #[case] said: &str) {
    let mut couple = couple();
    couple["case"] = json!({});
    let (section, field) = path.split_once('.').unwrap();
    couple[section][field] = json!(value);
    assert_eq!(stops(&examine(&couple)), [said]);
}

#[test]
fn a_day_that_does_not_exist_is_said_with_the_month() {
    let mut couple = couple();
    couple["overrides"] = json!({"man.birth": {"value": "2026-02-30", "reason": "证件如此"}});
    let examination = examine(&couple);
    let said = examination
        .about("man.birth")
        .find(|one| one.rule == "answer.date")
        .unwrap();
    assert!(said.says.contains("2 月没有 30 日"), "{}", said.says);
}

#[test]
fn i6_unknown_is_not_yes() {
    let mut facts = facts();
    facts.0.remove("man_running_marriage");
    facts.0.insert("woman_death".to_owned(), Fact::Unknown);
    let answers = read(&couple()).unwrap();
    let examination = forms().examine(marriage(), &answers, &facts, now());
    assert_eq!(
        stops(&examination),
        [
            "Error registered-death-woman woman.id_no",
            "Confirm running-marriage-man man.id_no"
        ]
    );
    let undecided = &examination.findings[0];
    assert!(undecided.says.contains("女方的死亡登记"), "{}", undecided.says);
}

#[test]
fn a_derived_value_differs_only_with_a_reason() {
    let given = with("man.birth", "1990-03-08");
    assert_eq!(stops(&examine(&given)), ["Error answer.derived-differs man.birth"]);
    assert_eq!(stops(&examine(&with("man.birth", "1990-03-07"))), Vec::<String>::new());
    let mut couple = couple();
    couple["overrides"] = json!({"man.birth": {"value": "2010-03-08", "reason": "证件如此"}});
    let examination = examine(&couple);
    assert_eq!(stops(&examination), ["Refuse age-man man.birth"]);
    assert!(examination.field("man.birth").unwrap().overridden);
    assert!(
        examination
            .about("man.birth")
            .any(|one| one.rule == "answer.overridden")
    );
    couple["overrides"]["man.birth"]["reason"] = json!(" ");
    assert_eq!(stops(&examine(&couple))[0], "Refuse age-man man.birth");
    assert!(stops(&examine(&couple)).contains(&"Error answer.override-reason man.birth".to_owned()));
}

#[test]
fn hidden_fields_are_not_asked_and_not_taken() {
    let mut couple = couple();
    couple["check"]["man_evidence"] = json!("离婚证");
    let examination = examine(&couple);
    assert!(!examination.field("check.man_evidence").unwrap().shown);
    assert_eq!(examination.value("check.man_evidence"), None);
    couple["check"]["man"] = json!("disagrees");
    assert_eq!(examine(&couple).value("check.man_evidence").unwrap().data(), "离婚证");
}

#[test]
fn what_nobody_can_see_is_taken_out_and_named() {
    let examination = examine(&with("man.name", "张\u{200B}三\u{202E}丰"));
    assert_eq!(examination.value("man.name").unwrap().data(), "张三丰");
    let said = examination
        .about("man.name")
        .find(|one| one.rule == "answer.invisible")
        .unwrap();
    assert!(
        said.says.contains("U+200B") && said.says.contains("U+202E"),
        "{}",
        said.says
    );
    assert_eq!(said.severity, Severity::Warn);
}

#[rstest]
#[case(json!({"man": {"nmae": "张"}}), "answer.unknown-near man.nmae", "man.name")]
#[case(json!({"men": {}}), "answer.unknown-near men", "man")]
#[case(json!({"man": []}), "answer.kind man", "")]
#[case(json!({"man": {"name": 5}}), "answer.kind man.name", "")]
#[case(json!({"man": {"name": ["张"]}}), "answer.kind man.name", "")]
#[case(json!({"man": {"name": "张\u{7}三"}}), "answer.control man.name", "")]
#[case(json!({"overrides": {"man.name": {"value": "张", "reason": "x"}}}), "answer.unknown-near man.name", "man.area")]
#[case(json!({"overrides": {"man.birth": {"value": "1990-03-07"}}}), "answer.kind man.birth", "")]
fn json_that_does_not_fit_is_told_by_path(#[case] json: Json, #[case] told: &str, #[case] near: &str) {
    let findings = read(&json).unwrap_err();
    let finding = &findings[0];
    assert_eq!(
        format!("{} {}", finding.rule, finding.field.as_deref().unwrap_or("-")),
        told
    );
    assert!(finding.says.contains(near), "{}", finding.says);
}

#[test]
fn a_text_of_ten_megabytes_is_too_long_and_not_repeated() {
    let examination = examine(&with("man.name", &"张".repeat(3_500_000)));
    assert_eq!(stops(&examination), ["Error answer.too-long man.name"]);
    assert!(examination.findings.iter().all(|finding| finding.says.len() < 500));
}

#[test]
fn answers_survive_their_json() {
    let mut couple = couple();
    couple["overrides"] = json!({"man.birth": {"value": "1990-03-08", "reason": "证件如此"}});
    let answers = read(&couple).unwrap();
    assert_eq!(read(&answers.to_json(marriage())).unwrap(), answers);
}

#[test]
fn the_schema_speaks_of_every_field_and_of_no_other() {
    let schema = forms().schema("marriage", today()).unwrap();
    for section in &marriage().sections {
        let own = &schema["properties"][&section.id];
        assert_eq!(own["additionalProperties"], json!(false));
        let names: Vec<String> = object(&own["properties"]).keys().cloned().collect();
        let fields: Vec<String> = section
            .fields
            .iter()
            .map(|field| field.path.replace(&format!("{}.", section.id), ""))
            .collect();
        assert_eq!(names, fields);
    }
    let required = &schema["properties"]["man"]["required"];
    assert_eq!(
        required,
        &json!(["id_type", "id_no", "name", "ethnicity", "declared_status"])
    );
    assert_eq!(
        schema["properties"]["check"]["properties"]["man"]["enum"],
        json!(["agrees", "disagrees", "not_checked"])
    );
}

/// The faults of the program's files with one of them changed.
fn planted(path: &str, from: &str, to: &str) -> Vec<Fault> {
    let mut files = Files::embedded();
    let text = files.get(path).unwrap().text.to_string();
    assert!(text.contains(from), "{path} has no {from}");
    files.lay(DataFile::new(path, text.replacen(from, to, 1), false));
    Forms::of(files).check(today()).faults
}

#[rstest]
#[case::misspelt_path(
    "rules/marriage.toml",
    "age(man.birth, case.day)",
    "age(man.brith, case.day)",
    "没有“man.brith”",
    Some("man.birth")
)]
#[case::wrong_operand(
    "rules/marriage.toml",
    "age(man.birth, case.day)",
    "age(man.name, case.day)",
    "应是日期",
    None
)]
#[case::unknown_function(
    "rules/marriage.toml",
    "age(man.birth, case.day)",
    "aeg(man.birth, case.day)",
    "没有函数“aeg”",
    Some("age")
)]
#[case::unknown_code("rules/marriage.toml", "== '90'", "== '91'", "没有“91”", Some("90"))]
#[case::no_example(
    "rules/marriage.toml",
    "rule = \"same-name\"\nexpect = \"silent\"",
    "rule = \"same-name\"\nexpect = \"speaks\"",
    "缺少一个 expect = \"silent\"",
    None
)]
#[case::unknown_key(
    "desk/marriage.toml",
    "requird = true",
    "requird = true",
    "没有这个键",
    Some("required")
)]
#[case::unknown_kind(
    "desk/marriage.toml",
    "kind = \"name\"",
    "kind = \"nmae\"",
    "没有“nmae”",
    Some("name")
)]
#[case::unknown_list(
    "desk/marriage.toml",
    "code:ethnicities",
    "code:ethnicity",
    "没有“ethnicity”",
    Some("ethnicities")
)]
#[case::prefilled_declaration(
    "desk/marriage.toml",
    "declaration = true",
    "declaration = true\ndefault = \"10\"",
    "不得预先填写",
    None
)]
#[case::wrong_example(
    "rules/marriage.toml",
    "最早 2026-11-25 可以登记",
    "最早 2026-11-26 可以登记",
    "算出来是",
    None
)]
fn a_planted_fault_is_named_with_file_line_and_nearest_word(
    #[case] path: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] says: &str,
    #[case] near: Option<&str>,
) {
    let from = if from == to { "required = true" } else { from };
    let faults = planted(path, from, to);
    let text = Files::embedded().get(path).unwrap().text.to_string();
    let found = faults.iter().find(|fault| fault.problem.contains(says));
    let found = found.unwrap_or_else(|| panic!("{faults:?}"));
    assert_eq!((found.file.as_str(), found.nearest.as_deref()), (path, near), "{found}");
    let at = text[..text.find(from).unwrap()].matches('\n').count() + 1;
    assert!(
        found.line >= 1 && found.line.abs_diff(at) < 40,
        "{found} against line {at}"
    );
}

#[test]
fn versions_that_share_a_day_count_neither() {
    let mut files = Files::embedded();
    let text = files.get("desk/marriage.toml").unwrap().text.to_string();
    files.lay(DataFile::new(
        "desk/marriage@2027.toml",
        text.replace("2025-05-10", "2027-01-01"),
        false,
    ));
    let both = Forms::of(files);
    assert!(
        both.faults().iter().any(|fault| fault.problem.contains("重叠")),
        "{:?}",
        both.faults()
    );
    assert!(both.form("marriage", today()).is_none());
    let mut files = Files::embedded();
    let old = text.replace(
        "effective_from = 2025-05-10",
        "effective_from = 2025-05-10\neffective_to = 2026-12-31",
    );
    files.lay(DataFile::new("desk/marriage.toml", old, false));
    files.lay(DataFile::new(
        "desk/marriage@2027.toml",
        text.replace("2025-05-10", "2027-01-01"),
        false,
    ));
    let both = Forms::of(files);
    assert!(both.faults().is_empty(), "{:?}", both.faults());
    let on = |day: &str| {
        both.form("marriage", day.parse().unwrap())
            .map(|form| form.sha256.clone())
    };
    assert!(on("2026-12-31").is_some() && on("2026-12-31") != on("2027-01-01"));
    assert_eq!(on("2025-05-09"), None);
}

#[test]
fn a_broken_county_file_disables_what_it_defines_alone() {
    let mut files = Files::embedded();
    files.lay(DataFile::new("desk/marriage.toml", "id = \"marriage\nbroken", true));
    files.lay(DataFile::new(
        "desk/other.toml",
        forms().files()[0].text.to_string(),
        true,
    ));
    let broken = Forms::of(files);
    assert!(broken.form("marriage", today()).is_none());
    assert!(
        broken
            .faults()
            .iter()
            .any(|fault| fault.file == "desk/marriage.toml" && fault.line == 1)
    );
    assert!(broken.list("ethnicities").is_some());
    assert!(broken.warnings().iter().any(|fault| fault.key == "based_on"));
}

proptest! {
    /// Whatever is answered, nothing that stops is lost silently: a case that may go on has every required answer.
    #[test]
    fn a_case_that_may_go_on_is_whole(answers in proptest::collection::btree_map(0..30_usize, "\\PC{0,20}", 0..20)) {
        let form = marriage();
        let mut given = Answers::default();
        for (at, text) in answers {
            if let Some(field) = form.fields().nth(at) {
                given.set_text(&field.path, &text);
            }
        }
        let examination = forms().examine(form, &given, &facts(), now());
        if !examination.findings.iter().any(Finding::stops) {
            for state in examination.fields.iter().filter(|state| state.required) {
                prop_assert!(state.value.is_some(), "{}", state.path);
            }
        }
    }
}

#[test]
fn a_line_of_a_list_of_numbers_may_be_given_by_its_name() {
    let mut couple = couple();
    couple["man"]["ethnicity"] = json!("回族");
    couple["man"]["education"] = json!("大学本科");
    let found = examine(&couple);
    let code = |path: &str| found.value(path).map(Value::data);
    assert_eq!(code("man.ethnicity").as_deref(), Some("03"));
    assert_eq!(code("man.education").as_deref(), Some("20"));
    // A word that is a code has no second name.
    couple["check"]["man"] = json!("一致");
    assert!(stops(&examine(&couple)).iter().any(|stop| stop.contains("check.man")));
}

/// Whether a value is what a schema says, for the words that our schemas use.
fn fits(schema: &Json, value: &Json) -> bool {
    let kind = |name: &Json| match name.as_str() {
        Some("string") => value.is_string(),
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64(),
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        other => panic!("{other:?}"),
    };
    let typed = match &schema["type"] {
        Json::Null => true,
        Json::Array(all) => all.iter().any(kind),
        one => kind(one),
    };
    let listed = schema["enum"].as_array().is_none_or(|all| all.contains(value));
    let constant = schema.get("const").is_none_or(|only| only == value);
    let text = value.as_str().is_none_or(|text| {
        let most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
        let least = schema["minLength"].as_u64().unwrap_or(0);
        let length = text.chars().count() as u64;
        let pattern = schema["pattern"].as_str().is_none_or(|pattern| {
            let said = !pattern.contains(r"\S") || !text.trim().is_empty();
            said && !crate::domain::text::has_control(text)
        });
        (least..=most).contains(&length) && pattern
    });
    let whole = value.as_object().is_none_or(|map| {
        let known = |(key, value): (&String, &Json)| match schema["properties"].get(key) {
            Some(own) => fits(own, value),
            None if schema["additionalProperties"].is_object() => fits(&schema["additionalProperties"], value),
            None => schema["additionalProperties"] != json!(false),
        };
        let needed = schema["required"].as_array();
        let needed = needed.is_none_or(|all| all.iter().all(|key| map.contains_key(key.as_str().unwrap())));
        needed && map.iter().all(known)
    });
    typed && listed && constant && text && whole
}

#[test]
fn the_schema_takes_what_an_examination_takes_and_no_other_shape() {
    let schema = forms().schema("marriage", today()).unwrap();
    let mut tried = 0;
    for field in marriage().fields() {
        let (section, name) = field.path.split_once('.').unwrap();
        let values = [
            json!(null),
            json!(""),
            json!("  "),
            json!("01"),
            json!(" 01"),
            json!("汉族"),
            json!("张三"),
            json!("a\u{301}".repeat(40)),
            json!(format!("  {}  ", "王".repeat(20))),
            json!("王".repeat(300)),
            json!("一\n二"),
            json!("１３８００００００００"),
            json!("1990-03-07"),
            json!("19900307"),
            json!("agrees"),
            json!("resident_id"),
            json!(7),
            json!(1.5),
            json!(true),
            json!([]),
            json!({}),
        ];
        for value in values {
            let mut couple = couple();
            couple["guitai"] = json!(1);
            couple[section][name] = value.clone();
            tried += 1;
            let about = |finding: &Finding| finding.field.as_deref() == Some(&field.path);
            let schema_takes = fits(&schema, &couple);
            match read(&couple) {
                Ok(_) => {
                    let stopped = examine(&couple);
                    let stopped = stopped.findings.iter().any(|finding| finding.stops() && about(finding));
                    assert!(
                        stopped || schema_takes,
                        "{} = {value}: taken, but not by the schema",
                        field.path
                    );
                }
                Err(_) => assert!(!schema_takes, "{} = {value}: taken by the schema alone", field.path),
            }
        }
    }
    assert!(tried > 500, "{tried}");
    for (key, value, takes) in [
        ("overrides", json!(null), true),
        ("overrides", json!({"man.sex": {"value": "male", "reason": "证"}}), true),
        ("overrides", json!({"man.sex": {"value": "male"}}), false),
        ("overrides", json!({"man.name": {"value": "x", "reason": "证"}}), false),
        ("ground", json!("ground.kinship"), true),
        ("ground", json!("kin"), false),
        ("confirm", json!({"x": {"reason": "字".repeat(REASON)}}), true),
        ("confirm", json!({"x": {"reason": "字".repeat(REASON + 1)}}), false),
        ("man.name", json!("x"), false),
    ] {
        let mut couple = couple();
        couple["guitai"] = json!(1);
        couple[key] = value.clone();
        assert_eq!(fits(&schema, &couple), takes, "{key} = {value}");
    }
}
