//! From CEL text to a checked expression: every path, function and operand kind must exist and agree.

use cel::{
    common::ast::{CallExpr, Expr as Cel, IdedExpr, LiteralValue, operators},
    parser::PrattParser,
};

use super::{Arithmetic, Comparison, Datum, Expr, Function, Kind, Node, Vocabulary};
use crate::{
    domain::date::PartialDate,
    forms::fault::{nearest, shortened},
};

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprFault {
    /// What is wrong and what was expected, in Chinese.
    pub problem: String,
    /// The nearest known word, where there is one.
    pub nearest: Option<String>,
    /// The word it is about, as it stands in the text; may be empty.
    pub word: String,
}

impl ExprFault {
    /// A fault without a near word.
    pub fn plain(problem: impl Into<String>, word: &str) -> Self {
        Self {
            problem: problem.into(),
            nearest: None,
            word: word.to_owned(),
        }
    }

    /// How many lines below the beginning of the expression the word stands.
    pub fn lines_below(&self, source: &str) -> usize {
        let before = source.split(&self.word).next().unwrap_or_default();
        if self.word.is_empty() || before.len() == source.len() {
            return 0;
        }
        before.matches('\n').count()
    }
}

/// What the walk over an expression needs.
struct Walk<'a> {
    words: &'a Vocabulary,
    rename: &'a dyn Fn(&str) -> String,
}

pub fn compile(source: &str, words: &Vocabulary, rename: &dyn Fn(&str) -> String) -> Result<Expr, ExprFault> {
    let parsed = PrattParser::new().parse(source).map_err(|errors| {
        let said = errors.errors.first().map(|error| error.msg.clone()).unwrap_or_default();
        ExprFault::plain(format!("不是条件表达式：{said}"), "")
    })?;
    Walk { words, rename }.expr(&parsed)
}

