//! Waivers on a real file. The number of what must always hold (I1-I12) stands in the names of the tests.

use serde_json::{Value, json};

use crate::desk::tests::{Hall, nine};
use crate::desk::{Clock, Outcome, Registry, Session, SubmitOptions, Submitted, waiver_outcome};
use crate::domain::document::Binding;

/// An invented person with a valid number.
const DECEASED: &str = "330521194903070012";

/// Six services free and two days of cold storage too many, under the sample county's policy.
fn claim() -> Value {
    json!({
        "guitai": 1, "policy": "sample", "tariff": "sample",
        "dates": {"death": "2026-11-20", "cremation": "2026-11-22", "claim": "2026-11-24"},
        "deceased": {"name": "沈阿根", "id_no": DECEASED},
        "applicant": {"name": "沈小明", "phone": "13800000000", "relation": "儿子"},
        "classes": ["general"], "facts": {"hukou": "330521"}, "evidence": ["hukou_page"],
        "bill": [
            {"item": "TRANSPORT", "quantity": 1, "km": 12, "floors": 2},
            {"item": "COLD", "quantity": 5},
            {"item": "CREMATE", "quantity": 1},
        ],
    })
}

fn with(mut claim: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        claim[key] = value.clone();
    }
    claim
}

fn submit(registry: &mut Registry, session: &Session, claim: &Value) -> Submitted {
    registry
        .submit(session, "waiver", claim, SubmitOptions::default())
        .unwrap()
}

fn rules(answer: &Submitted) -> Vec<&str> {
    answer.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

impl Hall {
    fn settle(&mut self, claim: &Value) -> Submitted {
        let session = self.sign_in("clerk");
        submit(&mut self.registry, &session, claim)
    }

    /// What the tables say of a settlement: its sums, and the sums of its lines.
    fn sums(&self, number: &str) -> ([i64; 3], [i64; 3]) {
        self.registry
            .read(|reader| {
                let row = reader.settlement(number)?.unwrap();
                let mut lines = [0; 3];
                for line in reader.bill_lines(number)? {
                    for (sum, part) in lines.iter_mut().zip([line.listed, line.free, line.family]) {
                        *sum += part;
                    }
                }
                Ok(([row.listed, row.free, row.family], lines))
            })
            .unwrap()
    }

    /// What the day's tallies say was waived.
    fn waived(&mut self) -> i64 {
        let session = self.sign_in("auditor");
        let day = self.registry.day_view(&session, nine().date()).unwrap();
        day.waived.iter().map(|line| line.fen).sum()
    }
}

#[test]
fn i2_a_settlement_is_written_whole_and_its_sums_are_those_of_its_lines() {
    let mut hall = Hall::new();
    let answer = hall.settle(&claim());
    assert_eq!(answer.outcome, Outcome::Settled, "{:?}", answer.findings);
    assert_eq!(answer.number.as_deref(), Some("M330521-2026-000001"));
    let json = answer.to_json(&[]);
    let free = 23_000 + 24_000 + 33_000;
    assert_eq!(
        (json["listed"].as_i64(), json["free"].as_i64()),
        (Some(free + 16_000), Some(free))
    );
    assert_eq!(json["family"], 16_000);
    assert_eq!(json["in_words"], "人民币壹佰陆拾元整");
    assert_eq!(json["lines"][1]["payers"], json!({"county": 24_000}));
    let sums = [free + 16_000, free, 16_000];
    assert_eq!(hall.sums("M330521-2026-000001"), (sums, sums));
    assert_eq!(hall.waived(), free);
    let names: Vec<&str> = answer
        .documents
        .iter()
        .map(|paper| paper.document.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "waiver-application",
            "waiver-settlement",
            "waiver-voucher",
            "waiver-free"
        ]
    );
    hall.verify();
}

#[test]
fn i2_a_dry_run_says_the_same_and_writes_nothing() {
    let mut hall = Hall::new();
    let session = hall.sign_in("clerk");
    let before = hall.entries();
    let dry = SubmitOptions { dry_run: true };
    let answer = hall.registry.submit(&session, "waiver", &claim(), dry).unwrap();
    assert_eq!((answer.outcome, answer.number.as_deref()), (Outcome::Settled, None));
    assert_eq!(answer.to_json(&[])["family"], 16_000);
    assert_eq!(hall.entries(), before + 1, "the sign-in of the auditor alone");
    assert_eq!(hall.settle(&claim()).number.as_deref(), Some("M330521-2026-000001"));
}

#[test]
fn i12_a_claim_sent_twice_is_one_settlement_with_one_answer() {
    let mut hall = Hall::new();
    let keyed = with(claim(), json!({"key": "desk-1-17"}));
    let (first, second) = (hall.settle(&keyed), hall.settle(&keyed));
    assert!(second.repeated);
    assert_eq!(first.to_json(&[]), second.to_json(&[]));
    assert_eq!(hall.waived(), 80_000);
    let other = with(keyed, json!({"facts": {"hukou": "330108", "death_in_county": true}}));
    let session = hall.sign_in("clerk");
    let fault = hall
        .registry
        .submit(&session, "waiver", &other, SubmitOptions::default());
    assert_eq!(fault.unwrap_err().code, "submit.key");
}

