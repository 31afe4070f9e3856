//! Finding (查找): one box for a name, pinyin, initials, an ID number or its end, a number; the list below answers to
//! digits, initials and pinyin. A card that is read finds its person.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Caret, Case, Page, Screen};
use crate::desk::{Found, FoundLine, Problem};
use crate::domain::id_number::{IdKind, IdNumber};
use crate::tui::cells::put;
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{Brought, Errand};
use crate::tui::event::Key;
use crate::tui::input::Input;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::labels::{self, Group};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::{Choice, ChoiceLine, columns, line, row};
use crate::tui::words::{self, Lang};

/// Most characters of a query.
const LONGEST: usize = 60;

/// Rows that PageDown passes.
const PAGE: usize = 10;

/// The find screen.
#[derive(Debug)]
pub struct Find {
    query: Input,
    /// What `found` is the answer to.
    sought: String,
    asked: Option<Ticket>,
    found: Option<Found>,
    list: Choice,
    in_list: bool,
}

impl Default for Find {
    fn default() -> Self {
        Self {
            query: Input::new("", Some(LONGEST)),
            sought: String::new(),
            asked: None,
            found: None,
            list: Choice::new(vec![], ""),
            in_list: false,
        }
    }
}

impl Find {
    fn lines(&self) -> &[FoundLine] {
        self.found.as_ref().map_or(&[], |found| &found.lines)
    }

    fn chosen(&self) -> Option<&FoundLine> {
        let at: usize = self.list.chosen()?.value.parse().ok()?;
        self.lines().get(at.checked_sub(1)?)
    }

    /// Searches, or goes into the list where this was sought already.
    fn search(&mut self, shared: &mut Shared) {
        let query = self.query.text().trim().to_owned();
        if query.is_empty() {
            return;
        }
        if query == self.sought && !self.lines().is_empty() {
            self.in_list = true;
            return;
        }
        self.sought.clone_from(&query);
        self.asked = Some(shared.ask_and_wait(Ask::Errand(Errand::Find(query))));
    }

    fn open(&self, shared: &mut Shared) {
        match self.chosen().map(|line| line.case.clone()) {
            Some(Some(case)) => shared.push(Screen::Case(Box::new(Case::new(&case)))),
            Some(None) => shared.tell(" ", words::ARCHIVE_ONLY.say(shared.lang)),
            None => {}
        }
    }

    fn list_of(found: &Found) -> Choice {
        let lines = (1..).zip(&found.lines).map(|(n, line): (usize, _)| {
            ChoiceLine::new(&n.to_string(), &line.first_name, "")
                .also(&line.second_name)
                .also(&line.number)
        });
        Choice::new(lines.collect(), "")
    }
}

/// Columns of a line, or of the headings.
fn table(n: &str, texts: [&str; 6]) -> String {
    let [number, first, second, day, state, confirmation] = texts;
    columns(&[
        (n, 2),
        (number, 20),
        (first, 10),
        (second, 10),
        (day, 10),
        (state, 8),
        (confirmation, 10),
    ])
}

fn row_of(lang: Lang, n: &str, line: &FoundLine) -> String {
    let state = labels::of(lang, Group::State, &line.state);
    // A voucher is the registry's own: there is nothing for the province to confirm.
    let confirmation = match line.kind.as_str() {
        "waiver" => "",
        _ => labels::of(lang, Group::Confirmation, &line.confirmation),
    };
    let day = line.registered_on.to_string();
    table(
        n,
        [
            &line.number,
            &line.first_name,
            &line.second_name,
            &day,
            state,
            confirmation,
        ],
    )
}

