//! Accounts (账号): the list, and what an administrator does to one: roles, licence, password, disabling.

mod ask;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Caret, Page};
use crate::desk::{AccountLine, NewAccount, Permission, Problem, Role, Roles};
use crate::domain::date::parse_typed;
use crate::tui::cells::put;
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{AccountChange, Brought, Errand};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Matter, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::{Choice, ChoiceLine, columns, line, row};
use crate::tui::words::{self, Lang};

/// Rows that PageDown passes.
const PAGE: usize = 10;

/// Widths of the columns: account, person, roles, licence, state.
const WIDTHS: [u16; 5] = [14, 14, 22, 11, 8];

/// The screen of accounts.
#[derive(Debug)]
pub struct Accounts {
    all: Vec<AccountLine>,
    list: Choice,
    asked: Option<Ticket>,
    /// What was asked to be done, and what was typed for it, until it is done.
    doing: Option<(Ticket, Told)>,
}

impl Default for Accounts {
    fn default() -> Self {
        Self {
            all: vec![],
            list: Choice::new(vec![], ""),
            asked: None,
            doing: None,
        }
    }
}

impl Accounts {
    fn chosen(&self) -> Option<&AccountLine> {
        let name = &self.list.chosen()?.value;
        self.all.iter().find(|account| account.name == *name)
    }

    fn list(&mut self, lang: Lang, all: Vec<AccountLine>) {
        let kept = self.list.chosen().map(|line| line.value.clone());
        let line = |account: &AccountLine| {
            let line = ChoiceLine::new(&account.name, &account.display, "");
            line.also(&role_words(lang, account.roles))
        };
        self.list = Choice::new(all.iter().map(line).collect(), "");
        for _ in 0..all.len() {
            if kept.is_none() || self.list.chosen().map(|line| &line.value) == kept.as_ref() {
                break;
            }
            self.list.key(Key::Down, PAGE);
        }
        self.all = all;
    }

    /// What a person wants done, as an errand; what is wrong with it otherwise.
    fn errand(&self, shared: &Shared, told: &Told) -> Result<Errand, String> {
        let About::Matter(matter) = &told.about else {
            return Err(String::new());
        };
        let texts: Vec<&str> = told.texts.iter().map(String::as_str).collect();
        let same = |new: &str, again: &str| match new == again {
            true => Ok(new.to_owned()),
            false => Err(words::PASSWORDS_DIFFER.say(shared.lang).to_owned()),
        };
        let change = |name: &String, change| Errand::ChangeAccount {
            name: name.clone(),
            change,
        };
        Ok(match (matter, texts.as_slice()) {
            (Matter::NewAccount, [name, display, roles, until, new, again]) => Errand::NewAccount(NewAccount {
                name: (*name).to_owned(),
                display: (*display).to_owned(),
                roles: self::roles(shared, roles)?,
                licence_until: licence(shared, until)?,
                password: same(new, again)?,
            }),
            (Matter::Roles(name), [roles]) => change(name, AccountChange::Roles(self::roles(shared, roles)?)),
            (Matter::Licence(name), [until]) => change(name, AccountChange::Licence(licence(shared, until)?)),
            (Matter::Password(name), [new, again]) => change(name, AccountChange::Password(same(new, again)?)),
            (Matter::Disable(name, disabled), _) => change(name, AccountChange::Disabled(*disabled)),
            _ => return Err(String::new()),
        })
    }
}

/// Digits of the roles' table, or their names.
fn roles(shared: &Shared, typed: &str) -> Result<Roles, String> {
    let digits: Option<Vec<usize>> = typed
        .chars()
        .filter(|c| !matches!(c, ' ' | ',' | '，' | '、'))
        .map(|c| usize::try_from(c.to_digit(10)?).ok()?.checked_sub(1))
        .collect();
    let chosen = digits.map(|digits| {
        let known = digits.into_iter().filter_map(|digit| Role::ALL.get(digit));
        Roles::new(&known.map(|(role, ..)| *role).collect::<Vec<_>>())
    });
    let none = |_| words::NO_ROLES.fill(shared.lang, &[typed, &ask::roles_help(shared)]);
    match chosen {
        Some(Ok(roles)) => Ok(roles),
        // Digits of roles that one person must not have together, or of none at all.
        Some(Err(problem)) => Err(match shared.lang {
            Lang::Zh => problem.to_string(),
            Lang::En => problem.english(),
        }),
        None => Roles::parse(typed).map_err(none),
    }
}

/// A day, or nothing.
fn licence(shared: &Shared, typed: &str) -> Result<Option<chrono::NaiveDate>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    // A two-digit year lies ahead here, not behind.
    let latest = shared.now.date() + chrono::Months::new(12 * 50);
    let day = parse_typed(typed, latest).ok().and_then(|day| day.day());
    day.map(Some).ok_or_else(|| words::NO_DATE.fill(shared.lang, &[typed]))
}

