//! What became of a case (发证): outcome, number, and its papers with how far each one is printed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Caret, Page, printing};
use crate::desk::{Outcome, Problem, StoredDocument, Submitted};
use crate::domain::document::Mode;
use crate::tui::cells::{pad, put};
use crate::tui::effect::{Ask, Printout, Reply, Ticket};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Overlay, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN, of_mark};
use crate::tui::widgets::{first_shown, row};
use crate::tui::words::{self, Word};

/// How far a paper is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Printed {
    Not,
    Running,
    /// As a file; no printer is known.
    Written,
    /// A printer has the copy of this id; whether it came out nobody said yet.
    Sent(i64),
    Done,
    Failed,
}

/// A paper of the case.
#[derive(Debug)]
struct Paper {
    document: StoredDocument,
    printed: Printed,
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

impl Printed {
    fn mark(self) -> &'static str {
        match self {
            Self::Not | Self::Running | Self::Sent(_) => ".",
            Self::Written | Self::Done => "√",
            Self::Failed => "!",
        }
    }

    fn word(self) -> Word {
        match self {
            Self::Not => words::NOT_PRINTED,
            Self::Running => words::PRINTING,
            Self::Written => words::WRITTEN,
            Self::Sent(_) => words::SENT,
            Self::Done => words::PRINTED,
            Self::Failed => words::PRINT_FAILED,
        }
    }
}

impl Done {
    /// What a case handed in came to.
    pub fn new(submitted: Submitted) -> Self {
        let paper = |document| Paper {
            document,
            printed: Printed::Not,
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
            Outcome::Registered => words::DONE_REGISTERED,
            Outcome::Settled => words::DONE_SETTLED,
            Outcome::Recorded => words::DONE_RECORDED,
            Outcome::Accepted => words::DONE_ACCEPTED,
            Outcome::Refused | Outcome::Incomplete => words::DONE_REFUSED,
        }
    }

    /// F9: every paper of which no copy came out.
    fn print_all(&mut self, shared: &mut Shared) {
        let left = |paper: &&Paper| matches!(paper.printed, Printed::Not | Printed::Failed);
        let ids: Vec<i64> = self.papers.iter().filter(left).map(|paper| paper.document.id).collect();
        if ids.is_empty() {
            let said = words::ALL_PRINTED.say(shared.lang);
            return shared.tell(" ", said);
        }
        self.print(shared, ids, String::new());
    }

    /// Enter: the chosen paper; one more copy of it needs a reason.
    fn print_chosen(&mut self, shared: &mut Shared) {
        let Some(paper) = self.papers.get(self.at) else { return };
        let id = paper.document.id;
        match paper.printed {
            Printed::Not | Printed::Failed => self.print(shared, vec![id], String::new()),
            Printed::Running => {}
            Printed::Written | Printed::Sent(_) | Printed::Done => {
                let lang = shared.lang;
                let help = match paper.document.document.blank() {
                    Some(serial) => words::PAGE_AGAIN_DONE_HELP.fill(lang, &[serial]),
                    None => words::ONE_MORE_HELP.say(lang).to_owned(),
                };
                let title = format!("{}  {}", words::ONE_MORE.say(lang), paper.document.document.title);
                let prompt = Prompt::new(About::Copy(id), &title, &help);
                shared.open(Overlay::Prompt(prompt.line(words::REASON.say(lang), "", true)));
            }
        }
    }

    fn print(&mut self, shared: &mut Shared, documents: Vec<i64>, reason: String) {
        for paper in &mut self.papers {
            if documents.contains(&paper.document.id) {
                paper.printed = Printed::Running;
            }
        }
        shared.ask(Ask::Print { documents, reason });
    }

    fn printed(&mut self, shared: &mut Shared, printouts: &[Printout]) {
        for printout in printouts {
            let papers = self.papers.iter_mut();
            for paper in papers.filter(|paper| paper.document.id == printout.document) {
                paper.printed = match (&printout.came, printout.sent) {
                    (Err(_), _) => Printed::Failed,
                    (Ok(_), true) => Printed::Sent(printout.print),
                    (Ok(_), false) => Printed::Written,
                };
            }
        }
        printing::tell(shared, printouts);
    }

    /// What a person said of copies that the printer got.
    fn came_out(&mut self, lost: &[i64]) {
        for paper in &mut self.papers {
            if let Printed::Sent(print) = paper.printed {
                paper.printed = match lost.contains(&print) {
                    true => Printed::Failed,
                    false => Printed::Done,
                };
            }
        }
    }
}

impl Page for Done {
    fn title(&self, shared: &Shared) -> String {
        format!("{}  {}", self.outcome().say(shared.lang), self.case)
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        vec![
            Command::usual(Action::Print, shared.lang),
            Command::named(Action::Up, words::HOME.say(shared.lang)),
        ]
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        match call {
            Call::Action(Action::Print) => self.print_all(shared),
            Call::Action(Action::Up) => shared.wish(Wish::Home),
            _ => {}
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        match key {
            Key::Down | Key::Tab => self.at = (self.at + 1).min(self.papers.len().saturating_sub(1)),
            Key::Up | Key::BackTab => self.at = self.at.saturating_sub(1),
            Key::Enter => self.print_chosen(shared),
            _ => {}
        }
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        if let Some(lost) = printing::told(shared, &told) {
            return self.came_out(&lost);
        }
        if let About::Copy(id) = told.about {
            self.print(shared, vec![id], told.texts.into_iter().next().unwrap_or_default());
        }
    }

    fn answer(&mut self, shared: &mut Shared, _: Ticket, reply: Result<Reply, Problem>) {
        match reply {
            Ok(Reply::Printed(printouts)) => self.printed(shared, &printouts),
            Ok(_) => {}
            Err(problem) => {
                for paper in self.papers.iter_mut().filter(|paper| paper.printed == Printed::Running) {
                    paper.printed = Printed::Failed;
                }
                shared.tell_problem(&problem);
            }
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
        for (label, text) in lines.into_iter().take(area.height.saturating_sub(1).into()) {
            put(buf, area.x + 3, y, area.width.saturating_sub(3), label.say(lang), BOLD);
            put(buf, area.x + 14, y, area.width.saturating_sub(14), &text, PLAIN);
            y += 1;
        }
        let rows = usize::from(area.bottom().saturating_sub(y));
        let first = first_shown(self.at, self.papers.len(), rows);
        for ((at, paper), y) in self.papers.iter().enumerate().skip(first).zip(y..area.bottom()) {
            let state = paper.printed;
            let document = &paper.document.document;
            let overlay = document.mode == Mode::Overlay;
            let how = pad(&printing::how(shared, &document.layout, overlay, document.blank()), 16);
            let text = format!("{} {how} {}", pad(&document.title, 34), state.word().say(lang));
            put(buf, area.x + 1, y, 2, state.mark(), of_mark(state.mark()));
            let line = Rect::new(area.x + 3, y, area.width.saturating_sub(6), 1);
            row(buf, line, &text, at == self.at);
        }
        None
    }
}
