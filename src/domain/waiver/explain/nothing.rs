//! Why nothing is free on a line, said of the benefit that comes nearest.

use super::{Chain, Explainer};
use crate::domain::waiver::{
    bearing::OffsiteRule, benefit::Benefit, claim::BillLine, condition::Truth, price::Priced, status::Words,
};

impl Explainer<'_, '_> {
    /// Why nothing is free on a line; the sentence of the notice where there is one.
    pub(super) fn nothing(&self, at: usize, bill: &BillLine, priced: &Priced, chain: &mut Chain) -> Option<&str> {
        let policy = self.ground.plan.policy;
        if self.ground.offsite && policy.offsite.rule == OffsiteRule::Actual {
            chain.add("；不在报销项目内", "; not an item that is reimbursed");
            return None;
        }
        let own = |benefit: &&Benefit| benefit.pay_all.contains(&bill.item);
        if let Some(benefit) = policy.benefits.iter().find(own) {
            chain.add(
                &format!("；不抵扣“{}”，全部自付", benefit.name.zh),
                &format!("; no set-off against \"{}\"", benefit.name.en),
            );
            return Some(&benefit.quote);
        }
        let reaches = |(place, _): &(usize, &Benefit)| {
            let reach = |item| self.ground.plan.reach(*place, item);
            priced.item.is_some_and(|item| reach(item).is_some())
        };
        // Of several reasons the one nearest to being free is told: what was used up, then what the case lacks.
        let reasons = policy.benefits.iter().enumerate().filter(reaches);
        let reasons = reasons.map(|(place, benefit)| (self.barred(at, place, benefit), benefit));
        match reasons.min_by_key(|((rank, _), _)| *rank) {
            Some(((_, words), benefit)) => {
                chain.add(&format!("；{}", words.zh), &format!("; {}", words.en));
                Some(&benefit.quote)
            }
            // A bill by its price list alone has no policy to speak of.
            None if policy.head.id.is_empty() => None,
            None => {
                chain.add("；不是政策的免费项目", "; the policy does not make it free");
                None
            }
        }
    }

    /// Why a benefit gives nothing on a line, with how far from giving it is.
    fn barred(&self, at: usize, place: usize, benefit: &Benefit) -> (u8, Words) {
        let (name, name_en) = (&benefit.name.zh, &benefit.name.en);
        let ground = self.ground;
        if !ground.classes.iter().any(|class| benefit.is_for(class)) {
            let names: Vec<&str> = benefit
                .classes
                .iter()
                .filter_map(|id| ground.plan.policy.class(id))
                .map(|class| class.name.zh.as_str())
                .collect();
            let zh = format!("“{name}”只给{}", names.join("、"));
            return (4, Words::new(zh, format!("\"{name_en}\" is for other classes")));
        }
        if !ground.company_fits(benefit) {
            let zh = format!("按账单上的其他项目，不享受“{name}”");
            let en = format!("what else is on the bill rules out \"{name_en}\"");
            return (2, Words::new(zh, en));
        }
        if benefit.when.holds(ground.seen, &mut Vec::new()) != Truth::Yes {
            let zh = format!("不符合“{name}”的条件");
            return (3, Words::new(zh, format!("the case does not fit \"{name_en}\"")));
        }
        if !ground.fits_line(benefit, at) {
            let zh = format!("本行的情形不在“{name}”之内");
            return (1, Words::new(zh, format!("this line does not fit \"{name_en}\"")));
        }
        if self.granted.of_benefit(place) > 0 {
            let zh = format!("“{name}”已用在别的行");
            return (0, Words::new(zh, format!("\"{name_en}\" is used up by other lines")));
        }
        let zh = format!("“{name}”本次不计入（另作选择，或免后无余）");
        (5, Words::new(zh, format!("\"{name_en}\" does not count this time")))
    }
}