#[test]
fn two_desks_settling_one_deceased_one_wins_and_the_other_is_told() {
    let mut hall = Hall::new();
    let mut other = hall.another();
    let here = hall.sign_in("clerk");
    let there = other
        .sign_in("registrar", "training", "2", Clock::Fixed(nine()))
        .unwrap();
    let threads = std::thread::spawn(move || submit(&mut other, &there, &claim()));
    let ours = submit(&mut hall.registry, &here, &claim());
    let theirs = threads.join().unwrap();
    let (winner, loser) = if ours.done() { (ours, theirs) } else { (theirs, ours) };
    assert_eq!((winner.outcome, loser.outcome), (Outcome::Settled, Outcome::Incomplete));
    assert_eq!(
        rules(&loser),
        ["waiver.settled-before", "sample-policy", "sample-tariff"]
    );
    assert!(loser.findings[0].says.contains("M330521-2026-000001"));
    assert_eq!(hall.waived(), 80_000);
    hall.verify();
}

#[test]
fn i4_a_settlement_is_voided_by_a_supervisor_with_a_reason_and_then_settled_anew() {
    let mut hall = Hall::new();
    let settled = hall.settle(&claim());
    let number = settled.number.unwrap();
    let (clerk, supervisor) = (hall.sign_in("clerk"), hall.sign_in("supervisor"));
    let not_allowed = hall.registry.void_settlement(&clerk, &number, "录错").unwrap_err();
    assert_eq!(not_allowed.code, "not-allowed");
    let no_reason = hall.registry.void_settlement(&supervisor, &number, " ").unwrap_err();
    assert_eq!(no_reason.code, "reason.none");
    hall.registry.void_settlement(&supervisor, &number, "天数录错").unwrap();
    let again = hall
        .registry
        .void_settlement(&supervisor, &number, "天数录错")
        .unwrap_err();
    assert_eq!(again.code, "settlement.void");
    // Nothing of a void settlement is printed as if it held.
    for paper in &settled.documents {
        let bare = hall.registry.announce_print(&clerk, &[paper.id], "").unwrap_err();
        assert_eq!(bare.code, "paper.archive");
        let job = hall
            .registry
            .announce_print(&clerk, &[paper.id], "存档")
            .unwrap()
            .remove(0);
        assert_eq!(job.document.document.stamp.across, "作废");
    }
    assert_eq!(hall.waived(), 0);
    let day = hall.registry.day_view(&supervisor, nine().date()).unwrap();
    assert_eq!(day.waived, [], "what was voided the same day is no figure of it");
    hall.verify();
    let anew = hall.settle(&claim());
    let day = hall.registry.day_view(&supervisor, nine().date()).unwrap();
    let cold = day.waived.iter().find(|line| line.item == "COLD").unwrap();
    assert_eq!(
        (cold.item_name.as_str(), cold.payer_name.as_str(), cold.n),
        ("普通冷藏", "县财政", 1)
    );
    assert_eq!(anew.number.as_deref(), Some("M330521-2026-000002"));
    assert_eq!(hall.waived(), 80_000);
    let found = hall.registry.find(&supervisor, DECEASED).unwrap();
    let states: Vec<&str> = found.lines.iter().map(|line| line.state.as_str()).collect();
    assert_eq!(states, ["valid", "void"]);
    hall.verify();
}

#[test]
fn a_later_settlement_pays_the_difference_and_another_takes_it_back() {
    let mut hall = Hall::new();
    let first = hall.settle(&claim()).number.unwrap();
    let needy = json!({"classes": ["general", "needy"], "evidence": ["hukou_page", "needy_card"],
        "former": first, "reason": "补交低保证"});
    let more = hall.settle(&with(claim(), needy));
    assert_eq!(more.outcome, Outcome::Settled, "{:?}", more.findings);
    let json = more.to_json(&[]);
    assert_eq!(
        (json["kind"].as_str(), json["difference"]["free"].as_i64()),
        (Some("supplement"), Some(16_000))
    );
    assert_eq!(json["difference"]["lines"].as_array().unwrap().len(), 1);
    let schema = hall.registry.forms().schema("waiver", nine().date()).unwrap();
    let told = &schema["$defs"]["answer"]["properties"];
    let untold: Vec<&String> = json
        .as_object()
        .unwrap()
        .keys()
        .filter(|key| told.get(key).is_none())
        .collect();
    assert!(untold.is_empty(), "{untold:?}");
    let sums = [0, 16_000, -16_000];
    assert_eq!(hall.sums(more.number.as_deref().unwrap()), (sums, sums));
    assert_eq!(hall.waived(), 96_000);
    let back = json!({"former": first, "reason": "低保证已失效"});
    let taken_back = hall.settle(&with(claim(), back.clone()));
    assert_eq!(taken_back.to_json(&[])["kind"], "refund");
    assert_eq!(hall.waived(), 80_000);
    let nothing_more = hall.settle(&with(claim(), back));
    assert!(rules(&nothing_more).contains(&"waiver.no-difference"));
    let supervisor = hall.sign_in("supervisor");
    let followed = hall.registry.void_settlement(&supervisor, &first, "录错").unwrap_err();
    assert_eq!(followed.code, "settlement.followed");
    hall.verify();
}

