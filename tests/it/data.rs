//! The commands that need no record: data files checked, listed and shown; claims explained, compared, rehearsed; the
//! demo walked without a terminal.

use std::fs;

use serde_json::{Value, json};

use crate::support::desk::{Desk, Run, finish};

/// Runs with nobody signed in and no database.
fn run(desk: &Desk, arguments: &[&str]) -> Run {
    finish(desk.plain(arguments), None)
}

/// A county's folder with one file.
fn county(desk: &Desk, path: &str, text: &str) {
    let file = desk.path("county").join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn shown(desk: &Desk, path: &str) -> String {
    run(desk, &["forms", "show", path]).done().stdout
}

#[test]
fn the_files_of_the_program_are_sound_and_every_example_comes_out() {
    let desk = Desk::bare();
    let json = run(&desk, &["forms", "check", "--now", "2026-11-25"]).done().json();
    assert_eq!((&json["ok"], &json["faults"]), (&json!(true), &json!([])), "{json}");
    assert!(
        json["examples"].as_u64().unwrap() > 100 && json["files"].as_u64().unwrap() > 20,
        "{json}"
    );
    let policies = json["coverage"].as_array().unwrap().iter();
    let sample = policies
        .clone()
        .find(|one| one["file"] == "rules/policy/sample.toml")
        .unwrap();
    assert_eq!(sample["missed"], json!([]));
    // A year later the sources must be looked at again.
    let later = run(&desk, &["forms", "check", "--now", "2028-01-01"]).done();
    assert!(later.stderr.contains("sample.toml") && !later.json()["warnings"].as_array().unwrap().is_empty());
    let list = run(&desk, &["forms", "list"]).done().json();
    for (kind, id) in [
        ("forms", "marriage"),
        ("papers", "day-sheet"),
        ("tariffs", "sample"),
        ("policies", "sample"),
    ] {
        let found = list[kind].as_array().unwrap().iter().any(|one| one["id"] == id);
        assert!(found, "no {id} among the {kind}");
    }
    let schema = run(&desk, &["forms", "schema", "marriage"]).done().json();
    assert_eq!(schema["properties"]["man"]["properties"]["name"]["type"], "string");
    assert!(schema["required"].as_array().unwrap().contains(&json!("check")));
    run(&desk, &["forms", "schema", "mariage"])
        .ended(2)
        .says("是不是“marriage”");
    run(&desk, &["forms", "show", "mariage"])
        .ended(2)
        .says("是不是“marriage”");
}

#[test]
fn a_faulty_county_file_is_told_by_file_line_and_nearest_word() {
    let desk = Desk::bare();
    let rules = shown(&desk, "rules/marriage.toml");
    let line_of = |needle: &str| rules.lines().position(|line| line.contains(needle)).unwrap() + 1;
    let at = line_of("age(man.birth");
    county(
        &desk,
        "rules/marriage.toml",
        &rules.replacen("age(man.birth", "age(man.brith", 1),
    );
    county(&desk, "rules/policy/broken.toml", "id = \"broken\"\ntitel = \"x\"\n");
    let check = run(&desk, &["--forms", "county", "forms", "check", "--lang", "en"]).ended(2);
    let json = check.json();
    assert_eq!(json["ok"], false);
    let faults = json["faults"].as_array().unwrap();
    let slip = faults.iter().find(|one| one["file"] == "rules/marriage.toml").unwrap();
    assert_eq!(
        (&slip["line"], &slip["nearest"]),
        (&json!(at), &json!("man.birth")),
        "{slip}"
    );
    let key = faults
        .iter()
        .find(|one| one["file"] == "rules/policy/broken.toml" && one["line"] == 2)
        .unwrap();
    assert_eq!(key["nearest"], "title");
    let first = check
        .stderr
        .lines()
        .find(|line| line.contains(&format!("rules/marriage.toml:{at}")))
        .unwrap();
    assert!(first.contains("man.birth"), "{first}");
    // The broken form is out of use, and whoever works is told; the rest of the desk goes on.
    let made = Desk::new();
    let forms = desk.path("county");
    let forms = forms.to_str().unwrap();
    made.run(&["--forms", forms, "stock", "list"])
        .done()
        .says("rules/marriage.toml");
    let couple = crate::support::people::couple(1);
    made.submit("marriage", &couple, &["--forms", forms])
        .ended(2)
        .says("表单 marriage");
    made.submit("marriage", &couple, &[]).done();
    run(&desk, &["--forms", "nowhere", "forms", "check"])
        .ended(2)
        .says("nowhere");
}

/// A claim under the sample county's policy.
fn claim() -> Value {
    json!({
        "guitai": 1, "policy": "sample", "dates": {"death": "2026-11-20", "cremation": "2026-11-22"},
        "deceased": {"name": "王建国", "birth": "1940-05-01"}, "classes": ["general"],
        "facts": {"hukou": "330521"}, "evidence": ["hukou_page", "needy_card"],
        "bill": [{"item": "COLD", "quantity": 5}, {"item": "URN_OTHER", "quantity": 1, "unit_price": 120_000}],
    })
}

#[test]
fn a_claim_is_explained_line_by_line_with_the_notices_sentence() {
    let desk = Desk::bare();
    let file = desk.file("claim.json", claim().to_string());
    let file = file.to_str().unwrap();
    let told = run(&desk, &["waiver", "explain", file]).done();
    let says = "普通冷藏 5 天 × 80.00 = 400.00；政策免 3 天（免费冷藏）= 240.00；您付 160.00";
    assert!(
        told.stderr.contains(says) && told.stderr.contains("普通冷藏三天以内免费"),
        "{}",
        told.stderr
    );
    let json = told.json();
    assert_eq!(
        [&json["listed"], &json["free"], &json["family"]],
        [160_000, 24_000, 136_000].map(Value::from).each_ref()
    );
    assert_eq!(json["lines"][0]["says"][0], says);
    let mut far = claim();
    far["facts"] = json!({"hukou": "330108", "death_in_county": false});
    let refused = finish(
        desk.plain(&["waiver", "explain", "-"]),
        Some(far.to_string().as_bytes()),
    );
    assert_eq!(refused.ended(1).says("不予办理").json()["outcome"], "refused");
    for (bytes, code, words) in [
        (&b"{\"guitai\": 1, \"polcy\": \"sample\", \"bill\": []}"[..], 1, "polcy"),
        (b"{", 2, "不是 JSON"),
        (
            b"{\"guitai\": 1, \"policy\": \"sampel\", \"bill\": [{\"item\": \"COLD\"}]}",
            1,
            "是不是“sample”",
        ),
    ] {
        finish(desk.plain(&["waiver", "explain", "-"]), Some(bytes))
            .ended(code)
            .says(words);
    }
}

#[test]
fn what_if_is_answered_side_by_side() {
    let desk = Desk::bare();
    let file = desk.file("claim.json", claim().to_string());
    let file = file.to_str().unwrap();
    let needy = run(
        &desk,
        &["waiver", "compare", file, "--set", "classes=[\"general\", \"needy\"]"],
    )
    .done();
    let json = needy.json();
    assert_eq!(json["difference"]["family"], -16_000);
    assert_eq!(json["difference"]["lines"][0]["item"], "COLD");
    assert_eq!(json["difference"]["lines"].as_array().unwrap().len(), 1);
    assert!(needy.stderr.contains("免 400.00"), "{}", needy.stderr);
    let gone = [
        "waiver",
        "compare",
        file,
        "--set",
        "facts.hukou=330108",
        "--set",
        "facts.death_in_county=false",
    ];
    let json = run(&desk, &gone).ended(1).json();
    assert_eq!(
        (&json["a"]["outcome"], &json["b"]["outcome"]),
        (&json!("settled"), &json!("refused"))
    );
    assert_eq!(json["difference"], Value::Null);
    let mut other = claim();
    other["bill"][0]["quantity"] = json!(3);
    let other = desk.file("other.json", other.to_string());
    let json = run(&desk, &["waiver", "compare", file, other.to_str().unwrap()])
        .done()
        .json();
    assert_eq!(json["difference"]["listed"], -16_000);
    run(&desk, &["waiver", "compare", file]).ended(2);
    run(&desk, &["waiver", "compare", file, "--set", "nonsense"])
        .ended(2)
        .says("路径=值");
}

#[test]
fn a_draft_is_rehearsed_on_many_bills() {
    let desk = Desk::bare();
    let policy = shown(&desk, "rules/policy/sample.toml");
    let draft = policy
        .replacen(
            "effective_from = 2026-01-01\nstatus = \"sample\"",
            "effective_from = 2027-01-01\nstatus = \"draft\"",
            1,
        )
        .replacen(
            "items = [\"COLD\"]\nfree_quantity = 3",
            "items = [\"COLD\"]\nfree_quantity = 4",
            1,
        );
    assert!(draft.contains("\"draft\"") && draft.contains("free_quantity = 4"));
    county(&desk, "rules/policy/sample-2027.toml", &draft);
    let mut bills = String::new();
    for _ in 0..500 {
        bills.push_str(&claim().to_string());
        bills.push('\n');
    }
    bills.push_str("\nno bill\n");
    desk.file("bills.jsonl", &bills);
    let rehearse = [
        "--forms",
        "county",
        "waiver",
        "rehearse",
        "sample",
        "--bills",
        "bills.jsonl",
    ];
    let told = run(&desk, &rehearse).ended(1).says("有 1 行读不出来");
    let json = told.json();
    assert_eq!(
        (&json["bills"], &json["policy"]["status"]),
        (&json!(500), &json!("draft"))
    );
    assert_eq!(json["now"]["by_item"]["COLD"], 500 * 24_000);
    assert_eq!(json["draft"]["by_class"]["general"], 500 * 32_000);
    assert_eq!(json["difference"]["by_payer"], json!({"county": 500 * 8_000}));
    assert_eq!(json["unreadable"]["lines"][0]["line"], 502);
    desk.file("bills.jsonl", bills.replace("no bill\n", ""));
    run(&desk, &rehearse).done();
    run(&desk, &["waiver", "rehearse", "sampel", "--bills", "bills.jsonl"])
        .ended(2)
        .says("没有政策“sampel”");
}

#[test]
fn the_demo_walks_to_the_evening_and_leaves_its_papers_and_can_be_walked_again() {
    let desk = Desk::bare();
    let walk = |n: usize| {
        let mut command = desk.plain(&["demo", "--headless", "papers", "--now", "2026-11-24T16:30"]);
        command.args(["--db", desk.path("papers/demo.db").to_str().unwrap()]);
        let json = finish(command, None).done().json();
        let outcomes: Vec<&str> = json["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["outcome"].as_str().unwrap())
            .collect();
        assert_eq!(outcomes, ["registered", "refused", "settled", "settled"], "walk {n}");
        let papers = json["documents"].as_array().unwrap();
        for paper in papers {
            let file = desk.path(paper["file"].as_str().unwrap());
            assert!(fs::read(&file).unwrap().starts_with(b"%PDF-"), "{file:?}");
        }
        for name in [
            "marriage-certificate-man-full",
            "marriage-refusal",
            "waiver-settlement",
            "waiver-offsite",
            "price-list",
            "waiver-payment-list",
            "day-sheet",
        ] {
            assert!(papers.iter().any(|paper| paper["name"] == name), "no {name}");
        }
        json
    };
    let (first, second) = (walk(1), walk(2));
    assert_ne!(first["cases"][0]["number"], second["cases"][0]["number"]);
    let mut verify = desk.plain(&["verify"]);
    verify.args(["--db", desk.path("papers/demo.db").to_str().unwrap()]);
    finish(verify, None).done();
}
