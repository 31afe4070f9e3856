//! A question with one line to fill in, or two: a reason, a value with its reason, yes or no.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{About, Then, Told};
use crate::tui::cells::{centred, put, window};
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::screens::Caret;
use crate::tui::state::Shared;
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::{chosen, line, widest};
use crate::tui::words;
use crate::tui::wrap::wrap;

/// Most characters of a line.
const LONGEST: usize = 200;

/// A line to fill in.
#[derive(Debug)]
struct Asked {
    label: String,
    input: Input,
    /// What stood in it when it was asked: the first character typed replaces it.
    fresh: bool,
    required: bool,
    secret: bool,
}

/// A question.
#[derive(Debug)]
pub struct Prompt {
    about: About,
    title: String,
    help: String,
    lines: Vec<Asked>,
    at: usize,
    /// Letters that answer at once, where it has no lines.
    letters: &'static str,
}

impl Prompt {
    /// A question without lines yet.
    pub fn new(about: About, title: &str, help: &str) -> Self {
        Self {
            about,
            title: title.to_owned(),
            help: help.to_owned(),
            lines: vec![],
            at: 0,
            letters: "",
        }
    }

    /// With one more line; a required one must not stay empty.
    #[must_use]
    pub fn line(self, label: &str, text: &str, required: bool) -> Self {
        self.asking(label, text, required, false)
    }

    /// With one more required line that shows stars.
    #[must_use]
    pub fn secret(self, label: &str) -> Self {
        self.asking(label, "", true, true)
    }

    fn asking(mut self, label: &str, text: &str, required: bool, secret: bool) -> Self {
        self.lines.push(Asked {
            label: label.to_owned(),
            input: Input::new(text, Some(LONGEST)),
            fresh: !text.is_empty(),
            required,
            secret,
        });
        self
    }

    /// With letters one of which is the answer.
    #[must_use]
    pub fn letters(mut self, letters: &'static str) -> Self {
        self.letters = letters;
        self
    }

    /// Enter goes through the lines; behind the last one it answers, if nothing required is missing.
    pub fn key(&mut self, shared: &mut Shared, key: Key) -> Then {
        let last = self.lines.len().saturating_sub(1);
        match key {
            Key::Char(c) if self.letters.contains(c) => return self.tell(vec![c.to_string()]),
            Key::Enter if self.letters.is_empty() => {
                let missing = |asked: &Asked| asked.required && asked.input.text().trim().is_empty();
                match self.lines.iter().position(missing) {
                    Some(at) if self.at == last || at <= self.at => {
                        self.at = at;
                        let label = self.lines.get(at).map(|asked| asked.label.as_str()).unwrap_or_default();
                        let said = words::FILL_IN.fill(shared.lang, &[label]);
                        shared.tell("!", said);
                    }
                    None if self.at >= last => {
                        let texts = self.lines.iter().map(|asked| asked.input.text().trim().to_owned());
                        return self.tell(texts.collect());
                    }
                    _ => self.at += 1,
                }
            }
            Key::Tab | Key::Down => self.at = if self.at >= last { 0 } else { self.at + 1 },
            Key::BackTab | Key::Up => self.at = self.at.checked_sub(1).unwrap_or(last),
            key => {
                if let Some(asked) = self.lines.get_mut(self.at) {
                    if let (Key::Char(_), true) = (key, asked.fresh) {
                        asked.input = Input::new("", Some(LONGEST));
                    }
                    asked.fresh &= !asked.input.key(key);
                }
            }
        }
        Then::Stay
    }

    fn tell(&self, texts: Vec<String>) -> Then {
        Then::Tell(Told {
            about: self.about.clone(),
            texts,
        })
    }

    /// Takes a paste.
    pub fn text(&mut self, text: &str, typed: usize) {
        if let Some(asked) = self.lines.get_mut(self.at) {
            if std::mem::take(&mut asked.fresh) {
                asked.input = Input::new("", Some(LONGEST));
            }
            asked.input.paste(text, typed);
        }
    }