#[test]
fn a_later_settlement_names_a_standing_first_one_of_the_same_person() {
    let mut hall = Hall::new();
    let first = hall.settle(&claim()).number.unwrap();
    for (changes, rule) in [
        (
            json!({"former": "M330521-2026-000009", "reason": "x"}),
            "waiver.former-unknown",
        ),
        (json!({"former": first}), "waiver.former-reason"),
        (
            json!({"former": first, "reason": "x", "deceased": {"name": "他人", "id_no": "330521199003070028"}}),
            "waiver.former-other",
        ),
    ] {
        let answer = hall.settle(&with(claim(), changes));
        assert_eq!(answer.outcome, Outcome::Incomplete);
        assert!(rules(&answer).contains(&rule), "{rule}: {:?}", answer.findings);
    }
}

#[test]
fn outside_its_dates_a_policy_refuses_and_the_case_may_be_closed_so() {
    let mut hall = Hall::new();
    let early = with(
        claim(),
        json!({"dates": {"death": "2025-12-30", "cremation": "2025-12-31"}}),
    );
    let answer = hall.settle(&early);
    assert_eq!((answer.outcome, answer.case.as_deref()), (Outcome::Refused, None));
    assert_eq!(rules(&answer), ["no-policy"]);
    assert_eq!(answer.to_json(&[])["lines"], json!([]));
    let closed = hall.settle(&with(early, json!({"close_as_refused": true})));
    assert_eq!(closed.outcome, Outcome::Refused);
    assert!(closed.case.is_some());
    hall.verify();
}

#[test]
fn what_is_wrong_is_named_by_line_and_nothing_is_written() {
    let mut hall = Hall::new();
    for (changes, rule) in [
        (json!({"bill": [{"item": "CLEANING", "quantity": 1}]}), "off-list"),
        (
            json!({"bill": [{"item": "COLD", "quantity": -1}]}),
            "quantity-not-positive",
        ),
        (json!({"bill": []}), "bill-empty"),
        (
            json!({"deceased": {"name": "沈阿根", "id_no": "330521194903070013"}}),
            "waiver.deceased-id",
        ),
        (
            json!({"deceased": {"name": "沈阿根", "id_no": DECEASED, "birth": "1950-01-01"}}),
            "waiver.deceased-birth",
        ),
        (json!({"deceased": {"id_no": DECEASED}}), "waiver.deceased-name"),
        (json!({"applicant": {"nmae": "沈小明"}}), "input"),
        (json!({"evidence": []}), "evidence-missing"),
        (json!({"polcy": "sample"}), "input"),
    ] {
        let answer = hall.settle(&with(claim(), changes.clone()));
        assert!(!answer.done(), "{changes}");
        assert!(rules(&answer).contains(&rule), "{rule}: {:?}", answer.findings);
        assert_eq!(answer.case, None);
    }
    assert_eq!(hall.waived(), 0);
}

#[test]
fn nobody_approves_their_own_override() {
    let mut hall = Hall::new();
    let change = json!({"override": {"reason": "家属特别困难", "lines": [{"line": 2, "free": 40_000}]}});
    let claim = with(claim(), change);
    let session = hall.sign_in("clerk");
    let alone = hall
        .registry
        .submit(&session, "waiver", &claim, SubmitOptions::default());
    assert_eq!(alone.unwrap_err().code, "not-allowed.second");
    let mut session = hall.sign_in("clerk");
    hall.registry
        .sign_in_second(&mut session, "supervisor", "training")
        .unwrap();
    let answer = submit(&mut hall.registry, &session, &claim);
    assert_eq!(answer.outcome, Outcome::Settled, "{:?}", answer.findings);
    let json = answer.to_json(&[]);
    assert_eq!(
        (json["family"].as_i64(), json["lines"][1]["rule"].as_str()),
        (Some(0), Some("override"))
    );
    let chain = json["lines"][1]["says"][0].as_str().unwrap();
    assert!(
        chain.ends_with("；经审批，减免由 240.00 改为 400.00（家属特别困难）；您付 0.00")
            && chain.matches("您付").count() == 1,
        "{chain}"
    );
    assert_eq!(json["lines"][1]["payers"], json!({"county": 40_000}));
    let view = hall
        .registry
        .case_view(&session, answer.case.as_deref().unwrap())
        .unwrap();
    assert!(
        view.steps
            .iter()
            .any(|step| step.step == "approve" && step.actor == "supervisor")
    );
    hall.verify();
}

#[test]
fn every_paper_carries_what_its_layout_asks_for() {
    let mut hall = Hall::new();
    let mut papers = hall.settle(&claim()).documents;
    let early = json!({"dates": {"death": "2025-12-30"}, "close_as_refused": true,
        "deceased": {"name": "他人", "id_no": "330521199003070028"}});
    papers.extend(hall.settle(&with(claim(), early)).documents);
    let (clerk, supervisor) = (hall.sign_in("clerk"), hall.sign_in("supervisor"));
    papers.push(hall.registry.price_list(&clerk, "sample", nine().date()).unwrap());
    papers.push(
        hall.registry
            .payment_list(&supervisor, nine().date(), nine().date())
            .unwrap(),
    );
    papers.extend(hall.offsite(&[]).documents);
    assert_eq!(papers.len(), 4 + 1 + 2 + 3);
    for stored in papers {
        let document = stored.document;
        let text = hall
            .registry
            .read(|reader| crate::desk::paper::layout_text(reader, &document))
            .unwrap();
        let layout = crate::forms::paper::parse(&document.layout, &text).unwrap().layout;
        let lacking: Vec<&str> = layout
            .bindings()
            .into_iter()
            .filter(|name| !matches!(*name, "page" | "pages") && !document.bindings.contains_key(*name))
            .collect();
        assert_eq!(lacking, Vec::<&str>::new(), "{}", document.name);
    }
}

