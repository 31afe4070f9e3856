//! What became of a case (发证): outcome, number, and its papers with how far each one is printed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Caret, Page};
use crate::desk::{Outcome, StoredDocument, Submitted};
use crate::tui::cells::{pad, put};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::{first_shown, row};
use crate::tui::words::{self, Word};

/// A paper and how far it is printed.
#[derive(Debug)]
struct Paper {
    document: StoredDocument,
    state: Word,
}

/// A case that was decided.
#[derive(Debug)]
pub struct Done {
    outcome: Outcome,
    case: String,
    number: Option<String>,
    papers: Vec<Paper>,
    at: usize,
}

impl Done {
    /// What a case handed in came to.
    pub fn new(submitted: Submitted) -> Self {
        let paper = |document| Paper {
            document,
            state: words::NOT_PRINTED,
        };
        Self {
            outcome: submitted.outcome,
            case: submitted.case.unwrap_or_default(),
            number: submitted.number,
            papers: submitted.documents.into_iter().map(paper).collect(),
            at: 0,
        }
    }

    fn outcome(&self) -> Word {
        match self.outcome {
            Outcome::Registered | Outcome::Settled => words::DONE_REGISTERED,
            Outcome::Recorded => words::DONE_RECORDED,
            Outcome::Accepted => words::DONE_ACCEPTED,
            Outcome::Refused | Outcome::Incomplete => words::DONE_REFUSED,
        }
    }
}

impl Page for Done {
    fn title(&self, shared: &Shared) -> String {
        format!("{}  {}", self.outcome().say(shared.lang), self.case)
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        vec![Command::named(Action::Up, words::HOME.say(shared.lang))]
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        if call == Call::Action(Action::Up) {
            shared.wish(Wish::Home);
        }
    }

    fn key(&mut self, _: &mut Shared, key: Key) {
        match key {
            Key::Down | Key::Tab => self.at = (self.at + 1).min(self.papers.len().saturating_sub(1)),
            Key::Up | Key::BackTab => self.at = self.at.saturating_sub(1),
            _ => {}
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        vec![Note {
            mark: " ",
            text: words::DONE_HELP.say(shared.lang).to_owned(),
        }]
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let lang = shared.lang;
        let lines = [
            (self.outcome(), String::new()),
            (words::NUMBER, self.number.clone().unwrap_or_default()),
            (words::CASE, self.case.clone()),
            (words::PAPERS, String::new()),
        ];
        let mut y = area.y + 1;
        for (label, text) in lines {
            put(buf, area.x + 3, y, area.width, label.say(lang), BOLD);
            put(buf, area.x + 14, y, area.width.saturating_sub(14), &text, PLAIN);
            y += 1;
        }
        let rows = usize::from(area.bottom().saturating_sub(y));
        let first = first_shown(self.at, self.papers.len(), rows);
        for ((at, paper), y) in self.papers.iter().enumerate().skip(first).zip(y..area.bottom()) {
            let text = format!("{} {}", pad(&paper.document.document.title, 40), paper.state.say(lang));
            row(
                buf,
                Rect::new(area.x + 3, y, area.width.saturating_sub(6), 1),
                &text,
                at == self.at,
            );
        }
        None
    }
}
