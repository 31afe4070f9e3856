//! A draft tried on bills of days gone by (测算), beside what the same bills come to under the policies they name.
//! Nothing is written down; bills come one by one, so that any number of them needs no more room than one.

use serde_json::{Value, json};

use super::{WaiverBook, request::Request};
use crate::domain::{
    finding::Finding,
    waiver::{Detail, Outcome, Plan, Policy, Status, Tariff, Totals, settle},
};

/// A rehearsal under way.
#[derive(Debug)]
pub struct Rehearsal<'b> {
    book: &'b WaiverBook,
    draft: &'b Policy,
    /// Policies held against price lists, each once.
    plans: Vec<Plan<'b>>,
    bills: u64,
    now: Totals,
    then: Totals,
}

impl WaiverBook {
    /// The version of a policy that is to be tried: its draft, or else its latest version.
    pub fn candidate(&self, id: &str) -> Option<&Policy> {
        let versions = self.policies().filter(|policy| policy.head.id == id);
        versions.max_by_key(|policy| (policy.head.status == Status::Draft, policy.head.effective_from))
    }
}

impl<'b> Rehearsal<'b> {
    /// A rehearsal of a policy.
    pub fn new(book: &'b WaiverBook, draft: &'b Policy) -> Self {
        Self {
            book,
            draft,
            plans: Vec::new(),
            bills: 0,
            now: Totals::default(),
            then: Totals::default(),
        }
    }

    /// Tries both on a bill.
    pub fn add(&mut self, request: &Request) {
        self.bills += 1;
        let now = match self.book.chosen(request) {
            Ok((policy, tariff)) => self.settled(policy, tariff, request),
            Err(findings) => Outcome::stopped(findings),
        };
        self.now.add(&now);
        let then = match self.list_for(request) {
            Ok(tariff) => self.settled(self.draft, tariff, request),
            Err(findings) => Outcome::stopped(findings),
        };
        self.then.add(&then);
    }

    fn settled(&mut self, policy: &'b Policy, tariff: &'b Tariff, request: &Request) -> Outcome {
        let same = |plan: &Plan<'_>| std::ptr::eq(plan.policy, policy) && std::ptr::eq(plan.tariff, tariff);
        if !self.plans.iter().any(same) {
            self.plans.push(self.book.plan(tariff, policy));
        }
        match self.plans.iter().find(|plan| same(plan)) {
            Some(plan) => settle(plan, &request.claim, Detail::Sums),
            None => Outcome::stopped(Vec::new()),
        }
    }

    /// The price list that the draft bills by: of the bill's day, or else the one of the draft's own time.
    fn list_for(&self, request: &Request) -> Result<&'b Tariff, Vec<Finding>> {
        let own = &self.draft.tariffs;
        let id = own
            .iter()
            .find(|id| **id == request.tariff)
            .or_else(|| own.first())
            .map_or(request.tariff.as_str(), String::as_str);
        let dates = &request.claim.dates;
        let day = dates.cremation.or_else(|| dates.get(self.draft.chosen_by));
        let versions = || self.book.tariffs().filter(|tariff| tariff.head.id == id);
        let of_the_day = day.and_then(|day| versions().find(|tariff| tariff.head.covers(day)));
        of_the_day
            .or_else(|| versions().find(|tariff| tariff.head.overlaps(&self.draft.head)))
            .ok_or_else(|| vec![self.book.no_tariff(id, day)])
    }

    /// What it came to: sums now and under the draft, and the difference, in 分.
    pub fn to_json(&self) -> Value {
        let head = &self.draft.head;
        json!({
            "guitai": 1, "bills": self.bills,
            "policy": {
                "id": head.id, "title": head.title.zh, "status": head.status.word(),
                "effective_from": head.effective_from, "sha256": head.sha256,
            },
            "now": totals(&self.now), "draft": totals(&self.then),
            "difference": {
                "listed": fen(self.then.listed - self.now.listed), "free": fen(self.then.free - self.now.free),
                "family": fen(self.then.family - self.now.family), "awards": fen(self.then.awards - self.now.awards),
                "by_item": less(&self.then.by_item, &self.now.by_item),
                "by_class": less(&self.then.by_class, &self.now.by_class),
                "by_payer": less(&self.then.by_payer, &self.now.by_payer),
            },
        })
    }

    /// What families and payers bear: now, and under the draft.
    pub fn sums(&self) -> (&Totals, &Totals) {
        (&self.now, &self.then)
    }
}