impl Hall {
    /// An invoice of another place under the policy of Heihe, which pays for it up to a cap.
    fn offsite(&mut self, refused: &[usize]) -> Submitted {
        let mut bill = json!([
            {"item": "CREMATE", "quantity": 1, "unit_price": 30_000},
            {"item": "COLD", "quantity": 3, "unit_price": 11_000},
            {"item": "TRANSPORT", "quantity": 1, "unit_price": 27_000},
        ]);
        for line in refused {
            bill[*line]["refused"] = json!("发票与本人不符");
        }
        self.settle(&json!({
            "guitai": 1, "policy": "heihe",
            "dates": {"death": "2026-11-01", "cremation": "2026-11-03", "claim": "2026-11-24"},
            "deceased": {"name": "钱大海", "id_no": "440524188001010014"},
            "applicant": {"name": "钱小海"},
            "account": {"name": "钱小海", "bank": "某银行", "no": "6222000000000000"},
            "classes": ["general"], "facts": {"hukou": "231102", "benefit_elsewhere": false},
            "evidence": ["hukou_page"], "offsite": {"hall": "外地殡仪馆"}, "bill": bill,
        }))
    }
}

#[test]
fn an_invoice_from_elsewhere_is_paid_up_to_the_cap_and_a_refused_line_is_the_familys() {
    let mut hall = Hall::new();
    let refused = hall.offsite(&[2]);
    assert_eq!(refused.outcome, Outcome::Settled, "{:?}", refused.findings);
    let json = refused.to_json(&[]);
    assert_eq!(
        (json["free"].as_i64(), json["family"].as_i64()),
        (Some(63_000), Some(27_000))
    );
    assert_eq!(
        (json["kind"].as_str(), json["lines"][2]["rule"].as_str()),
        (Some("offsite"), Some("refused"))
    );
    assert_eq!(json["lines"][2]["says"], json!(["不予报销：发票与本人不符"]));
    let number = refused.number.unwrap();
    assert_eq!(hall.sums(&number), ([90_000, 63_000, 27_000], [90_000, 63_000, 27_000]));
    let supervisor = hall.sign_in("supervisor");
    hall.registry
        .void_settlement(&supervisor, &number, "补来了原件")
        .unwrap();
    assert_eq!(hall.offsite(&[]).to_json(&[])["free"], 79_200);
    hall.settle(&claim());
    let today = nine().date();
    let list = hall.registry.payment_list(&supervisor, today, today).unwrap().document;
    assert_eq!(list.text("total"), Some("¥792.00"));
    let backwards = hall
        .registry
        .payment_list(&supervisor, today, today.pred_opt().unwrap());
    assert_eq!(backwards.unwrap_err().code, "span.backwards");
    hall.verify();
}

#[test]
fn lines_are_refused_on_invoices_from_elsewhere_alone() {
    let mut hall = Hall::new();
    let bill = json!([{"item": "COLD", "quantity": 1, "refused": "不收"}]);
    let answer = hall.settle(&with(claim(), json!({"bill": bill})));
    assert_eq!((answer.outcome, rules(&answer)), (Outcome::Incomplete, vec!["input"]));
}

#[test]
fn a_preview_shows_sums_papers_and_open_facts_without_writing() {
    let mut hall = Hall::new();
    let session = hall.sign_in("clerk");
    let given = |claim: Value| crate::desk::Given::Json(claim.as_object().unwrap().clone());
    let before = hall.entries();
    let preview = hall.registry.waiver_preview(&session, &given(claim()), 0).unwrap();
    assert_eq!(preview.settlement.map(|settlement| settlement.family.0), Some(16_000));
    assert_eq!(
        preview.policy.map(|title| title.zh).as_deref(),
        Some("样例县惠民殡葬减免办法（样例）")
    );
    let open = with(claim(), json!({"facts": {}, "classes": ["general", "needy"]}));
    let preview = hall.registry.waiver_preview(&session, &given(open), 0).unwrap();
    let papers: Vec<(&str, bool)> = preview
        .evidence
        .iter()
        .map(|line| (line.id.as_str(), line.shown))
        .collect();
    assert_eq!(papers, [("hukou_page", true), ("needy_card", false)]);
    let facts: Vec<(&str, bool)> = preview
        .facts
        .iter()
        .map(|fact| (fact.id.as_str(), fact.known))
        .collect();
    assert_eq!(facts, [("hukou", false), ("death_in_county", false)]);
    assert_eq!(preview.settlement, None);
    assert!(preview.findings.iter().any(|finding| finding.rule == "fact-unknown"));
    assert_eq!(hall.entries(), before + 1, "the sign-in of the auditor alone");
}