impl Walk<'_> {
    fn expr(&self, ided: &IdedExpr) -> Result<Expr, ExprFault> {
        match &ided.expr {
            Cel::Literal(literal) => self::literal(literal),
            Cel::Ident(_) | Cel::Select(_) => self.path(ided),
            Cel::Call(call) => self.call(call),
            Cel::List(_) => Err(ExprFault::plain("列表 [ … ] 只能放在 in 的右边", "[")),
            Cel::Comprehension(_) => Err(ExprFault::plain(
                "不能用 has、all、exists、map 等宏；问有没有填用 known(…)",
                "",
            )),
            _ => Err(ExprFault::plain("条件里不能用这种写法", "")),
        }
    }

    fn path(&self, ided: &IdedExpr) -> Result<Expr, ExprFault> {
        let written =
            dotted(&ided.expr).ok_or_else(|| ExprFault::plain("不能用 has(…)；问有没有填用 known(…)", "has"))?;
        let path = (self.rename)(&written);
        match self.words.kind(&path) {
            Some(kind) => Ok(Expr {
                kind: kind.clone(),
                node: Node::Path(path),
            }),
            None => Err(ExprFault {
                problem: format!("没有“{}”这一栏", shortened(&path)),
                nearest: nearest(&path, self.words.paths()),
                word: written,
            }),
        }
    }

    fn call(&self, call: &CallExpr) -> Result<Expr, ExprFault> {
        let args = call.args.as_slice();
        if call.target.is_none() {
            match (call.func_name.as_str(), args) {
                (operators::LOGICAL_AND, [a, b]) => return self.both(a, b, Node::And),
                (operators::LOGICAL_OR, [a, b]) => return self.both(a, b, Node::Or),
                (operators::LOGICAL_NOT, [a]) => {
                    let a = self.of_kind(a, &Kind::Flag, "!")?;
                    return Ok(flag(Node::Not(Box::new(a))));
                }
                (operators::NEGATE, [a]) => {
                    let a = self.of_kind(a, &Kind::Integer, "-")?;
                    let zero = constant(Datum::integer(0), Kind::Integer);
                    let node = Node::Arithmetic(Arithmetic::Subtract, Box::new(zero), Box::new(a));
                    return Ok(Expr {
                        node,
                        kind: Kind::Integer,
                    });
                }
                (operators::CONDITIONAL, [a, b, c]) => return self.choose(a, b, c),
                (operators::IN, [a, b]) => return self.within(a, b),
                (name, [a, b]) => {
                    if let Some(comparison) = comparison(name) {
                        return self.compare(comparison, a, b);
                    }
                    if let Some(arithmetic) = arithmetic(name) {
                        return self.arithmetic(arithmetic, a, b);
                    }
                }
                _ => {}
            }
        }
        self.function(call)
    }

    fn function(&self, call: &CallExpr) -> Result<Expr, ExprFault> {
        let method = call.target.is_some();
        let Some(function) = Function::named(&call.func_name, method) else {
            let operator = call.func_name.contains('_') && call.func_name.contains(['[', '%', '/', '?']);
            let names = Function::ALL.map(Function::name);
            return Err(ExprFault {
                problem: if operator {
                    format!("条件里不能用运算 {}", call.func_name.replace('_', ""))
                } else {
                    format!("没有函数“{}”", shortened(&call.func_name))
                },
                nearest: nearest(&call.func_name, names.iter().copied()),
                word: call.func_name.clone(),
            });
        };
        let given: Vec<&IdedExpr> = call.target.as_deref().into_iter().chain(&call.args).collect();
        let args = match function {
            Function::Known => vec![self.the_path(&given)?],
            Function::Size => vec![self.sized(&given)?],
            _ => self.args(function, &given)?,
        };
        let node = match (function, args.as_slice()) {
            (Function::Date, [text]) => Node::Constant(date_of(text)?),
            _ => Node::Call(function, args),
        };
        Ok(Expr {
            node,
            kind: function.gives(),
        })
    }

    fn args(&self, function: Function, given: &[&IdedExpr]) -> Result<Vec<Expr>, ExprFault> {
        let takes = function.takes();
        if takes.len() != given.len() {
            let problem = format!(
                "{} 要 {} 个参数，这里有 {} 个",
                function.name(),
                takes.len(),
                given.len()
            );
            return Err(ExprFault::plain(problem, function.name()));
        }
        let pairs = given.iter().zip(takes);
        pairs
            .map(|(arg, kind)| self.of_kind(arg, kind, function.name()))
            .collect()
    }

    fn the_path(&self, given: &[&IdedExpr]) -> Result<Expr, ExprFault> {
        match given {
            [arg] if dotted(&arg.expr).is_some() => self.path(arg),
            _ => Err(ExprFault::plain("known(…) 里只能是一栏", "known")),
        }
    }

    fn sized(&self, given: &[&IdedExpr]) -> Result<Expr, ExprFault> {
        let [arg] = given else {
            return Err(ExprFault::plain("size 要 1 个参数", "size"));
        };
        let arg = self.expr(arg)?;
        if matches!(arg.kind, Kind::Text | Kind::Rows) {
            Ok(arg)
        } else {
            Err(ExprFault::plain(
                format!("size 要文字或多行，这里是{}", arg.kind.label()),
                "size",
            ))
        }
    }

    /// An operand that must be of a kind; codes count as texts.
    fn of_kind(&self, ided: &IdedExpr, kind: &Kind, of: &str) -> Result<Expr, ExprFault> {
        let expr = self.expr(ided)?;
        if kind.agrees_with(&expr.kind) {
            return Ok(expr);
        }
        let problem = format!("{of} 的操作数应是{}，这里是{}", kind.label(), expr.kind.label());
        Err(ExprFault::plain(problem, &dotted(&ided.expr).unwrap_or_default()))
    }

    fn both(&self, a: &IdedExpr, b: &IdedExpr, node: impl Fn(Box<Expr>, Box<Expr>) -> Node) -> Result<Expr, ExprFault> {
        let a = self.of_kind(a, &Kind::Flag, "&& 和 ||")?;
        let b = self.of_kind(b, &Kind::Flag, "&& 和 ||")?;
        Ok(flag(node(Box::new(a), Box::new(b))))
    }

    fn choose(&self, a: &IdedExpr, b: &IdedExpr, c: &IdedExpr) -> Result<Expr, ExprFault> {
        let a = self.of_kind(a, &Kind::Flag, "? :")?;
        let (b, c) = self.pair(b, c)?;
        let kind = b.kind.clone();
        Ok(Expr {
            node: Node::Choose(Box::new(a), Box::new(b), Box::new(c)),
            kind,
        })
    }

    fn within(&self, a: &IdedExpr, list: &IdedExpr) -> Result<Expr, ExprFault> {
        let Cel::List(list) = &list.expr else {
            return Err(ExprFault::plain("in 的右边要写成列表 [ …, … ]", "in"));
        };
        let mut whole = None;
        let mut elements = Vec::new();
        for element in &list.elements {
            let (a, element) = self.pair(a, element)?;
            whole = Some(a);
            elements.push(element);
        }
        let whole = whole.ok_or_else(|| ExprFault::plain("in 的右边是空列表", "in"))?;
        Ok(flag(Node::In(Box::new(whole), elements)))
    }

    fn compare(&self, comparison: Comparison, a: &IdedExpr, b: &IdedExpr) -> Result<Expr, ExprFault> {
        let (x, y) = self.pair(a, b)?;
        let ordered = matches!(x.kind, Kind::Integer | Kind::Money | Kind::Date);
        let comparable = match comparison {
            Comparison::Equal | Comparison::NotEqual => x.kind != Kind::Rows,
            _ => ordered,
        };
        if !comparable {
            let problem = format!("{}不能这样比较", x.kind.label());
            return Err(ExprFault::plain(problem, &dotted(&a.expr).unwrap_or_default()));
        }
        Ok(flag(Node::Compare(comparison, Box::new(x), Box::new(y))))
    }

    fn arithmetic(&self, arithmetic: Arithmetic, a: &IdedExpr, b: &IdedExpr) -> Result<Expr, ExprFault> {
        let (x, y) = (self.expr(a)?, self.expr(b)?);
        let kind = match (&x.kind, &y.kind, arithmetic) {
            (Kind::Integer, Kind::Integer, _) => Kind::Integer,
            (Kind::Money, Kind::Money, Arithmetic::Add | Arithmetic::Subtract)
            | (Kind::Money, Kind::Integer, Arithmetic::Multiply) => Kind::Money,
            _ => {
                let hint = if x.kind == Kind::Date {
                    "；日期用 add_days、add_years"
                } else {
                    ""
                };
                let problem = format!("{}和{}不能这样计算{hint}", x.kind.label(), y.kind.label());
                return Err(ExprFault::plain(problem, &dotted(&a.expr).unwrap_or_default()));
            }
        };
        Ok(Expr {
            node: Node::Arithmetic(arithmetic, Box::new(x), Box::new(y)),
            kind,
        })
    }

    /// Two operands whose kinds must agree; a literal text beside a code must be a code of its list.
    fn pair(&self, a: &IdedExpr, b: &IdedExpr) -> Result<(Expr, Expr), ExprFault> {
        let (x, y) = (self.expr(a)?, self.expr(b)?);
        if !x.kind.agrees_with(&y.kind) {
            let word = dotted(&a.expr).or_else(|| dotted(&b.expr)).unwrap_or_default();
            let dates = [&x.kind, &y.kind].contains(&&Kind::Date);
            let hint = if dates {
                "；日期写成 date(\"2026-01-31\")"
            } else {
                ""
            };
            let problem = format!("“{word}”：{}和{}不能相比{hint}", x.kind.label(), y.kind.label());
            return Err(ExprFault::plain(problem, &word));
        }
        self.check_code(&x, &y)?;
        self.check_code(&y, &x)?;
        Ok((x, y))
    }

    fn check_code(&self, code: &Expr, literal: &Expr) -> Result<(), ExprFault> {
        let (Kind::Code(list), Node::Constant(Datum::Text(text))) = (&code.kind, &literal.node) else {
            return Ok(());
        };
        match self.words.codes(list) {
            Some(codes) if !codes.contains(text) => Err(ExprFault {
                problem: format!("代码表 {list} 里没有“{}”", shortened(text)),
                nearest: nearest(text, codes.iter().map(String::as_str)),
                word: text.clone(),
            }),
            _ => Ok(()),
        }
    }
}