/// The words of an account's roles.
fn role_words(lang: Lang, roles: Roles) -> String {
    let word = |role: Role| {
        Role::ALL
            .iter()
            .find(|(known, ..)| *known == role)
            .map(|(.., [zh, en])| lang.of(zh, en))
    };
    roles.iter().filter_map(word).collect::<Vec<_>>().join(" ")
}

fn state_of(account: &AccountLine) -> words::Word {
    match (account.disabled, account.locked) {
        (true, _) => words::DISABLED,
        (false, true) => words::LOCKED_OUT,
        (false, false) => words::IN_ORDER,
    }
}

fn row_of(lang: Lang, account: &AccountLine) -> String {
    let until = account.licence_until.map(|day| day.to_string()).unwrap_or_default();
    table([
        &account.name,
        &account.display,
        &role_words(lang, account.roles),
        &until,
        state_of(account).say(lang),
    ])
}

fn table(texts: [&str; 5]) -> String {
    columns(&std::array::from_fn::<_, 5, _>(|n| {
        (
            texts.get(n).copied().unwrap_or_default(),
            WIDTHS.get(n).copied().unwrap_or_default(),
        )
    }))
}

impl Page for Accounts {
    fn title(&self, shared: &Shared) -> String {
        words::ACCOUNTS.say(shared.lang).to_owned()
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let may = (!shared.may(Permission::Accounts)).then(|| words::NOT_YOURS.say(lang).to_owned());
        vec![
            Command::named(Action::GoOn, words::NEW_ACCOUNT.say(lang)).unless(may.clone()),
            Command::named(Action::List, words::ACCOUNT_ACTS.say(lang)).unless(may),
            Command::usual(Action::Up, lang),
        ]
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        match (call, self.chosen()) {
            (Call::Action(Action::GoOn), _) => ask::new_account(shared, &[]),
            (Call::Action(Action::List), Some(account)) => ask::what(shared, account),
            (Call::Action(Action::Up), _) => shared.wish(Wish::Up),
            _ => {}
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        match (key, self.chosen()) {
            (Key::Enter, Some(account)) if shared.may(Permission::Accounts) => ask::what(shared, account),
            (Key::Enter, _) => {}
            (key, _) => drop(self.list.key(key, PAGE)),
        }
    }

    fn text(&mut self, _: &mut Shared, text: &str, typed: usize) {
        self.list.text(text, typed);
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        if let About::Matter(Matter::Account(name)) = &told.about {
            let account = self.all.iter().find(|account| account.name == *name);
            let act = told.texts.first().map(String::as_str).unwrap_or_default();
            account
                .into_iter()
                .for_each(|account| ask::for_act(shared, account, act));
            return;
        }
        match self.errand(shared, &told) {
            Ok(errand) => {
                let ticket = shared.ask_and_wait(Ask::Errand(errand));
                self.doing = Some((ticket, told));
            }
            Err(wrong) => {
                ask::again(shared, &told);
                shared.tell("!", wrong);
            }
        }
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.asked = Some(shared.ask_and_wait(Ask::Errand(Errand::Accounts)));
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        let done = self.doing.take_if(|(known, _)| *known == ticket);
        match reply {
            Ok(Reply::Brought(Brought::Accounts(all))) if done.is_some() || self.asked == Some(ticket) => {
                self.list(shared.lang, all);
                if done.is_some() {
                    shared.tell("√", words::DONE.say(shared.lang));
                }
            }
            Ok(_) => {}
            Err(problem) => {
                done.iter().for_each(|(_, told)| ask::again(shared, told));
                shared.tell_problem(&problem);
            }
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        vec![Note {
            mark: " ",
            text: words::ACCOUNTS_HELP.say(shared.lang).to_owned(),
        }]
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let lang = shared.lang;
        let label = words::NARROWED.say(lang);
        let after = put(buf, area.x + 1, area.y, area.width - 1, label, PLAIN);
        let room = area.right().saturating_sub(after + 2).min(30);
        let caret = line(buf, Rect::new(after + 2, area.y, room, 1), self.list.query(), true);
        let head = [
            words::NAME,
            words::PERSON,
            words::ROLES,
            words::LICENCE,
            words::FOUND_STATE,
        ];
        let head = table(head.map(|word| word.say(lang)));
        put(buf, area.x + 2, area.y + 1, area.width.saturating_sub(2), &head, BOLD);
        let rows = area.height.saturating_sub(2);
        for (y, (line, chosen)) in (area.y + 2..area.bottom()).zip(self.list.seen(rows.into())) {
            let account = self.all.iter().find(|account| account.name == line.value);
            let text = account.map(|account| row_of(lang, account)).unwrap_or_default();
            row(buf, Rect::new(area.x, y, area.width, 1), &text, chosen);
        }
        if self.list.chosen().is_none() && !self.all.is_empty() {
            let room = area.width.saturating_sub(2);
            put(buf, area.x + 2, area.y + 2, room, words::NO_MATCH.say(lang), PLAIN);
        }
        caret
    }
}