#[test]
fn items_are_picked_by_code_or_by_the_first_letters_of_their_names() {
    let hall = Hall::new();
    let items = hall.registry.waiver_items("sample", nine().date());
    let cold = items.iter().find(|item| item.code == "COLD").unwrap();
    assert_eq!(
        (cold.initials.as_str(), cold.price.as_str(), cold.unit.as_str()),
        ("ptlc", "80.00", "天")
    );
    let transport = &items[0];
    assert_eq!(
        transport.note,
        "超出 40 公里，每公里加 3.00（往返计）；超出 3 层，每层加 20.00"
    );
    assert_eq!(transport.asks, ["floors", "km"]);
    assert!(items.iter().any(|item| item.code == "CREMATE" && item.single));
    let policies = hall.registry.waiver_policies(nine().date());
    assert!(
        policies
            .iter()
            .any(|policy| policy.id == "sample" && policy.sample && policy.tariff == "sample")
    );
    assert_eq!(hall.registry.waiver_items("sample", "2025-12-31".parse().unwrap()), []);
}

#[test]
fn answers_of_a_form_say_the_same_as_json() {
    use crate::forms::{Answer, Answers};
    let mut answers = Answers::default();
    for (path, text) in [
        ("policy", "sample"),
        ("tariff", "sample"),
        ("dates.death", "2026-11-20"),
        ("dates.cremation", "2026-11-22"),
        ("dates.claim", "2026-11-24"),
        ("deceased.name", "沈阿根"),
        ("deceased.id_no", DECEASED),
        ("applicant.name", "沈小明"),
        ("classes", "general"),
        ("facts.hukou", "330521"),
        ("evidence", "hukou_page"),
    ] {
        answers.set_text(path, text);
    }
    let row = |item: &str, quantity: &str| {
        [("item", item), ("quantity", quantity)]
            .map(|(key, text)| (key.to_owned(), Answer::Text(text.to_owned())))
            .into()
    };
    answers.set("bill", Answer::Rows(vec![row("COLD", "5"), row("CREMATE", "1")]));
    let mut hall = Hall::new();
    let session = hall.sign_in("clerk");
    let handed = crate::desk::HandedIn::new("waiver", answers);
    let answer = hall.registry.hand_in(&session, &handed, false).unwrap();
    assert_eq!(answer.outcome, Outcome::Settled, "{:?}", answer.findings);
    assert_eq!(answer.to_json(&[])["family"], 16_000);
    let view = hall
        .registry
        .case_view(&session, answer.number.as_deref().unwrap())
        .unwrap();
    assert_eq!((view.settlements.len(), view.settlements[0].family), (1, 16_000));
    assert!(view.settlements[0].lines[0].says[0].contains("80"));
    assert!(
        view.values
            .iter()
            .any(|value| value.path == "deceased.id_no" && value.text.contains('*'))
    );
}

#[test]
fn a_claim_that_came_as_json_is_typed_on_and_followed_on_the_screen() {
    let mut hall = Hall::new();
    let session = hall.sign_in("clerk");
    let number = submit(&mut hall.registry, &session, &claim()).number.unwrap();
    let draft = hall
        .registry
        .follow_settlement(&session, &number, "补交低保证")
        .unwrap();
    assert_eq!(draft.answers.text("deceased.name"), "沈阿根");
    let mut answers = draft.answers.clone();
    answers.set_text("classes", "general needy");
    answers.set_text("evidence", "hukou_page needy_card");
    let handed = crate::desk::HandedIn::new("waiver", answers);
    let answer = hall.registry.hand_in(&session, &handed, false).unwrap();
    assert_eq!(answer.outcome, Outcome::Settled, "{:?}", answer.findings);
    assert_eq!(answer.to_json(&[])["difference"]["free"], 16_000);
    let second = hall
        .registry
        .follow_settlement(&session, answer.number.as_deref().unwrap(), "x");
    assert_eq!(second.unwrap_err().code, "settlement.follows");
    let accepted = crate::desk::HandedIn {
        wish: crate::desk::Wish::Accept,
        ..crate::desk::HandedIn::new("waiver", with(claim(), other()).as_object().unwrap().clone())
    };
    let answer = hall.registry.hand_in(&session, &accepted, false).unwrap();
    assert_eq!(answer.outcome, Outcome::Accepted, "{:?}", answer.findings);
    let draft = hall.registry.resume(&session, answer.case.as_deref().unwrap()).unwrap();
    assert_eq!(
        (draft.form.as_str(), draft.answers.text("deceased.name")),
        ("waiver", "他人")
    );
    let twin = submit(&mut hall.registry, &session, &with(claim(), other()));
    assert!(rules(&twin).contains(&"waiver.open-before"), "{:?}", twin.findings);
    let own = json!({"case": answer.case});
    let settled = submit(&mut hall.registry, &session, &with(with(claim(), other()), own));
    assert_eq!((settled.outcome, settled.case), (Outcome::Settled, answer.case));
    hall.verify();
}

/// Another deceased.
fn other() -> Value {
    json!({"deceased": {"name": "他人", "id_no": "330521199003070028"}})
}

