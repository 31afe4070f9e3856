//! Answers that are not as they must be: each is told by its field in a sentence, and nothing is written.

use std::fs;

use serde_json::{Value, json};

use crate::support::desk::Desk;
use crate::support::people::couple;

/// A couple with one thing in another way; the path steps into objects.
fn with(path: &str, value: Value) -> Value {
    let mut answers = couple(1);
    let mut place = &mut answers;
    for step in path.split('/') {
        place = &mut place[step];
    }
    *place = value;
    answers
}

/// What is wrong, where it must be told, and the rule that tells it.
fn wrong() -> Vec<(Value, &'static str, &'static str)> {
    vec![
        (
            with("man/shoe_size", json!("42")),
            "man.shoe_size",
            "answer.unknown-near",
        ),
        (with("dog", json!({"name": "旺财"})), "dog", "answer.unknown"),
        (with("man", json!("王伟")), "man", "answer.kind"),
        (with("man", json!([])), "man", "answer.kind"),
        (with("man/name", json!(7)), "man.name", "answer.kind"),
        (with("man/name", json!({"first": "伟"})), "man.name", "answer.kind"),
        (with("man/name", json!(["王", "伟"])), "man.name", "answer.kind"),
        (with("man/name", json!(true)), "man.name", "answer.kind"),
        (with("man/name", Value::Null), "man.name", "answer.required"),
        (with("man/name", json!("")), "man.name", "answer.required"),
        (with("man/name", json!("   ")), "man.name", "answer.required"),
        (with("man/name", json!("王\u{0}伟")), "man.name", "answer.control"),
        (with("man/name", json!("王\u{1b}[31m伟")), "man.name", "answer.control"),
        (with("man/name", json!("王\n伟")), "man.name", "answer.control"),
        (with("man/name", json!("伟".repeat(81))), "man.name", "answer.too-long"),
        (
            with("man/occupation", json!("教".repeat(10_000))),
            "man.occupation",
            "answer.too-long",
        ),
        (
            with("man/id_no", json!("33052119900101141")),
            "man.id_no",
            "answer.id-number",
        ),
        (
            with("man/id_no", json!("330521199002301414")),
            "man.id_no",
            "answer.id-number",
        ),
        (
            with("man/id_no", json!(330_521_199_001_011_412_i64)),
            "man.id_no",
            "answer.kind",
        ),
        (with("man/ethnicity", json!("99")), "man.ethnicity", "answer.code"),
        (with("man/ethnicity", json!("汉人")), "man.ethnicity", "answer.code"),
        (with("man/phone", json!("call me")), "man.phone", "answer.phone"),
        (with("check/man", json!("maybe")), "check.man", "answer.code"),
        (with("check", Value::Null), "check", "answer.kind"),
        (
            with(
                "overrides",
                json!({"man.birth": {"value": "2026-02-30", "reason": "证件如此"}}),
            ),
            "man.birth",
            "answer.date",
        ),
    ]
}

/// What has not the form of an answer is bad input; what is wrong in an answer is a finding.
fn status(rule: &str) -> i32 {
    if rule == "answer.kind" || rule.starts_with("answer.unknown") {
        2
    } else {
        1
    }
}

#[test]
fn whatever_is_wrong_in_the_answers_is_told_by_its_field_and_nothing_is_written() {
    let desk = Desk::new();
    let before = fs::read(desk.db()).unwrap();
    for (answers, field, rule) in wrong() {
        let code = status(rule);
        let run = desk
            .submit("marriage", &answers, &["--dry-run"])
            .ended(code)
            .says(field);
        assert!(
            run.stderr.len() < 10_000 && run.stdout.len() < 20_000,
            "{field}: too many words"
        );
        assert!(
            !run.stderr.contains(['\u{1b}', '\u{0}', '\u{202e}']),
            "{field}: control characters come through"
        );
        let json = run.json();
        assert_eq!(json["outcome"], "incomplete", "{field}: {json}");
        let told = json["findings"].as_array().unwrap().iter();
        let told: Vec<_> = told
            .map(|one| (one["field"].as_str().unwrap_or(""), one["rule"].as_str().unwrap()))
            .collect();
        assert!(told.contains(&(field, rule)), "no {rule} about {field} in {told:?}");
    }
    assert!(fs::read(desk.db()).unwrap() == before, "something was written");
    // And not only in a dry run.
    for (answers, field, rule) in wrong().into_iter().step_by(6) {
        desk.submit("marriage", &answers, &[]).ended(status(rule)).says(field);
    }
    let day = desk.run(&["report", "day", "--format", "json"]).done().json();
    assert_eq!((&day["counts"], &day["numbers"]), (&json!([]), &json!([])));
}

