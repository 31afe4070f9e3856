//! guitai 柜台 - the map of this house.
//!
//! | room | what it is for | may use |
//! |---|---|---|
//! | [`domain`] | facts and algorithms of the field; no I/O, no clock, no SQL, no terminal | pure crates |
//! | [`forms`] | definitions, rules, lists and layouts as data; answers + facts become findings | `domain` |
//! | [`store`] | the database file; the only place with SQL | `domain` |
//! | [`desk`] | the acts of the desk; every write of the record goes through it | `forms` `store` `domain` |
//! | [`print`] | a `Document` and its layout become a PDF | `forms` `domain` |
//! | [`tui`] | the screens | `desk` `forms` `domain`, and `print` from its worker |
//! | [`cli`] | the commands | all of the above but `store` |
//!
//! The road of one act: a definition in `forms/` asks for answers, answers and facts become findings, a person
//! decides, [`desk`] performs the act in one transaction with its audit entry, and returns a
//! [`domain::document::Document`] that is stored before [`print`] sets it on paper.

pub mod cli;
pub mod desk;
pub mod domain;
pub mod forms;
pub mod print;
pub mod store;
pub mod tui;
