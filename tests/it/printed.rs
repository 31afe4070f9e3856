//! Papers of real acts, from a JSON file to the finished page: each prints, keeps its texts apart, and is read back.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use guitai::desk::{Clock, Outcome, Registry, Session, StoredDocument, SubmitOptions};
use guitai::forms::Forms;
use guitai::print::{self, Offset};
use serde_json::{Value, json};

use crate::kept::keep;
use crate::support::desk::{Desk, NOW};
use crate::support::people::couple;
use crate::support::sheets::{collisions, leave};

/// A desk whose acts are done in this process, so that their papers are at hand.
struct Room {
    /// Keeps the folder.
    _desk: Desk,
    registry: Registry,
    prefix: String,
    /// Names of the papers that were printed.
    printed: Vec<String>,
}

impl Room {
    fn new(prefix: &str) -> Self {
        let desk = Desk::new();
        let registry = Registry::open(&desk.db(), Forms::embedded().into()).unwrap();
        Self {
            _desk: desk,
            registry,
            prefix: prefix.to_owned(),
            printed: Vec::new(),
        }
    }

    fn sign_in(&mut self, account: &str) -> Session {
        let now = NaiveDateTime::parse_from_str(NOW, "%Y-%m-%dT%H:%M").unwrap();
        self.registry
            .sign_in(account, "training", "1", Clock::Fixed(now))
            .unwrap()
    }

    fn submit(&mut self, account: &str, form: &str, answers: &Value, outcome: Outcome) {
        let session = self.sign_in(account);
        let done = self
            .registry
            .submit(&session, form, answers, SubmitOptions::default())
            .unwrap();
        assert_eq!(done.outcome, outcome, "{:?}", done.findings);
        assert!(!done.documents.is_empty());
        for document in &done.documents {
            self.print(document);
        }
    }

