//! A draft tried on bills of days gone by (测算), beside what the same bills come to under the policies they name.
//! Nothing is written down; bills come one by one, so that any number of them needs no more room than one.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{WaiverBook, request::Request};
use crate::domain::{
    finding::Finding,
    waiver::{Detail, Outcome, Plan, Policy, Status, Tariff, Totals, Verdict, settle},
};

/// A rehearsal under way.
#[derive(Debug)]
pub struct Rehearsal<'b> {
    book: &'b WaiverBook,
    draft: &'b Policy,
    /// The policies whose bills are tried.
    of: Vec<String>,
    /// Policies held against price lists, each once.
    plans: Vec<Plan<'b>>,
    bills: u64,
    /// Bills of other policies, which the draft is not for.
    others: BTreeMap<String, u64>,
    /// Bills that both settle: compared with each other.
    both: [Totals; 2],
    /// Bills that one settles and the other stops: their sums, and why the other does.
    only_now: [Totals; 2],
    only_draft: [Totals; 2],
    /// Bills that neither settles, and why.
    neither: [Totals; 2],
}

impl WaiverBook {
    /// The version of a policy that is to be tried: its draft, or else its latest version.
    pub fn candidate(&self, id: &str) -> Option<&Policy> {
        let versions = self.policies().filter(|policy| policy.head.id == id);
        versions.max_by_key(|policy| (policy.head.status == Status::Draft, policy.head.effective_from))
    }
}

impl<'b> Rehearsal<'b> {
    /// A rehearsal of a policy on bills that were settled by it, or by one of `of`, where any are named.
    pub fn new(book: &'b WaiverBook, draft: &'b Policy, of: &[String]) -> Self {
        let own = || vec![draft.head.id.clone()];
        Self {
            book,
            draft,
            of: if of.is_empty() { own() } else { of.to_vec() },
            plans: Vec::new(),
            bills: 0,
            others: BTreeMap::new(),
            both: Default::default(),
            only_now: Default::default(),
            only_draft: Default::default(),
            neither: Default::default(),
        }
    }

    /// Tries both on a bill.
    pub fn add(&mut self, request: &Request) {
        if !self.of.contains(&request.policy) {
            *self.others.entry(request.policy.clone()).or_default() += 1;
            return;
        }
        self.bills += 1;
        let now = match self.book.chosen(request) {
            Ok((policy, tariff)) => self.settled(policy, tariff, request),
            Err(findings) => Outcome::stopped(findings),
        };
        let then = match self.list_for(request) {
            Ok(tariff) => self.settled(self.draft, tariff, request),
            Err(findings) => Outcome::stopped(findings),
        };
        let settles = |outcome: &Outcome| outcome.verdict == Verdict::Settled;
        let [of_now, of_draft] = match (settles(&now), settles(&then)) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.only_now,
            (false, true) => &mut self.only_draft,
            (false, false) => &mut self.neither,
        };
        of_now.add(&now);
        of_draft.add(&then);
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

    /// What it came to, in 分: all bills now and under the draft; what differs, over the bills that both settle; and
    /// the bills that only one of them settles, with why the other does not.
    pub fn to_json(&self) -> Value {
        let head = &self.draft.head;
        let all = |which: fn(&[Totals; 2]) -> &Totals| {
            let mut sum = Totals::default();
            for part in [&self.both, &self.only_now, &self.only_draft, &self.neither] {
                sum.merge(which(part));
            }
            sum
        };
        let (now, then) = (all(|[now, _]| now), all(|[_, then]| then));
        let [both_now, both_then] = &self.both;
        let [neither_now, neither_then] = &self.neither;
        json!({
            "guitai": 1, "bills": self.bills,
            "policy": {
                "id": head.id, "title": head.title.zh, "status": head.status.word(),
                "effective_from": head.effective_from, "sha256": head.sha256,
            },
            "of": self.of, "other_policies": self.others,
            "now": totals(&now), "draft": totals(&then),
            "both": {"bills": both_now.settled, "now": totals(both_now), "draft": totals(both_then)},
            "only_now": one_sided(&self.only_now, 0), "only_draft": one_sided(&self.only_draft, 1),
            "neither": {"bills": neither_now.stopped, "now_stopped_by": neither_now.by_rule,
                "draft_stopped_by": neither_then.by_rule},
            "difference": difference(both_now, both_then),
        })
    }

    /// The bills that both settle: what they come to now, and under the draft.
    pub fn both(&self) -> &[Totals; 2] {
        &self.both
    }

    /// How many bills only one of both settles, and how many neither does: now alone, the draft alone, neither.
    pub fn apart(&self) -> [u64; 3] {
        let [now, _] = &self.only_now;
        let [_, draft] = &self.only_draft;
        let [neither, _] = &self.neither;
        [now.settled, draft.settled, neither.stopped]
    }

    /// Bills of other policies, by policy; they were left out.
    pub fn others(&self) -> &BTreeMap<String, u64> {
        &self.others
    }
}

/// Bills that one side settles: their sums, and why the other side stops them.
fn one_sided(of: &[Totals; 2], settles: usize) -> Value {
    let [now, then] = of;
    let (settled, stopped) = if settles == 0 { (now, then) } else { (then, now) };
    json!({"bills": settled.settled, "sums": totals(settled), "stopped_by": stopped.by_rule})
}