    /// Draws it.
    pub fn view(&self, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let width = area.width.min(66);
        let said = wrap(&self.help, width.saturating_sub(4));
        let count = |n: usize| u16::try_from(n).unwrap_or(1);
        let height = count(said.len()) + count(self.lines.len()) + 3;
        let inner = window(buf, centred(area, width, height), &self.title, PLAIN);
        let mut y = inner.y;
        for text in &said {
            put(buf, inner.x, y, inner.width, text, PLAIN);
            y += 1;
        }
        let labels = widest(self.lines.iter().map(|asked| asked.label.as_str())) + 2;
        let mut caret = None;
        for (at, asked) in self.lines.iter().enumerate() {
            y += 1;
            if y >= inner.bottom() {
                break;
            }
            let here = at == self.at;
            put(buf, inner.x, y, labels, &asked.label, if here { BOLD } else { PLAIN });
            let room = Rect::new(inner.x + labels, y, inner.width.saturating_sub(labels + 1), 1);
            if here && asked.fresh {
                caret = Some(chosen(buf, room, asked.input.text()));
                continue;
            }
            let stars = asked
                .secret
                .then(|| Input::new(&"*".repeat(asked.input.text().chars().count()), None));
            caret = line(buf, room, stars.as_ref().unwrap_or(&asked.input), here).or(caret);
        }
        caret
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing;

    fn typed(prompt: &mut Prompt, keys: &str) -> Then {
        let mut state = testing::state();
        let mut last = Then::Stay;
        for c in keys.chars() {
            let key = if c == '\n' { Key::Enter } else { Key::Char(c) };
            last = prompt.key(&mut state.shared, key);
        }
        last
    }

    #[test]
    fn a_required_reason_is_asked_for_until_it_stands() {
        let about = About::Confirm("r".to_owned());
        let mut prompt = Prompt::new(about.clone(), "t", "h").line("原因", "", true);
        assert_eq!(typed(&mut prompt, "\n \n"), Then::Stay);
        let texts = vec!["看过判决书".to_owned()];
        assert_eq!(typed(&mut prompt, "看过判决书\n"), Then::Tell(Told { about, texts }));
    }

    #[test]
    fn a_value_and_its_reason_are_two_lines() {
        let about = About::Override("man.sex".to_owned());
        let mut prompt = Prompt::new(about.clone(), "t", "h")
            .line("值", "", false)
            .line("原因", "", true);
        let texts = vec!["1".to_owned(), "证".to_owned()];
        assert_eq!(typed(&mut prompt, "1\n证\n"), Then::Tell(Told { about, texts }));
    }

    #[test]
    fn what_stands_in_a_line_is_replaced_by_typing_and_edited_behind_an_arrow() {
        let about = About::Override("man.birth".to_owned());
        let asked = || Prompt::new(about.clone(), "t", "h").line("值", "1990-03-07", false);
        let told = |text: &str| {
            Then::Tell(Told {
                about: about.clone(),
                texts: vec![text.to_owned()],
            })
        };
        assert_eq!(typed(&mut asked(), "19900308\n"), told("19900308"));
        assert_eq!(typed(&mut asked(), "\n"), told("1990-03-07"));
        let mut edited = asked();
        edited.key(&mut testing::state().shared, Key::Backspace);
        assert_eq!(typed(&mut edited, "8\n"), told("1990-03-08"));
    }

    #[test]
    fn an_enter_on_an_empty_reason_says_what_is_missing() {
        let mut state = testing::state();
        let mut prompt = Prompt::new(About::Confirm("r".to_owned()), "t", "h").line("原因", "", true);
        assert_eq!(prompt.key(&mut state.shared, Key::Enter), Then::Stay);
        assert!(state.shared.note.is_some_and(|note| note.text.contains("原因")));
    }

    #[test]
    fn a_letter_answers_at_once() {
        let about = About::CameOut(7);
        let mut prompt = Prompt::new(about.clone(), "t", "h").letters("yn");
        assert_eq!(typed(&mut prompt, "x"), Then::Stay);
        let texts = vec!["y".to_owned()];
        assert_eq!(typed(&mut prompt, "y"), Then::Tell(Told { about, texts }));
    }
}
