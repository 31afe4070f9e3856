//! Reads Rust source far enough to say which rooms of the house it reaches into, and by which road.
//!
//! Comments and literals are skipped, everything else counts: `use` groups, globs, `pub use`, macro bodies, paths
//! through `super`, `self` and `$crate`. It compiles nothing; what it cannot follow (`#[path]`, the crate root under
//! another name) it reports as a fault of its own.

/// A path that leaves the module it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Line, from 1.
    pub line: usize,
    /// From the crate's root: `store::open::Store`; empty where the root itself is meant.
    pub path: Vec<String>,
    /// Whether it is passed on: `pub use`, `pub type`.
    pub passed_on: bool,
}

/// What a file says about the house.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Paths in order of appearance.
    pub reaches: Vec<Reach>,
    /// Other crates named by the first part of a path or a `use`.
    pub crates: Vec<(usize, String)>,
    /// Constructions that could hide a road.
    pub hidden: Vec<(usize, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Road,
    Sign(char),
}

/// Reads a file that stands at `module` (`["desk", "marriage"]`; empty for the crate's root).
pub fn read(text: &str, module: &[&str]) -> Reading {
    let tokens = tokens(text);
    let mut reading = Reading::default();
    let mut here: Vec<String> = module.iter().map(|part| (*part).to_owned()).collect();
    // For each open brace, whether it belongs to an inline module.
    let mut braces = Vec::new();
    let mut passed_on = false;
    let mut at = 0;
    while at < tokens.len() {
        let (line, token) = &tokens[at];
        let after_road = at > 0 && tokens[at - 1].1 == Token::Road;
        match token {
            Token::Word(word) if word == "mod" && is_sign(&tokens, at + 2, '{') => {
                here.push(word_at(&tokens, at + 1));
                braces.push(true);
                at += 3;
                continue;
            }
            Token::Sign('{') => braces.push(false),
            Token::Sign('}') if braces.pop() == Some(true) => {
                here.pop();
            }
            Token::Sign(';') => passed_on = false,
            Token::Word(word) if word == "pub" => {
                let mut next = at + 1;
                if is_sign(&tokens, next, '(') {
                    while next < tokens.len() && !is_sign(&tokens, next, ')') {
                        next += 1;
                    }
                    next += 1;
                }
                passed_on = matches!(word_at(&tokens, next).as_str(), "use" | "type");
            }
            Token::Word(word)
                if word == "path" && is_sign(&tokens, at + 1, '=') && is_sign(&tokens, at.wrapping_sub(1), '[') =>
            {
                reading.hidden.push((*line, "#[path]".to_owned()));
            }
            Token::Word(word) if word == "extern" && word_at(&tokens, at + 1) == "crate" => {
                reading.hidden.push((*line, "extern crate".to_owned()));
                at += 2;
            }
            Token::Word(word) if !after_road && matches!(word.as_str(), "crate" | "super" | "self" | "guitai") => {
                let road = tokens.get(at + 1).map(|(_, token)| token) == Some(&Token::Road);
                let renamed = word != "self" && word_at(&tokens, at + 1) == "as";
                if road || renamed {
                    let mut found = Vec::new();
                    at = follow(&tokens, at, Some(here.clone()), &mut found);
                    let found = found.into_iter().flatten();
                    let leaves = found.filter(|path| path.first() != here.first() || path.is_empty());
                    reading.reaches.extend(leaves.map(|path| Reach {
                        line: *line,
                        path,
                        passed_on,
                    }));
                    continue;
                }
            }
            Token::Word(word) if !after_road => {
                let used = at > 0 && tokens[at - 1].1 == Token::Word("use".to_owned());
                if used || tokens.get(at + 1).map(|(_, token)| token) == Some(&Token::Road) {
                    reading.crates.push((*line, word.clone()));
                }
            }
            _ => {}
        }
        at += 1;
    }
    reading
}

