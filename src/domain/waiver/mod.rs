//! Fee waivers (惠民殡葬减免): price list, policy and a family's claim become a settlement with its reasons.
//!
//! Pure and exact: money in whole 分, quantities in thousandths, every sum checked. It knows no county: what is free,
//! for whom and up to what is data that [`Tariff`] and [`Policy`] carry. A [`Plan`] holds the two together once;
//! [`settle`] then answers a [`Claim`] in microseconds.
//!
//! The order of application: lines are priced; benefits give in their `order`, each within its own limits (quantity,
//! most for a unit, what the family bears first, percentage, amount); line rounding; caps in their `order`, what was
//! given last is cut first; rounding of the case; payers. Rounding stays within every limit.

mod award;
mod bearing;
mod benefit;
mod choose;
mod claim;
mod condition;
mod eligibility;
mod explain;
mod facts;
mod grant;
mod payer;
mod plan;
mod policy;
mod price;
mod quantity;
mod rehearsal;
mod settle;
mod speak;
mod status;
mod tariff;
#[cfg(test)]
mod tests;
mod times;

pub use bearing::{Award, Offsite as OffsiteRules, OffsiteRule, Payer, Share, Split};
pub use benefit::{Alternative, Benefit, Cap, Choice, Choosing, Limits, Target};
pub use choose::{MOST_WAYS, ways_to_take};
pub use claim::{ATTRIBUTES, BillLine, Claim, DERIVED, DateKind, Dates, Offsite, Seen, SeenLine, window_end};
pub use condition::{Condition, Known, Lookup, Test, Truth};
pub use explain::Sentence;
pub use plan::Plan;
pub use policy::{Class, ClassAmount, Evidence, FactKind, FactSpec, Policy, Requirement, Stacking, Window};
pub use quantity::{Mode, Percent, Quantity, decimal, divide};
pub use rehearsal::Totals;
pub use settle::{Borne, Detail, Outcome, Quote, SettledAward, SettledLine, Settlement, Verdict, settle};
pub use status::{Head, Status, Words};
pub use tariff::{
    Basis, Beyond, Class as ItemClass, Factor, Price, Rate, SELECTORS, Step, Tariff, TariffLine, Tier, TierMode,
    selects,
};
pub use times::{TIMES, between, minutes_of, time};
