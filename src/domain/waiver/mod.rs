//! Fee waiver (惠民殡葬减免): price lists, policies, bills, and what of a bill is free and who bears it; pure, in 分.
//!
//! Amounts, items and conditions come from data files; nothing here knows a county.

pub mod claim;
pub mod condition;
pub mod grant;
pub mod plan;
pub mod policy;
pub mod price;
pub mod quantity;
pub mod speak;
pub mod status;
pub mod tariff;
