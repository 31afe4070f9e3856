//! How long a settlement takes, and how many bills a rehearsal gets through in a second, on one core.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot read its files has nothing to measure"
)]

use std::{fs, path::Path};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use guitai::{
    domain::waiver::{Detail, Plan, settle},
    forms::waiver::{Rehearsal, Request, WaiverBook},
};
use serde_json::json;

/// Bills of one measured rehearsal; ten are measured, a million bills in all.
const BILLS: u64 = 100_000;

fn book() -> WaiverBook {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms");
    let mut files = Vec::new();
    for folder in ["rules/tariff", "rules/policy"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            files.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    WaiverBook::read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// A bill of so many lines under the policy of Heihe: six items, a cap on the case, classes.
fn request(lines: usize, seed: usize) -> Request {
    let kinds = [
        json!({"item": "TRANSPORT", "quantity": 1, "km": 5 + seed % 20}),
        json!({"item": "COLD", "quantity": 1 + seed % 4}),
        json!({"item": "CREMATE", "quantity": 1}),
        json!({"item": "STORE", "quantity": 1 + seed % 3}),
        json!({"item": "COFFIN", "quantity": 1, "unit_price": 20_000 + seed % 100 * 100}),
        json!({"item": "URN", "quantity": 1, "unit_price": 15_000 + seed % 70 * 100}),
    ];
    let special = seed.is_multiple_of(5);
    let claim = json!({
        "guitai": 1, "policy": "heihe",
        "dates": {"death": "2024-02-01", "cremation": "2024-02-04", "claim": "2024-02-05"},
        "classes": if special { json!(["general", "special"]) } else { json!(["general"]) },
        "facts": {"hukou": "231102"},
        "evidence": ["hukou_page", "special_proof"],
        "bill": (0..lines).map(|at| kinds[at % kinds.len()].clone()).collect::<Vec<_>>(),
    });
    Request::from_json(&claim).unwrap()
}

fn settlement(criterion: &mut Criterion) {
    let book = book();
    let request = request(20, 7);
    let (policy, tariff) = book.chosen(&request).unwrap();
    let plan = Plan::new(tariff, policy);
    assert!(settle(&plan, &request.claim, Detail::Explained).settlement.is_some());
    for (name, detail) in [("explained", Detail::Explained), ("sums", Detail::Sums)] {
        criterion.bench_function(&format!("settlement of 20 lines, {name}"), |bench| {
            bench.iter(|| settle(&plan, &request.claim, detail));
        });
    }
}

fn rehearsal(criterion: &mut Criterion) {
    let book = book();
    let requests: Vec<Request> = (0..1000).map(|seed| request(6, seed)).collect();
    let (draft, _) = book.chosen(&requests[0]).unwrap();
    let mut group = criterion.benchmark_group("rehearsal");
    group.throughput(Throughput::Elements(BILLS)).sample_size(10);
    group.bench_function("bills of 6 lines, today's policy and the draft", |bench| {
        bench.iter(|| {
            let mut rehearsal = Rehearsal::new(&book, draft, &[]);
            let bills = (0..BILLS).zip(requests.iter().cycle());
            bills.for_each(|(_, request)| rehearsal.add(request));
            rehearsal
        });
    });
    group.finish();
}

criterion_group!(waiver, settlement, rehearsal);
criterion_main!(waiver);