#[test]
fn the_wall_says_how_each_price_is_counted() {
    let mut hall = Hall::new();
    let clerk = hall.sign_in("clerk");
    let mut wall = |tariff: &str| match hall
        .registry
        .price_list(&clerk, tariff, nine().date())
        .unwrap()
        .document
        .bindings["rows"]
        .clone()
    {
        Binding::Rows(rows) => rows,
        other => panic!("{other:?}"),
    };
    let says = |rows: &[std::collections::BTreeMap<String, String>], code: &str| {
        let row = rows.iter().find(|row| row["code"] == code).unwrap();
        format!("{} {} {} {}", row["class"], row["unit"], row["price"], row["note"])
    };
    let yantai = wall("yantai");
    assert_eq!(
        says(&yantai, "TRANSPORT"),
        "基础 具 100.00 超出 20 公里，每公里加 3.00（往返计）"
    );
    assert_eq!(says(&yantai, "STORE"), "基础 年 30.00 不足半年按半年");
    assert_eq!(says(&yantai, "MAKEUP"), "非基础 具 100.00-500.00 ");
    let yichang = wall("yichang");
    assert_eq!(says(&yichang, "CARRY"), "非基础 具 — 已含在接运费内，没有另外公布价格");
    assert_eq!(
        says(&yichang, "TRANSPORT"),
        "基础 具 分类 一区 270.00；二区 330.00；三区 480.00；已含抬运、消毒、尸袋"
    );
    assert_eq!(says(&wall("shanghai"), "CAR_DISINFECT"), "非基础 次 5.00 免收");
}

#[test]
fn a_claim_is_explained_as_it_would_be_settled() {
    let mut hall = Hall::new();
    let refused = json!({"bill": [
        {"item": "COLD", "quantity": 2, "unit_price": 10_000, "refused": "重复开票"},
        {"item": "CREMATE", "quantity": 1, "unit_price": 19_000},
    ]});
    let invoice = json!({
        "guitai": 1, "policy": "heihe", "dates": {"death": "2026-11-01", "cremation": "2026-11-03", "claim": "2026-11-24"},
        "deceased": {"name": "钱大海", "id_no": "440524188001010014"}, "classes": ["general"],
        "facts": {"hukou": "231102", "benefit_elsewhere": false}, "evidence": ["hukou_page"],
        "offsite": {"hall": "外地殡仪馆"},
    });
    for (claim, outcome) in [
        (claim(), "settled"),
        (with(invoice.clone(), refused.clone()), "settled"),
        (with(claim(), refused), "incomplete"),
        (with(claim(), json!({"applicant": {"nmae": "沈小明"}})), "incomplete"),
        (
            with(claim(), json!({"applicant": {"name": "沈\u{7}小明"}})),
            "incomplete",
        ),
        (
            with(
                claim(),
                json!({"deceased": {"name": "沈阿根", "id_no": "330521194903070013"}}),
            ),
            "incomplete",
        ),
        (
            with(
                claim(),
                json!({"deceased": {"name": "沈\u{200b}阿根\u{202e}", "id_no": DECEASED}}),
            ),
            "settled",
        ),
        (
            with(
                claim(),
                json!({"policy": null, "tariff": "yantai", "classes": [], "bill": [{"item": "PARK", "quantity": 2}]}),
            ),
            "settled",
        ),
    ] {
        let clerk = hall.sign_in("clerk");
        let options = SubmitOptions { dry_run: true };
        let submitted = hall
            .registry
            .submit(&clerk, "waiver", &claim, options)
            .unwrap()
            .to_json(&[]);
        let explained = waiver_outcome(hall.registry.forms(), &claim, nine().date()).unwrap();
        let explained = crate::forms::waiver::to_json(&explained);
        for key in ["outcome", "lines", "listed", "free", "family", "in_words", "findings"] {
            assert_eq!(explained[key], submitted[key], "{key}: {claim}");
        }
        assert_eq!(explained["outcome"], outcome, "{}", explained["findings"]);
    }
    let mut unversioned = claim();
    unversioned.as_object_mut().unwrap().remove("guitai");
    assert!(waiver_outcome(hall.registry.forms(), &unversioned, nine().date()).is_err());
}

#[test]
fn what_nobody_can_see_is_taken_out_of_names_and_said_i7() {
    let mut hall = Hall::new();
    let hidden = json!({"deceased": {"name": "沈\u{200b}阿根\u{202e}", "id_no": DECEASED},
        "applicant": {"name": "沈\u{feff}小明"}});
    let answer = hall.settle(&with(claim(), hidden));
    assert_eq!(answer.outcome, Outcome::Settled);
    let says: Vec<&str> = answer
        .findings
        .iter()
        .filter(|finding| finding.rule == "answer.invisible")
        .map(|finding| finding.says.as_str())
        .collect();
    assert_eq!(
        says,
        [
            "deceased.name：去掉了看不见的字符 U+200B U+202E。",
            "applicant.name：去掉了看不见的字符 U+FEFF。"
        ]
    );
    let paper = &answer.documents[0].document;
    assert_eq!(
        (paper.text("deceased.name"), paper.text("agent.name")),
        (Some("沈阿根"), Some("沈小明"))
    );
}