impl Page for Find {
    fn title(&self, shared: &Shared) -> String {
        words::FIND.say(shared.lang).to_owned()
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let nothing = self.chosen().is_none();
        let nothing = nothing.then(|| words::NOTHING_CHOSEN.say(shared.lang).to_owned());
        vec![
            Command::named(Action::GoOn, words::OPEN.say(shared.lang)).unless(nothing),
            Command::named(Action::Find, words::FIND_AGAIN.say(shared.lang)),
            Command::usual(Action::Up, shared.lang),
        ]
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        match call {
            Call::Action(Action::GoOn) => self.open(shared),
            Call::Action(Action::Find) => {
                self.query = Input::new("", Some(LONGEST));
                self.in_list = false;
            }
            _ => shared.wish(Wish::Up),
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        match key {
            Key::Tab | Key::BackTab => self.in_list = !self.in_list && !self.lines().is_empty(),
            Key::Enter if self.in_list => self.open(shared),
            Key::Enter => self.search(shared),
            Key::Down if !self.in_list => self.in_list = !self.lines().is_empty(),
            Key::Backspace if self.in_list && self.list.query().is_empty() => self.in_list = false,
            key if self.in_list => drop(self.list.key(key, PAGE)),
            key => drop(self.query.key(key)),
        }
    }

    fn text(&mut self, shared: &mut Shared, text: &str, typed: usize) {
        if let Some(id) = id_in(text) {
            self.query = Input::new(&id, Some(LONGEST));
            self.in_list = false;
            self.search(shared);
        } else if self.in_list {
            self.list.text(text, typed);
        } else {
            self.query.paste(text, typed);
        }
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        if self.asked.take() != Some(ticket) {
            return;
        }
        match reply {
            Ok(Reply::Brought(Brought::Found(found))) => {
                self.list = Self::list_of(&found);
                self.in_list = !found.lines.is_empty();
                self.found = Some(found);
            }
            Ok(_) => {}
            Err(problem) => {
                self.sought.clear();
                shared.tell_problem(&problem);
            }
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        let plain = |text| Note { mark: " ", text };
        let mut notes = vec![];
        if let Some(line) = self.chosen().filter(|_| self.in_list) {
            let [first, second] = [(&line.first_name, &line.first_id), (&line.second_name, &line.second_id)]
                .map(|(name, id)| format!("{name} {id}"));
            notes.push(plain(format!("{first}   {second}")));
        }
        let said = if self.in_list {
            words::FOUND_HELP
        } else {
            words::FIND_HELP
        };
        notes.push(plain(said.say(shared.lang).to_owned()));
        notes
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let label = words::FIND.say(shared.lang);
        let x = area.x + 1;
        let after = put(
            buf,
            x,
            area.y + 1,
            area.width - 1,
            label,
            if self.in_list { PLAIN } else { BOLD },
        );
        let room = (area.right().saturating_sub(after + 2)).min(40);
        let field = Rect::new(after + 2, area.y + 1, room, 1);
        let mut caret = line(buf, field, &self.query, !self.in_list);
        let Some(found) = &self.found else { return caret };
        let said = self.count(shared, found);
        let beside = field.right() + 2;
        put(
            buf,
            beside,
            area.y + 1,
            area.right().saturating_sub(beside),
            &said,
            PLAIN,
        );
        if found.lines.is_empty() {
            put(
                buf,
                x,
                area.y + 3,
                area.width - 1,
                words::FOUND_NONE.say(shared.lang),
                PLAIN,
            );
            return caret;
        }
        let head = table("", words::FOUND_HEAD.map(|word| word.say(shared.lang)));
        put(buf, area.x + 2, area.y + 2, area.width.saturating_sub(2), &head, BOLD);
        let rows = area.height.saturating_sub(3);
        for (y, (choice, chosen)) in (area.y + 3..area.bottom()).zip(self.list.seen(rows.into())) {
            let known = choice
                .value
                .parse::<usize>()
                .ok()
                .and_then(|n| found.lines.get(n.checked_sub(1)?));
            let text = known
                .map(|known| row_of(shared.lang, &choice.value, known))
                .unwrap_or_default();
            row(buf, Rect::new(area.x, y, area.width, 1), &text, chosen);
        }
        if self.in_list && !self.list.query().is_empty() {
            let narrowed = format!("{} ", words::NARROWED.say(shared.lang));
            let at = put(
                buf,
                beside,
                area.y,
                area.right().saturating_sub(beside),
                &narrowed,
                BOLD,
            );
            let room = Rect::new(at, area.y, area.right().saturating_sub(at + 1), 1);
            caret = line(buf, room, self.list.query(), true).or(caret);
        }
        caret
    }
}

impl Find {
    /// How many there are, and that there are more.
    fn count(&self, shared: &Shared, found: &Found) -> String {
        let n = found.lines.len().to_string();
        let said = if found.more {
            words::FOUND_MORE
        } else {
            words::FOUND_COUNT
        };
        said.fill(shared.lang, &[&n])
    }
}

/// The ID number in what a reader typed.
fn id_in(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut found = words.filter(|word| IdNumber::parse(IdKind::ResidentId, word).is_ok());
    found.next().map(str::to_uppercase)
}