#[test]
fn what_stands_beside_the_answers_has_its_kinds_too() {
    let desk = Desk::new();
    for (path, value) in [
        ("key", json!("")),
        ("key", json!("k".repeat(201))),
        ("close_as_refused", json!("yes")),
        ("confirm", json!(["not-checked-man"])),
        ("confirm", json!({"not-checked-man": "because"})),
        ("confirm", json!({"not-checked-man": {"reason": 5}})),
        ("confirm", json!({"not-checked-man": {"reason": "x", "who": "me"}})),
        ("guitai", json!("1")),
    ] {
        desk.submit("marriage", &with(path, value), &["--dry-run"])
            .ended(2)
            .says(&format!("\"{path}\""));
    }
    let long = json!({"not-checked-man": {"reason": "因".repeat(61)}});
    desk.submit("marriage", &with("confirm", long), &["--dry-run"])
        .ended(2)
        .says("最多 60 个字");
    // What nobody asked to be confirmed is confirmed by nobody.
    let mut answers = couple(1);
    answers["check"]["man"] = json!("not_checked");
    answers["confirm"] = json!({"age-man": {"reason": "看起来够大"}});
    let json = desk.submit("marriage", &answers, &["--dry-run"]).ended(1).json();
    assert_eq!(json["outcome"], "incomplete");
}

#[test]
fn strings_of_ten_megabytes_are_one_sentence_each() {
    let desk = Desk::new();
    let before = fs::read(desk.db()).unwrap();
    let long = "王".repeat(3_500_000);
    for (path, value) in [
        ("man/name", json!(long)),
        ("man/id_no", json!("1".repeat(10_000_000))),
        ("man/occupation", json!(long)),
        ("check/man", json!(long)),
        ("case/note", json!(long)),
        ("confirm", json!({"age-man": {"reason": long}})),
    ] {
        let run = desk.submit("marriage", &with(path, value), &["--dry-run"]);
        assert!(
            matches!(run.code, Some(1 | 2)),
            "{path}: {:?} {:.300}",
            run.code,
            run.stderr
        );
        assert!(
            run.stderr.len() < 10_000 && run.stdout.len() < 20_000,
            "{path}: too many words"
        );
    }
    let mut keyed = couple(1);
    keyed[&long] = json!(1);
    let run = desk.submit("marriage", &keyed, &["--dry-run"]).ended(2);
    assert!(run.stderr.len() < 10_000 && run.stdout.len() < 20_000, "too many words");
    let mut many = couple(1);
    for n in 0..20_000 {
        many["man"][format!("x{n}")] = json!(n);
    }
    let run = desk.submit("marriage", &many, &["--dry-run"]).ended(2);
    assert!(run.stderr.len() < 100_000, "too many words: {}", run.stderr.len());
    assert!(fs::read(desk.db()).unwrap() == before, "something was written");
    // More than any case can be is not even read.
    let file = desk.path("huge.json");
    fs::File::create(&file).unwrap().set_len(64_000_001).unwrap();
    desk.run(&["submit", "marriage", file.to_str().unwrap()])
        .ended(2)
        .says("超过 64 MB");
}