#[test]
fn a_county_without_a_policy_bills_by_its_list_alone() {
    let mut hall = Hall::new();
    let alone = json!({
        "guitai": 1, "policy": null, "tariff": "yantai", "dates": {"death": "2026-11-20", "cremation": "2026-11-22"},
        "deceased": {"name": "沈阿根", "id_no": DECEASED},
        "bill": [{"item": "CREMATE", "quantity": 1}, {"item": "TRANSPORT", "quantity": 1, "km": 30}],
    });
    let answer = hall.settle(&alone);
    assert_eq!(answer.outcome, Outcome::Settled, "{:?}", answer.findings);
    let number = answer.number.clone().unwrap();
    assert_eq!(hall.sums(&number), ([28_000, 0, 28_000], [28_000, 0, 28_000]));
    assert_eq!(rules(&answer), ["no-policy-named"]);
    let names: Vec<&str> = answer
        .documents
        .iter()
        .map(|paper| paper.document.name.as_str())
        .collect();
    assert_eq!(names, ["waiver-settlement"]);
    let of = |changes| with(alone.clone(), changes);
    for (changes, rule) in [
        (json!({"classes": ["general"]}), "class-without-policy"),
        (json!({"offsite": true}), "offsite-without-policy"),
        (json!({"tariff": null}), "input"),
        (json!({"tariff": "yantia"}), "no-such-tariff"),
        (json!({"dates": {}}), "date-missing"),
        (json!({"bill": [{"item": "NONE", "quantity": 1}]}), "off-list"),
    ] {
        let answer = hall.settle(&of(changes));
        assert!(
            !answer.done() && rules(&answer).contains(&rule),
            "{rule}: {:?}",
            answer.findings
        );
    }
    hall.verify();
}

#[test]
fn one_person_by_either_number_is_settled_once() {
    for (first, second) in [("330521490307001", DECEASED), (DECEASED, "330521490307001")] {
        let mut hall = Hall::new();
        let of = |id: &str| with(claim(), json!({"deceased": {"name": "沈阿根", "id_no": id}}));
        let settled = hall.settle(&of(first));
        assert_eq!(settled.outcome, Outcome::Settled, "{:?}", settled.findings);
        assert_eq!(settled.documents[0].document.text("deceased.id_no"), Some(first));
        let again = hall.settle(&of(second));
        assert_eq!(
            (again.outcome, rules(&again)[0]),
            (Outcome::Incomplete, "waiver.settled-before")
        );
        let number = settled.number.unwrap();
        let follows = json!({"former": number, "reason": "补", "deceased": {"name": "沈阿根", "id_no": second}});
        assert!(!rules(&hall.settle(&with(claim(), follows))).contains(&"waiver.former-other"));
    }
}

#[test]
fn a_number_that_is_no_residents_is_said_and_a_mistyped_one_stops() {
    let mut hall = Hall::new();
    for (id, rule, outcome) in [
        ("123", "waiver.deceased-id-kind", Outcome::Settled),
        ("E12345678", "waiver.deceased-id-kind", Outcome::Settled),
        ("33052119490307001", "waiver.deceased-id", Outcome::Incomplete),
        ("3305211949030700122", "waiver.deceased-id", Outcome::Incomplete),
        ("33052119490307001A", "waiver.deceased-id", Outcome::Incomplete),
        ("330521491307001", "waiver.deceased-id", Outcome::Incomplete),
    ] {
        let name = format!("沈{id}");
        let answer = hall.settle(&with(
            claim(),
            json!({"deceased": {"name": name, "id_no": id, "birth": "1949-03-07"}}),
        ));
        assert_eq!(answer.outcome, outcome, "{id}: {:?}", answer.findings);
        assert!(rules(&answer).contains(&rule), "{id}: {:?}", answer.findings);
    }
}

#[test]
fn without_a_number_the_same_name_and_day_must_be_confirmed() {
    let mut hall = Hall::new();
    let unnumbered = with(claim(), json!({"deceased": {"name": "沈阿根", "birth": "1949-03-07"}}));
    assert_eq!(hall.settle(&unnumbered).outcome, Outcome::Settled);
    for twin in [unnumbered.clone(), claim()] {
        let answer = hall.settle(&twin);
        assert_eq!(
            (answer.outcome, rules(&answer)[0]),
            (Outcome::Incomplete, "waiver.settled-alike")
        );
    }
    let dates = json!({"dates": {"death": "2026-11-19", "cremation": "2026-11-22", "claim": "2026-11-24"}});
    assert_eq!(
        hall.settle(&with(unnumbered, dates)).outcome,
        Outcome::Settled,
        "another day"
    );
    let another = json!({"confirm": {"waiver.settled-alike": {"reason": "同名，住址不同"}}});
    assert_eq!(hall.settle(&with(claim(), another)).outcome, Outcome::Settled);
    let other = json!({"deceased": {"name": "沈阿根", "id_no": "440524188001010014"}});
    let numbered = hall.settle(&with(claim(), other));
    assert_eq!(
        rules(&numbered)[0],
        "waiver.settled-alike",
        "the first one had no number"
    );
    hall.verify();
}

