//! Conditions: CEL in a narrow profile, held against known paths, functions and types at load, evaluated in three
//! values. Knows no form and no rule: who compiles gives a [`Vocabulary`], who evaluates a [`Situation`].
//!
//! An operand that is not known makes an answer [`Truth::Undecided`], which names it, unless the rest decides alone:
//! `false && unknown` is false, `true || unknown` is true (Kleene).

mod compile;
mod datum;
mod evaluate;
mod function;

use std::collections::{BTreeMap, BTreeSet};

pub use compile::ExprFault;
pub use datum::{Datum, Kind};
pub use evaluate::Missing;
pub use function::Function;

use crate::domain::{calendar::WorkCalendar, date::LeapBirthday};

/// The paths that a condition may speak of, each with its kind, and the codes of the lists they come from.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    paths: BTreeMap<String, Kind>,
    codes: BTreeMap<String, BTreeSet<String>>,
}

/// What a condition is held against.
pub trait Situation {
    /// The value at a path; `None` where it is not known.
    fn look(&self, path: &str) -> Option<Datum>;
    /// The registry's setting for birthdays on 29 February.
    fn leap(&self) -> LeapBirthday;
    /// The working calendar.
    fn calendar(&self) -> &WorkCalendar;
}

/// The answer of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// It cannot be said; these are the paths that are missing or not known exactly enough.
    Undecided(Missing),
}

/// A compiled expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    pub(super) node: Node,
    /// The kind of its value.
    pub kind: Kind,
}

/// A compiled expression that says yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition(Expr);

/// The nodes an expression is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Constant(Datum),
    Path(String),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    In(Box<Expr>, Vec<Expr>),
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// What is done with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
}

impl Vocabulary {
    /// Adds a path.
    pub fn add(&mut self, path: &str, kind: Kind) {
        self.paths.insert(path.to_owned(), kind);
    }

    /// Adds the codes of a list, so that a misspelt code in a condition is found at load.
    pub fn add_codes(&mut self, list: &str, codes: impl IntoIterator<Item = String>) {
        self.codes.insert(list.to_owned(), codes.into_iter().collect());
    }

    /// The kind of a path.
    pub fn kind(&self, path: &str) -> Option<&Kind> {
        self.paths.get(path)
    }

    /// All paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.keys().map(String::as_str)
    }

    /// The codes of a list, where they were given.
    pub(super) fn codes(&self, list: &str) -> Option<&BTreeSet<String>> {
        self.codes.get(list)
    }
}

impl Expr {
    /// Compiles an expression of any kind.
    ///
    /// # Errors
    /// It is no expression of the profile, or speaks of a path, a function or a kind that does not fit.
    pub fn compile(source: &str, words: &Vocabulary) -> Result<Self, ExprFault> {
        compile::compile(source, words, &|path| path.to_owned())
    }

    /// As [`Expr::compile`], with every path renamed first (`own.birth` becomes `man.birth`).
    ///
    /// # Errors
    /// As [`Expr::compile`].
    pub fn compile_renamed(
        source: &str,
        words: &Vocabulary,
        rename: &dyn Fn(&str) -> String,
    ) -> Result<Self, ExprFault> {
        compile::compile(source, words, rename)
    }

    /// The value, or what is missing for it.
    ///
    /// # Errors
    /// An operand that is needed is not known, or not exactly enough.
    pub fn value(&self, situation: &dyn Situation) -> Result<Datum, Missing> {
        evaluate::value(self, situation)
    }

    /// All paths it speaks of, in order and once each.
    pub fn paths(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.collect(&mut found, true);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a str>, known_too: bool) {
        match &self.node {
            Node::Constant(_) => {}
            Node::Path(path) => {
                if !found.contains(&path.as_str()) {
                    found.push(path);
                }
            }
            Node::Not(a) => a.collect(found, known_too),
            Node::And(a, b) | Node::Or(a, b) | Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) => {
                a.collect(found, known_too);
                b.collect(found, known_too);
            }
            Node::Choose(a, b, c) => [a, b, c].into_iter().for_each(|one| one.collect(found, known_too)),
            Node::In(a, list) => {
                a.collect(found, known_too);
                list.iter().for_each(|one| one.collect(found, known_too));
            }
            Node::Call(Function::Known, _) if !known_too => {}
            Node::Call(_, list) => list.iter().for_each(|one| one.collect(found, known_too)),
        }
    }
}

impl Condition {
    /// Compiles an expression that must say yes or no.
    ///
    /// # Errors
    /// As [`Expr::compile`], or its value is of another kind.
    pub fn compile(source: &str, words: &Vocabulary) -> Result<Self, ExprFault> {
        Self::compile_renamed(source, words, &|path| path.to_owned())
    }

    /// As [`Condition::compile`], with every path renamed first.
    ///
    /// # Errors
    /// As [`Condition::compile`].
    pub fn compile_renamed(
        source: &str,
        words: &Vocabulary,
        rename: &dyn Fn(&str) -> String,
    ) -> Result<Self, ExprFault> {
        let expr = Expr::compile_renamed(source, words, rename)?;
        if expr.kind == Kind::Flag {
            Ok(Self(expr))
        } else {
            let problem = format!("条件应得出是或否，这里得出{}", expr.kind.label());
            Err(ExprFault::plain(problem, source))
        }
    }

    /// Whether it holds.
    pub fn holds(&self, situation: &dyn Situation) -> Truth {
        match self.0.value(situation) {
            Ok(Datum::Flag(true)) => Truth::Yes,
            Ok(_) => Truth::No,
            Err(missing) => Truth::Undecided(missing),
        }
    }

    /// All paths it speaks of.
    pub fn paths(&self) -> Vec<&str> {
        self.0.paths()
    }

    /// The paths whose values it needs: all but those it only asks `known(…)` of.
    pub fn inputs(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.0.collect(&mut found, false);
        found
    }
}

#[cfg(test)]
mod tests;