/// What the draft gives more over the bills that both settle.
fn difference(now: &Totals, then: &Totals) -> Value {
    json!({
        "bills": now.settled,
        "listed": fen(then.listed - now.listed), "free": fen(then.free - now.free),
        "family": fen(then.family - now.family), "awards": fen(then.awards - now.awards),
        "by_item": less(&then.by_item, &now.by_item), "by_class": less(&then.by_class, &now.by_class),
        "by_payer": less(&then.by_payer, &now.by_payer),
        "awards_by_award": less(&then.awards_by_award, &now.awards_by_award),
        "awards_by_class": less(&then.awards_by_class, &now.awards_by_class),
        "awards_by_payer": less(&then.awards_by_payer, &now.awards_by_payer),
    })
}

type Sums = BTreeMap<String, i128>;

fn totals(of: &Totals) -> Value {
    let each = |sums: &Sums| {
        sums.iter()
            .map(|(key, sum)| (key.clone(), fen(*sum)))
            .collect::<Value>()
    };
    json!({
        "settled": of.settled, "stopped": of.stopped, "listed": fen(of.listed), "free": fen(of.free),
        "family": fen(of.family), "awards": fen(of.awards), "by_item": each(&of.by_item),
        "by_class": each(&of.by_class), "by_payer": each(&of.by_payer),
        "awards_by_award": each(&of.awards_by_award), "awards_by_class": each(&of.awards_by_class),
        "awards_by_payer": each(&of.awards_by_payer), "stopped_by": of.by_rule,
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
        let mut rehearsal = Rehearsal::new(&book, candidate, &[]);
        for days in [2, 3, 4, 9] {
            rehearsal.add(&bill(days));
        }
        rehearsal.add(&Request::default());
        let told = rehearsal.to_json();
        assert_eq!((&told["bills"], &told["other_policies"]), (&json!(4), &json!({"": 1})));
        assert_eq!(
            (&told["now"]["settled"], &told["now"]["stopped"]),
            (&json!(4), &json!(0))
        );
        assert_eq!(told["now"]["free"], 8000 * (2 + 3 + 3 + 3));
        assert_eq!(told["draft"]["free"], 8000 * (2 + 3 + 4 + 4));
        assert_eq!(told["difference"]["free"], 16000);
        assert_eq!(told["difference"]["family"], -16000);
        assert_eq!(told["difference"]["by_item"], json!({"COLD": 16000}));
        assert_eq!(told["difference"]["by_payer"], json!({"county": 16000}));
    }

    #[test]
    fn only_bills_that_both_settle_are_compared_and_the_rest_is_told_with_reasons() {
        // The draft asks for the other card of a class, gives an award, and does not bill urns of another make.
        let draft = POLICY
            .replace(
                "effective_from = 2026-01-01\nstatus = \"sample\"",
                "effective_from = 2027-01-01\nstatus = \"draft\"",
            )
            .replace(
                "items = [\"COLD\"]\nfree_quantity = 3",
                "items = [\"COLD\"]\nfree_quantity = 4",
            );
        let draft = format!(
            "{draft}\n[[eligibility]]\nid = \"soon\"\nwhen = {{ days_death_to_cremation_up_to = 7 }}\nsays = \"七日内\"\n\
             [[award]]\nid = \"eco\"\nname = \"奖\"\nclasses = [\"general\"]\namount = 100\n"
        );
        let files = [
            ("rules/tariff/sample.toml", TARIFF),
            ("rules/policy/sample.toml", POLICY),
            ("rules/policy/sample-2027.toml", &draft),
        ];
        let book = WaiverBook::read(files);
        assert_eq!(book.faults(), []);
        let mut rehearsal = Rehearsal::new(&book, book.candidate("sample").unwrap(), &[]);
        let of = |days: u32, cremation: &str| {
            let mut bill = bill(days);
            bill.claim.dates.cremation = cremation.parse().ok();
            bill
        };
        rehearsal.add(&of(5, "2026-11-22"));
        rehearsal.add(&of(5, "2026-12-22"));
        let told = rehearsal.to_json();
        assert_eq!(told["both"]["bills"], 1);
        assert_eq!(
            told["difference"]["listed"], 0,
            "a bill that one of both stops is in no difference"
        );
        assert_eq!(
            (&told["difference"]["free"], &told["difference"]["awards"]),
            (&json!(8000), &json!(10_000))
        );
        assert_eq!(told["only_now"]["bills"], 1);
        assert_eq!(told["only_now"]["stopped_by"], json!({"soon": 1}));
        assert_eq!(told["only_now"]["sums"]["free"], 24_000);
        assert_eq!(told["only_draft"]["bills"], 0);
        let sum = |of: &Value| of.as_object().unwrap().values().filter_map(Value::as_i64).sum::<i64>();
        for side in ["now", "draft"] {
            for by in ["by_item", "by_class", "by_payer"] {
                assert_eq!(json!(sum(&told[side][by])), told[side]["free"], "{side} {by}");
            }
            for by in ["awards_by_award", "awards_by_class", "awards_by_payer"] {
                assert_eq!(json!(sum(&told[side][by])), told[side]["awards"], "{side} {by}");
            }
        }
        assert_eq!(
            (&told["now"]["settled"], &told["draft"]["settled"]),
            (&json!(2), &json!(1))
        );
    }
}