#[test]
fn invisible_characters_are_named_and_rare_ones_stay() {
    let desk = Desk::new();
    // A zero-width joiner, a change of direction, and a variation selector behind a character of extension B.
    let name = "吴\u{200d}\u{202e}𠮷\u{e0100}";
    let json = desk.submit("marriage", &with("man/name", json!(name)), &["--out", "o"]);
    let json = json.done().json();
    let told = json["findings"].as_array().unwrap().iter();
    assert!(
        told.clone()
            .any(|one| one["rule"] == "answer.invisible" && one["severity"] == "warn"),
        "{json}"
    );
    let shown = desk.run(&["show", json["case"].as_str().unwrap()]).done().json();
    let value = shown["values"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["field"] == "man.name")
        .unwrap();
    assert!(json["findings"].to_string().contains("U+202E"));
    assert_eq!(value["text"], "吴𠮷\u{e0100}");
    for query in ["吴𠮷", "wuji", "WJ"] {
        let found = desk.run(&["find", query]).done().json();
        assert_eq!(found["found"].as_array().unwrap().len(), 1, "{query}");
    }
}

#[test]
fn a_character_that_no_font_draws_is_said_before_anything_is_used() {
    let desk = Desk::new();
    // A private-use character, a picture, scripts that no font inside has: said by its place, code point and field.
    for (field, given, code) in [
        ("man/occupation", "\u{e000}", "U+E000"),
        ("man/name", "张😀", "U+1F600"),
        ("woman/name", "محمد", "U+0645"),
        ("woman/name", "བསོད", "U+0F56"),
    ] {
        let answers = with(field, json!(given));
        for more in [&["--dry-run"][..], &["--out", "o"]] {
            let run = desk.submit("marriage", &answers, more).ended(1).says(code);
            let json = run.json();
            assert_eq!((&json["outcome"], &json["case"]), (&json!("incomplete"), &json!(null)));
            let found = json["findings"].as_array().unwrap();
            let found = found.iter().find(|one| one["rule"] == "answer.unprintable").unwrap();
            assert_eq!(found["field"], field.replace('/', "."));
            assert_eq!(found["params"]["code"], code);
        }
    }
    let done = desk
        .submit("marriage", &with("man/name", json!("张𬱖")), &["--out", "o"])
        .done();
    assert_eq!(done.json()["number"], "J330521-2026-000001");
}

#[test]
fn a_key_that_stands_twice_is_no_input_and_neither_is_an_unknown_field() {
    let desk = Desk::new();
    let mut text = with("man/name", json!("张三")).to_string();
    text = text.replacen("\"name\":\"张三\"", "\"name\":\"李四\",\"name\":\"张三\"", 1);
    desk.run_with(&["submit", "marriage", "-"], text)
        .ended(2)
        .says("写了两次")
        .says("name");
    for (field, value) in [
        ("man/nam", json!("张三")),
        ("man/name", json!(7)),
        ("check", json!([])),
        ("overrides", json!("x")),
    ] {
        let json = desk.submit("marriage", &with(field, value), &[]).ended(2).json();
        assert_eq!((&json["outcome"], &json["case"]), (&json!("incomplete"), &json!(null)));
        assert!(!json["findings"].as_array().unwrap().is_empty());
    }
    // What a person answered wrongly is content.
    desk.submit("marriage", &with("man/name", json!("")), &[]).ended(1);
}

#[test]
fn the_language_of_a_run_is_that_of_its_findings() {
    let desk = Desk::new();
    let answers = with("man/id_no", json!("33502119900307001X"));
    let says = |lang: &str| {
        let run = desk.submit("marriage", &answers, &["--lang", lang]).ended(1);
        run.json()["findings"][0]["says"].as_str().unwrap().to_owned()
    };
    assert!(says("zh").contains("颠倒"), "{}", says("zh"));
    let english = says("en");
    assert!(english.contains("swapped") && english.contains("mistyped"), "{english}");
}

#[test]
fn a_confirmation_that_nothing_asks_for_is_said() {
    let desk = Desk::new();
    let mut answers = couple(1);
    answers["confirm"] = json!({"not-checked-men": {"reason": "断网"}});
    let json = desk
        .submit("marriage", &answers, &[])
        .done()
        .says("not-checked-men")
        .json();
    let idle = |one: &serde_json::Value| one["rule"] == "confirm.not-asked" && one["severity"] == "warn";
    assert!(json["findings"].as_array().unwrap().iter().any(idle));
}
