//! Blanks (库存): what is there by kind and by desk, with serials; receiving, giving to a desk, spoiling, and blocks of
//! numbers.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Caret, Page};
use crate::desk::{Permission, Problem, StockView};
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{Brought, Errand};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::labels::{self, Group};
use crate::tui::overlays::{About, Matter, Overlay, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::{Reading, columns};
use crate::tui::words::{self, Lang, Word};

/// An act: its digit, its words, who may, what is asked for.
struct Act {
    digit: char,
    word: Word,
    help: Word,
    permission: Permission,
    matter: Matter,
    lines: &'static [Word],
}

/// Every act.
const ACTS: [Act; 4] = [
    Act {
        digit: '1',
        word: words::RECEIVE,
        help: words::RECEIVE_HELP,
        permission: Permission::Stock,
        matter: Matter::Receive,
        lines: &[
            words::BLANK_KIND,
            words::FIRST_SERIAL,
            words::LAST_SERIAL,
            words::BLANK_SOURCE,
        ],
    },
    Act {
        digit: '2',
        word: words::GIVE,
        help: words::GIVE_HELP,
        permission: Permission::Stock,
        matter: Matter::Issue,
        lines: &[words::FIRST_SERIAL, words::LAST_SERIAL, words::TO_DESK],
    },
    Act {
        digit: '3',
        word: words::SPOIL,
        help: words::SPOIL_BLANK_HELP,
        permission: Permission::Spoil,
        matter: Matter::SpoilBlank,
        lines: &[words::SERIAL, words::REASON],
    },
    Act {
        digit: '4',
        word: words::OPEN_BLOCK,
        help: words::OPEN_BLOCK_HELP,
        permission: Permission::OpenBlock,
        matter: Matter::OpenBlock,
        lines: &[words::FIRST_NUMBER, words::LAST_NUMBER, words::REASON],
    },
];

/// The stock screen.
#[derive(Debug, Default)]
pub struct Stock {
    view: Option<StockView>,
    asked: Option<Ticket>,
    /// What was asked to be done, and what was typed for it, until it is done.
    doing: Option<(Ticket, Told)>,
    at: Reading,
}

impl Stock {
    fn fetch(&mut self, shared: &mut Shared) {
        let today = shared.now.date();
        self.asked = Some(shared.ask(Ask::Errand(Errand::Stock(today))));
    }

    /// Asks for what an act needs; what was typed before stands in it.
    fn ask(shared: &mut Shared, act: &Act, typed: &[String]) {
        let lang = shared.lang;
        let about = About::Matter(act.matter.clone());
        let fresh = Prompt::new(about, act.word.say(lang), act.help.say(lang));
        let prompt = act.lines.iter().enumerate().fold(fresh, |prompt, (n, label)| {
            let text = match typed.get(n) {
                Some(text) => text,
                None if *label == words::BLANK_KIND => "1",
                None => "",
            };
            prompt.line(label.say(lang), text, true)
        });
        shared.open(Overlay::Prompt(prompt));
    }

    fn lines(&self, lang: Lang) -> Vec<(String, Style)> {
        let mut lines = vec![];
        let Some(view) = &self.view else { return lines };
        let head = [
            words::BLANK_KIND,
            words::OPENING,
            words::RECEIVED,
            words::USED,
            words::SPOILED,
            words::CLOSING,
        ];
        let [kind, rest @ ..] = head.map(|word| word.say(lang));
        lines.push((table(kind, rest), BOLD));
        for line in &view.lines {
            let figures = [line.opening, line.received, line.used, line.spoiled, line.closing].map(|n| n.to_string());
            let kind = labels::of(lang, Group::Kind, &line.kind);
            lines.push((table(kind, figures.each_ref().map(String::as_str)), PLAIN));
            let serials = line.closing_serials.iter();
            lines.extend(serials.map(|range| (format!("    {range}"), PLAIN)));
        }
        if view.lines.is_empty() {
            lines.push((words::NO_STOCK.say(lang).to_owned(), PLAIN));
        }
        lines.push((String::new(), PLAIN));
        lines.push((words::WHERE_BLANKS.say(lang).to_owned(), BOLD));
        for held in &view.held {
            let kind = labels::of(lang, Group::Kind, &held.kind);
            let place = match held.desk.as_str() {
                "" => words::STORE_ROOM.say(lang).to_owned(),
                desk => words::DESK.fill(lang, &[desk]),
            };
            let n = words::BOOKLETS.fill(lang, &[&held.n.to_string()]);
            let first = words::FROM_SERIAL.fill(lang, &[&held.first]);
            lines.push((columns(&[(kind, 10), (&place, 14), (&n, 10), (&first, 40)]), PLAIN));
        }
        lines
    }
}

fn table(kind: &str, figures: [&str; 5]) -> String {
    let figures = figures.map(|figure| {
        let blanks = 8_usize.saturating_sub(crate::tui::cells::width(figure).into());
        format!("{}{figure}", " ".repeat(blanks))
    });
    columns(&[(kind, 12)]) + &figures.concat()
}

/// The kind of blank that a digit or a word means; what was typed, where it means none.
fn kind_of(typed: &str) -> &str {
    match typed {
        "1" | "结婚证" => "marriage",
        "2" | "离婚证" => "divorce",
        other => other,
    }
}

impl Page for Stock {
    fn title(&self, shared: &Shared) -> String {
        words::STOCK.say(shared.lang).to_owned()
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let command = |act: &Act| {
            let why_not = (!shared.may(act.permission)).then(|| words::NOT_YOURS.say(lang).to_owned());
            Command::letter(act.digit, act.word.say(lang)).unless(why_not)
        };
        let up = Command::usual(Action::Up, lang);
        ACTS.iter().map(command).chain([up]).collect()
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        let Call::Letter(digit) = call else {
            return shared.wish(Wish::Up);
        };
        if let Some(act) = ACTS.iter().find(|act| act.digit == digit) {
            Self::ask(shared, act, &[]);
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        let count = self.lines(shared.lang).len();
        self.at.key(key, count);
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        let texts: Vec<&str> = told.texts.iter().map(String::as_str).collect();
        let About::Matter(matter) = &told.about else { return };
        let errand = match (matter, texts.as_slice()) {
            (Matter::Receive, [kind, first, last, source]) => Errand::Receive {
                kind: kind_of(kind).to_owned(),
                first: (*first).to_owned(),
                last: (*last).to_owned(),
                source: (*source).to_owned(),
            },
            (Matter::Issue, [first, last, desk]) => Errand::Issue {
                first: (*first).to_owned(),
                last: (*last).to_owned(),
                desk: (*desk).to_owned(),
            },
            (Matter::SpoilBlank, [serial, reason]) => Errand::SpoilBlank {
                serial: (*serial).to_owned(),
                reason: (*reason).to_owned(),
            },
            (Matter::OpenBlock, [first, last, reason]) => Errand::OpenBlock {
                first: (*first).to_owned(),
                last: (*last).to_owned(),
                reason: (*reason).to_owned(),
            },
            _ => return,
        };
        let ticket = shared.ask_and_wait(Ask::Errand(errand));
        self.doing = Some((ticket, told));
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.fetch(shared);
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        let done = self.doing.take_if(|(known, _)| *known == ticket);
        match reply {
            Ok(Reply::Brought(Brought::Stock(view))) if self.asked == Some(ticket) => self.view = Some(view),
            Ok(reply) if done.is_some() => {
                let said = match reply {
                    Reply::Brought(Brought::Blanks(n)) => words::MOVED.fill(shared.lang, &[&n.to_string()]),
                    _ => words::DONE.say(shared.lang).to_owned(),
                };
                self.fetch(shared);
                shared.tell("√", said);
            }
            Ok(_) => {}
            Err(problem) => {
                // What was typed is not lost: the question stands again, to be put right.
                if let Some((_, told)) = done {
                    let act = ACTS.iter().find(|act| told.about == About::Matter(act.matter.clone()));
                    act.into_iter().for_each(|act| Self::ask(shared, act, &told.texts));
                }
                shared.tell_problem(&problem);
            }
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        vec![Note {
            mark: " ",
            text: words::STOCK_HELP.say(shared.lang).to_owned(),
        }]
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let body = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        };
        self.at.view(buf, body, &self.lines(shared.lang));
        None
    }
}