type Sums = std::collections::BTreeMap<String, i128>;

fn totals(of: &Totals) -> Value {
    let each = |sums: &Sums| {
        sums.iter()
            .map(|(key, sum)| (key.clone(), fen(*sum)))
            .collect::<Value>()
    };
    json!({
        "settled": of.settled, "stopped": of.stopped, "listed": fen(of.listed), "free": fen(of.free),
        "family": fen(of.family), "awards": fen(of.awards), "by_item": each(&of.by_item),
        "by_class": each(&of.by_class), "by_payer": each(&of.by_payer), "stopped_by": of.by_rule,
    })
}

/// What `a` has more than `b`, by key; what is equal is left out.
fn less(a: &Sums, b: &Sums) -> Value {
    let mut more = a.clone();
    for (key, sum) in b {
        *more.entry(key.clone()).or_default() -= sum;
    }
    let unequal = more.into_iter().filter(|(_, by)| *by != 0);
    unequal.map(|(key, by)| (key, fen(by))).collect()
}

/// 分 as a JSON integer; as text where no integer holds it.
fn fen(sum: i128) -> Value {
    i64::try_from(sum).map_or_else(|_| json!(sum.to_string()), Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARIFF: &str = include_str!("../../../forms/rules/tariff/sample.toml");
    const POLICY: &str = include_str!("../../../forms/rules/policy/sample.toml");

    fn bill(days: u32) -> Request {
        Request::from_json(&json!({
            "guitai": 1, "policy": "sample", "dates": {"death": "2026-11-20"}, "classes": ["general"],
            "facts": {"hukou": "330521"}, "bill": [{"item": "COLD", "quantity": days}],
        }))
        .unwrap()
    }

    #[test]
    fn a_draft_is_tried_on_the_bills_of_before_and_the_difference_told() {
        // The draft, of the year after: five days of cold storage instead of three.
        let draft = POLICY
            .replace(
                "effective_from = 2026-01-01\nstatus = \"sample\"",
                "effective_from = 2027-01-01\nstatus = \"draft\"",
            )
            .replace(
                "items = [\"COLD\"]\nfree_quantity = 3",
                "items = [\"COLD\"]\nfree_quantity = 4",
            );
        let files = [
            ("rules/tariff/sample.toml", TARIFF),
            ("rules/policy/sample.toml", POLICY),
            ("rules/policy/sample-2027.toml", &draft),
        ];
        let book = WaiverBook::read(files);
        assert_eq!(book.faults(), []);
        let candidate = book.candidate("sample").unwrap();
        assert_eq!(candidate.head.status, Status::Draft);
        assert_eq!(book.candidate("nowhere"), None);
        let mut rehearsal = Rehearsal::new(&book, candidate);
        for days in [2, 3, 4, 9] {
            rehearsal.add(&bill(days));
        }
        rehearsal.add(&Request::default());
        let told = rehearsal.to_json();
        assert_eq!(told["bills"], 5);
        assert_eq!(
            (&told["now"]["settled"], &told["now"]["stopped"]),
            (&json!(4), &json!(1))
        );
        assert_eq!(told["now"]["free"], 8000 * (2 + 3 + 3 + 3));
        assert_eq!(told["draft"]["free"], 8000 * (2 + 3 + 4 + 4));
        assert_eq!(told["difference"]["free"], 16000);
        assert_eq!(told["difference"]["family"], -16000);
        assert_eq!(told["difference"]["by_item"], json!({"COLD": 16000}));
        assert_eq!(told["difference"]["by_payer"], json!({"county": 16000}));
    }
}