/// The path that identifiers and selections spell: `man.birth`.
fn dotted(cel: &Cel) -> Option<String> {
    match cel {
        Cel::Ident(name) => Some(name.clone()),
        Cel::Select(select) if !select.test => Some(format!("{}.{}", dotted(&select.operand.expr)?, select.field)),
        _ => None,
    }
}

fn literal(literal: &LiteralValue) -> Result<Expr, ExprFault> {
    match literal {
        LiteralValue::Boolean(flag) => Ok(constant(Datum::Flag(*flag.inner()), Kind::Flag)),
        LiteralValue::Int(number) => Ok(constant(Datum::integer(*number.inner()), Kind::Integer)),
        LiteralValue::String(text) => Ok(constant(Datum::Text(text.inner().to_owned()), Kind::Text)),
        LiteralValue::Null => Err(ExprFault::plain("没有 null；问有没有填用 known(…)", "null")),
        _ => Err(ExprFault::plain("只能写整数、文字、true 和 false", "")),
    }
}

fn date_of(text: &Expr) -> Result<Datum, ExprFault> {
    let Node::Constant(Datum::Text(text)) = &text.node else {
        return Err(ExprFault::plain("date(…) 里要写日期，如 date(\"2026-01-31\")", "date"));
    };
    let date = text.parse::<PartialDate>();
    date.map(Datum::Date)
        .map_err(|fault| ExprFault::plain(fault.to_string(), text))
}

fn constant(datum: Datum, kind: Kind) -> Expr {
    Expr {
        node: Node::Constant(datum),
        kind,
    }
}

fn flag(node: Node) -> Expr {
    Expr { node, kind: Kind::Flag }
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        operators::EQUALS => Comparison::Equal,
        operators::NOT_EQUALS => Comparison::NotEqual,
        operators::LESS => Comparison::Less,
        operators::LESS_EQUALS => Comparison::AtMost,
        operators::GREATER => Comparison::More,
        operators::GREATER_EQUALS => Comparison::AtLeast,
        _ => return None,
    })
}

fn arithmetic(name: &str) -> Option<Arithmetic> {
    Some(match name {
        operators::ADD => Arithmetic::Add,
        operators::SUBSTRACT => Arithmetic::Subtract,
        operators::MULTIPLY => Arithmetic::Multiply,
        _ => return None,
    })
}