fn table<'a>(paper: &'a crate::desk::StoredDocument, name: &str) -> &'a [std::collections::BTreeMap<String, String>] {
    match paper.document.bindings.get(name) {
        Some(Binding::Rows(rows)) => rows,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn papers_of_a_later_settlement_say_what_changes_hands_with_its_words() {
    let mut hall = Hall::new();
    let first = hall.settle(&claim());
    assert_eq!(table(&first.documents[1], "follow"), []);
    let number = first.number.unwrap();
    let needy = json!({"former": number, "reason": "补交低保证", "classes": ["general", "needy"],
        "evidence": ["hukou_page", "needy_card"]});
    let more = hall.settle(&with(claim(), needy));
    assert_eq!(more.outcome, Outcome::Settled, "{:?}", more.findings);
    let rows: Vec<[&str; 3]> = table(&more.documents[1], "follow")
        .iter()
        .map(|row| ["says", "amount", "words"].map(|key| row[key].as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            ["减免增加", "¥160.00", "人民币壹佰陆拾元整"],
            ["退还家属", "¥160.00", "人民币壹佰陆拾元整"]
        ]
    );
    for paper in &more.documents[2..] {
        let says = match paper.document.text("follow_says") {
            Some(says) => says.to_owned(),
            None => panic!("{}", paper.document.name),
        };
        assert!(
            says.contains(&number) && says.contains("退还家属 ¥160.00（人民币壹佰陆拾元整）"),
            "{says}"
        );
    }
    // Taken back again: the family pays once more, and no sum is below zero without saying so.
    let back = json!({"former": number, "reason": "低保证已失效"});
    let less = hall.settle(&with(claim(), back));
    let rows = table(&less.documents[1], "follow");
    assert_eq!(
        (rows[0]["says"].as_str(), rows[1]["says"].as_str()),
        ("减免减少", "家属补交")
    );
    let voucher = &less.documents[2].document;
    assert_eq!(
        (voucher.text("free"), voucher.text("free_words")),
        (Some("-¥160.00"), Some("人民币负壹佰陆拾元整"))
    );
}

#[test]
fn each_sentence_of_the_notice_stands_once_with_the_items_it_is_about() {
    let mut hall = Hall::new();
    let cold: Vec<Value> = (0..40).map(|_| json!({"item": "COLD", "quantity": 1})).collect();
    let mut bill = claim()["bill"].as_array().unwrap().clone();
    bill.extend(cold);
    let answer = hall.settle(&with(claim(), json!({"bill": bill})));
    let quotes = table(&answer.documents[3], "quotes");
    let said: std::collections::BTreeSet<&str> = quotes.iter().map(|row| row["quote"].as_str()).collect();
    assert_eq!(said.len(), quotes.len());
    assert_eq!(quotes.iter().filter(|row| row["item"] == "普通冷藏").count(), 1);
    assert_eq!(answer.documents[3].document.text("addressed"), Some("沈小明"));
    let nobody = json!({"applicant": null, "deceased": {"name": "他人", "id_no": "330521199003070028"}});
    let answer = hall.settle(&with(claim(), nobody));
    assert_eq!(answer.documents[3].document.text("addressed"), Some("逝者家属"));
}

#[test]
fn a_class_without_its_papers_says_how_to_go_on_and_the_check_list_is_a_statement() {
    let mut hall = Hall::new();
    let both = with(claim(), json!({"classes": ["general", "needy"]}));
    let answer = hall.settle(&both);
    assert_eq!(
        (answer.outcome, rules(&answer)[0]),
        (Outcome::Incomplete, "evidence-missing")
    );
    assert!(
        answer.findings[0].says.contains("去掉这一类，可按其余类别结算"),
        "{}",
        answer.findings[0].says
    );
    let none = hall.settle(&with(both.clone(), json!({"evidence": []})));
    assert!(
        !none.findings[0].says.contains("去掉这一类"),
        "no class is proven: {}",
        none.findings[0].says
    );
    // JSON that says nothing of papers is settled with a word; on the screen what is not marked was not seen.
    let mut silent = claim();
    silent.as_object_mut().unwrap().remove("evidence");
    let map = silent.as_object().unwrap().clone();
    let typed = crate::desk::Given::Form(super::to_answers(&map));
    let clerk = hall.sign_in("clerk");
    let preview = hall.registry.waiver_preview(&clerk, &typed, 0).unwrap();
    assert!(
        preview
            .findings
            .iter()
            .any(|finding| finding.rule == "evidence-missing" && finding.stops())
    );
    let told = hall.settle(&silent);
    assert_eq!((told.outcome, rules(&told)[0]), (Outcome::Settled, "evidence-missing"));
}

#[test]
fn a_rehearsal_takes_a_claim_as_it_was_settled_last() {
    let mut hall = Hall::new();
    let number = hall.settle(&claim()).number.unwrap();
    let needy = json!({"former": number, "reason": "补交低保证", "classes": ["general", "needy"],
        "evidence": ["hukou_page", "needy_card"]});
    assert_eq!(hall.settle(&with(claim(), needy)).outcome, Outcome::Settled);
    let mut classes = Vec::new();
    let supervisor = hall.sign_in("supervisor");
    let day = nine().date();
    let mut take = |request: &crate::forms::waiver::Request| classes.push(request.claim.classes.clone());
    hall.registry.settled_claims(&supervisor, day, day, &mut take).unwrap();
    assert_eq!(classes, [["general", "needy"]]);
}