    fn print(&mut self, stored: &StoredDocument) {
        let document = &stored.document;
        let forms = Arc::clone(self.registry.forms());
        let layout = &forms.paper(&document.layout).unwrap().layout;
        let pages =
            print::set(document, layout, Offset::NONE).unwrap_or_else(|fault| panic!("{}: {fault}", document.name));
        for page in &pages.pages {
            assert_eq!(collisions(page), Vec::<String>::new(), "{}", document.name);
        }
        leave(&format!("real-{}-{}", self.prefix, document.name), document, layout).unwrap();
        if self.prefix != "long" && !self.prefix.starts_with("wall-") {
            keep(&document.name, document, &forms.paper(&document.layout).unwrap().text);
        }
        self.printed.push(document.name.clone());
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn filled(text: &str, length: usize) -> String {
    text.chars().cycle().take(length).collect()
}

#[test]
fn a_marriage_prints_with_everyday_answers_and_with_the_longest() {
    let mut room = Room::new("short");
    room.submit("registrar", "marriage", &couple(1), Outcome::Registered);
    let mut long = couple(2);
    for (side, name) in [
        ("man", filled("阿卜杜热合曼·买买提吐尔逊·阿不都克里木𠮷", 60)),
        (
            "woman",
            "Maria Guadalupe Fernandez-Villanueva de los Santos Castellan".to_owned(),
        ),
    ] {
        let party = &mut long[side];
        party["name"] = json!(name);
        party["occupation"] = json!(filled("党的机关国家机关群众团体", 20));
        party["education"] = json!("40");
        party["hukou_address"] = json!(filled("浙江省湖州市德清县武康街道春晖街一号", 60));
        party["declared_status"] = json!("40");
        party["ethnicity"] = json!("98");
        long["check"][side] = json!("disagrees");
        long["check"][format!("{side}_evidence")] = json!(filled("人民法院离婚判决书及生效证明、", 80));
        long["confirm"][format!("check-disagrees-{side}")] =
            json!({"reason": filled("看过离婚判决书原件并收存复印件，", 60)});
    }
    long["case"]["note"] = json!(filled("姓名用字与户口簿不同，已出示公安机关的证明；", 100));
    room.prefix = "long".to_owned();
    room.submit("registrar", "marriage", &long, Outcome::Registered);
    let session = room.sign_in("supervisor");
    let sheet = room.registry.day_sheet(&session, today()).unwrap();
    room.print(&sheet);
    for name in [
        "marriage-declaration-man",
        "marriage-review",
        "marriage-check",
        "marriage-certificate-woman-full",
        "day-sheet",
    ] {
        assert!(room.printed.iter().any(|printed| printed == name), "{name}");
    }
}

#[test]
fn a_refusal_says_its_reasons_on_paper() {
    let mut room = Room::new("refused");
    let mut young = couple(3);
    young["man"]["id_no"] = json!(crate::support::people::id_no(
        "330521",
        NaiveDate::from_ymd_opt(2005, 3, 7).unwrap(),
        1
    ));
    young["close_as_refused"] = json!(true);
    room.submit("registrar", "marriage", &young, Outcome::Refused);
    assert_eq!(room.printed, ["marriage-refusal"]);
}

#[test]
fn a_waiver_prints_its_bill_its_voucher_and_what_was_free() {
    let mut room = Room::new("waiver");
    let claim = json!({
        "guitai": 1, "policy": "sample", "tariff": "sample",
        "dates": {"death": "2026-11-20", "cremation": "2026-11-22", "claim": "2026-11-24"},
        "deceased": {"name": "沈𠮷根", "id_no": "330521194903070012"},
        "applicant": {"name": "沈小明", "phone": "13800000000", "relation": "儿子"},
        "classes": ["general"], "facts": {"hukou": "330521"}, "evidence": ["hukou_page"],
        "bill": [
            {"item": "TRANSPORT", "quantity": 1, "km": 12, "floors": 2},
            {"item": "COLD", "quantity": 5}, {"item": "CREMATE", "quantity": 1}, {"item": "STORE", "quantity": 1},
            {"item": "VIGIL", "quantity": 1}, {"item": "URN_OTHER", "quantity": 1, "unit_price": 120_000},
            {"item": "VISIT", "quantity": 2}, {"item": "EARLY", "quantity": 1},
        ],
    });
    room.submit("clerk", "waiver", &claim, Outcome::Settled);
    let elsewhere = json!({
        "guitai": 1, "policy": "heihe",
        "dates": {"death": "2026-11-01", "cremation": "2026-11-03", "claim": "2026-11-24"},
        "deceased": {"name": "钱大海", "id_no": "440524188001010014"},
        "applicant": {"name": "钱小海"},
        "account": {"name": "钱小海", "bank": "中国邮政储蓄银行", "no": "6222000000000000"},
        "classes": ["general"], "facts": {"hukou": "231102", "benefit_elsewhere": false},
        "evidence": ["hukou_page"], "offsite": {"hall": "外地殡仪馆"}, "bill": [
            {"item": "CREMATE", "quantity": 1, "unit_price": 30_000},
            {"item": "COLD", "quantity": 3, "unit_price": 11_000},
            {"item": "TRANSPORT", "quantity": 1, "unit_price": 27_000, "refused": "发票抬头与申请人不符"},
        ],
    });
    room.prefix = "elsewhere".to_owned();
    room.submit("clerk", "waiver", &elsewhere, Outcome::Settled);
    let session = room.sign_in("supervisor");
    let list = room.registry.payment_list(&session, today(), today()).unwrap();
    room.print(&list);
    let lists: Vec<String> = room
        .registry
        .forms()
        .waivers()
        .tariffs()
        .map(|tariff| tariff.head.id.clone())
        .collect();
    for tariff in lists {
        // Lists that ran out print no more; the sample county's is in force.
        if let Ok(list) = room.registry.price_list(&session, &tariff, today()) {
            room.prefix = format!("wall-{tariff}");
            room.print(&list);
        }
    }
    assert_eq!(
        room.printed.iter().map(String::as_str).take(4).collect::<Vec<_>>(),
        [
            "waiver-application",
            "waiver-settlement",
            "waiver-voucher",
            "waiver-free"
        ]
    );
    for name in ["waiver-offsite", "waiver-payment-list", "price-list"] {
        assert!(room.printed.iter().any(|printed| printed == name), "{name}");
    }
}
