//! The sentences of rules, with expressions in their braces: `最早 {add_years(man.birth, 22)} 可以登记`.

use std::collections::BTreeMap;

use super::condition::{Expr, ExprFault, Situation, Vocabulary};

/// A sentence whose braces hold expressions, checked at load. `{earliest = add_years(…)}` names the value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sentence(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Plain(String),
    Value { name: String, expr: Expr },
}

/// A text cut at its braces: what stands outside, and what stands inside (`true`).
fn pieces(text: &str) -> Result<Vec<(bool, &str)>, ExprFault> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, after)) = after.split_once('}') else {
            return Err(ExprFault::plain("“{”后面没有“}”", "{"));
        };
        found.extend([(false, before), (true, inside.trim())]);
        rest = after;
    }
    found.push((false, rest));
    Ok(found)
}

impl Sentence {
    /// Compiles a sentence; every path is renamed first.
    ///
    /// # Errors
    /// A brace is open, or an expression does not compile.
    pub(super) fn compile(text: &str, words: &Vocabulary, rename: &dyn Fn(&str) -> String) -> Result<Self, ExprFault> {
        let part = |(inside, piece): (bool, &str)| {
            if !inside {
                return Ok(Part::Plain(piece.to_owned()));
            }
            let (name, source) = named(piece);
            let expr = Expr::compile_renamed(source, words, rename)?;
            Ok(Part::Value {
                name: name.to_owned(),
                expr,
            })
        };
        pieces(text)?.into_iter().map(part).collect::<Result<_, _>>().map(Self)
    }

    /// The sentence in a situation, and the values it was made from by name. What is not known shows as `？`.
    pub(super) fn render(&self, situation: &dyn Situation) -> (String, BTreeMap<String, String>) {
        let mut sentence = String::new();
        let mut params = BTreeMap::new();
        for part in &self.0 {
            match part {
                Part::Plain(text) => sentence.push_str(text),
                Part::Value { name, expr } => {
                    let shown = expr
                        .value(situation)
                        .map_or_else(|_| "？".to_owned(), |datum| datum.shown());
                    sentence.push_str(&shown);
                    params.insert(name.clone(), shown);
                }
            }
        }
        (sentence, params)
    }
}

/// `earliest = add_years(…)` as name and expression; an expression without a name is its own.
fn named(piece: &str) -> (&str, &str) {
    match piece.split_once('=') {
        Some((name, source)) if is_word(name.trim()) && !source.starts_with('=') => (name.trim(), source.trim()),
        _ => (piece, piece),
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_brace_is_a_fault() {
        assert!(pieces("a { b").is_err());
        assert_eq!(pieces("a {b} c"), Ok(vec![(false, "a "), (true, "b"), (false, " c")]));
    }

    #[test]
    fn a_value_may_have_a_name_of_its_own() {
        assert_eq!(named("earliest = add(a)"), ("earliest", "add(a)"));
        assert_eq!(named("a == b"), ("a == b", "a == b"));
        assert_eq!(named("man.name"), ("man.name", "man.name"));
    }
}
