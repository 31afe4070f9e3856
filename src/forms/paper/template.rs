//! Texts with places for values: `结婚证字号 {number}`. `{{` and `}}` are the braces themselves.

/// A text in which names stand for values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    Name(String),
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A brace without its fellow, or a name that is none; the sentence says which.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '{' | '}' if chars.peek() == Some(&c) => {
                    chars.next();
                    words.push(c);
                }
                '{' => {
                    let mut name = String::new();
                    loop {
                        match chars.next() {
                            Some('}') => break,
                            Some(c) => name.push(c),
                            None => return Err(format!("“{{{name}”缺少右花括号")),
                        }
                    }
                    if !is_name(&name) {
                        return Err(format!("“{name}”不是绑定名：用小写字母、数字、下划线和点"));
                    }
                    if !words.is_empty() {
                        parts.push(Part::Words(std::mem::take(&mut words)));
                    }
                    parts.push(Part::Name(name));
                }
                '}' => return Err("多出一个右花括号；花括号本身写成 }}".to_owned()),
                c => words.push(c),
            }
        }
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
        Ok(Self { parts })
    }

    /// The names in it, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Name(name) => Some(name.as_str()),
            Part::Words(_) => None,
        })
    }

    /// The text with each name's value in its place.
    ///
    /// # Errors
    /// The first name `value` knows nothing of.
    pub fn fill<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> Result<String, String> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Name(name) => text.push_str(value(name).ok_or_else(|| name.clone())?),
            }
        }
        Ok(text)
    }
}

fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_filled() {
        let template = Template::parse("{{字号}} {number}（{man.name}）").unwrap();
        assert_eq!(template.names().collect::<Vec<_>>(), ["number", "man.name"]);
        let filled = template.fill(|name| Some(if name == "number" { "J1" } else { "{吴}" }));
        assert_eq!(filled.unwrap(), "{字号} J1（{吴}）");
        assert_eq!(template.fill(|_| None).unwrap_err(), "number");
    }

    #[test]
    fn braces_that_do_not_pair_are_named() {
        assert!(Template::parse("{man.name").unwrap_err().contains("man.name"));
        assert!(Template::parse("}").is_err());
        assert!(Template::parse("{Man}").unwrap_err().contains("Man"));
        assert!(Template::parse("{}").is_err());
    }
}