/// Follows a path or a group from `at`; adds each end, seen from the root, and returns the place behind.
/// `None` as a place is a path that left the house by too many `super`.
fn follow(
    tokens: &[(usize, Token)],
    mut at: usize,
    mut place: Option<Vec<String>>,
    ends: &mut Vec<Option<Vec<String>>>,
) -> usize {
    loop {
        match tokens.get(at).map(|(_, token)| token) {
            Some(Token::Word(word)) => {
                match word.as_str() {
                    "crate" | "guitai" => place = Some(Vec::new()),
                    "super" => {
                        if let Some(parts) = &mut place {
                            parts.pop();
                        }
                    }
                    "self" => {}
                    _ => {
                        if let Some(parts) = &mut place {
                            parts.push(word.clone());
                        }
                    }
                }
                at += 1;
            }
            Some(Token::Sign('{')) => {
                at += 1;
                while at < tokens.len() && !is_sign(tokens, at, '}') {
                    if is_sign(tokens, at, ',') {
                        at += 1;
                        continue;
                    }
                    let before = at;
                    at = follow(tokens, at, place.clone(), ends);
                    if word_at(tokens, at) == "as" {
                        at += 2;
                    }
                    at = at.max(before + 1);
                }
                return at + 1;
            }
            Some(Token::Sign('*')) => {
                ends.push(place);
                return at + 1;
            }
            _ => {
                ends.push(place);
                return at;
            }
        }
        if tokens.get(at).map(|(_, token)| token) == Some(&Token::Road) {
            at += 1;
        } else {
            ends.push(place);
            return at;
        }
    }
}

fn is_sign(tokens: &[(usize, Token)], at: usize, sign: char) -> bool {
    matches!(tokens.get(at), Some((_, Token::Sign(found))) if *found == sign)
}

fn word_at(tokens: &[(usize, Token)], at: usize) -> String {
    match tokens.get(at) {
        Some((_, Token::Word(word))) => word.clone(),
        _ => String::new(),
    }
}

fn tokens(text: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    let peek = |at: usize| chars.get(at).copied().unwrap_or('\0');
    while at < chars.len() {
        let c = chars[at];
        let start = at;
        match c {
            '\n' => at += 1,
            '/' if peek(at + 1) == '/' => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
            }
            '/' if peek(at + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (peek(at), peek(at + 1)) {
                        ('/', '*') => (depth, at) = (depth + 1, at + 2),
                        ('*', '/') => (depth, at) = (depth - 1, at + 2),
                        _ => at += 1,
                    }
                    if depth == 0 || at >= chars.len() {
                        break;
                    }
                }
            }
            '"' => at = past_string(&chars, at),
            '\'' => {
                // A character, or a lifetime or label, which is no token of a path.
                if peek(at + 1) == '\\' {
                    at += 3;
                    while at < chars.len() && chars[at] != '\'' {
                        at += 1;
                    }
                    at += 1;
                } else if peek(at + 2) == '\'' {
                    at += 3;
                } else {
                    at += 1;
                    while peek(at) == '_' || peek(at).is_alphanumeric() {
                        at += 1;
                    }
                }
            }
            _ if c == '_' || c.is_alphabetic() => {
                while peek(at) == '_' || peek(at).is_alphanumeric() {
                    at += 1;
                }
                let word: String = chars[start..at].iter().collect();
                let raw = matches!(word.as_str(), "r" | "br" | "cr");
                if raw
                    && matches!(peek(at), '"' | '#')
                    && (peek(at) == '"' || peek(at + 1) == '"' || peek(at + 1) == '#')
                {
                    at = past_raw_string(&chars, at);
                } else if word == "r" && peek(at) == '#' {
                    at += 1;
                } else if !(matches!(word.as_str(), "b" | "c") && matches!(peek(at), '"' | '\'')) {
                    tokens.push((line, Token::Word(word)));
                }
            }
            ':' if peek(at + 1) == ':' => {
                tokens.push((line, Token::Road));
                at += 2;
            }
            _ => {
                if !c.is_whitespace() {
                    tokens.push((line, Token::Sign(c)));
                }
                at += 1;
            }
        }
        line += chars[start..at.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn past_string(chars: &[char], mut at: usize) -> usize {
    at += 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn past_raw_string(chars: &[char], mut at: usize) -> usize {
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    at += hashes + 1;
    while at < chars.len() {
        if chars[at] == '"' && chars[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes {
            return at + 1 + hashes;
        }
        at += 1;
    }
    at
}
