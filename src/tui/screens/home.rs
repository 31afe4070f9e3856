//! Home (首页): one key for each business, today's counts, and what waits - drafts on the field they were left at.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Caret, Page};
use crate::desk::{HomeView, PendingPrint, PrintOutcome, Problem};
use crate::tui::cells::put;
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Overlay, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::words;

/// The home screen.
#[derive(Debug, Default)]
pub struct Home {
    view: Option<HomeView>,
    asked: Option<Ticket>,
}

impl Home {
    fn pending(&self) -> impl Iterator<Item = (char, &PendingPrint)> {
        let pending = self.view.iter().flat_map(|view| &view.pending);
        ('a'..='z').zip(pending)
    }

    fn refresh(&mut self, shared: &mut Shared) {
        self.asked = Some(shared.ask(Ask::Home));
    }
}

impl Page for Home {
    fn title(&self, shared: &Shared) -> String {
        let desk = words::DESK.fill(shared.lang, &[&shared.desk.desk]);
        let who = shared
            .session
            .as_ref()
            .map(|session| session.display())
            .unwrap_or_default();
        format!("{}  {desk}  {who}", shared.profile.name)
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let asked = |(letter, print): (char, &PendingPrint)| {
            Command::letter(letter, &words::PRINT_ASK.fill(shared.lang, &[&print.document]))
        };
        let mut commands: Vec<Command> = self.pending().map(asked).collect();
        commands.push(Command::named(Action::Up, words::LEAVE.say(shared.lang)));
        commands
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        match call {
            Call::Action(_) => {
                let title = words::SIGN_OUT.say(shared.lang);
                let help = words::SIGN_OUT_HELP.say(shared.lang);
                shared.open(Overlay::Prompt(Prompt::new(About::SignOut, title, help)));
            }
            Call::Letter(letter) => {
                let print = self.pending().find(|(known, _)| *known == letter);
                if let Some((_, print)) = print {
                    let title = words::PRINT_ASK.fill(shared.lang, &[&print.document]);
                    let help = words::PRINT_ASK_HELP.say(shared.lang);
                    let prompt = Prompt::new(About::CameOut(print.print), &title, help).letters("yn");
                    shared.open(Overlay::Prompt(prompt));
                }
            }
        }
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        match told.about {
            About::SignOut => {
                shared.ask(Ask::SignOut);
                shared.wish(Wish::SignedOut);
            }
            About::CameOut(print) => {
                let came_out = told.texts.first().is_some_and(|letter| letter == "y");
                let outcome = match came_out {
                    true => PrintOutcome::Printed {
                        pdf_sha256: String::new(),
                    },
                    false => PrintOutcome::Failed,
                };
                shared.ask(Ask::SettlePrint { print, outcome });
                self.refresh(shared);
            }
            _ => {}
        }
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.refresh(shared);
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        match reply {
            Ok(Reply::Home(view)) if self.asked == Some(ticket) => {
                shared.unconfirmed = view.unconfirmed;
                self.view = Some(view);
            }
            Ok(_) => {}
            Err(problem) => shared.tell_problem(&problem),
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        vec![Note {
            mark: " ",
            text: words::HOME_HELP.say(shared.lang).to_owned(),
        }]
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let mut y = area.y + 1;
        put(buf, area.x + 1, y, area.width, words::WAITING.say(shared.lang), BOLD);
        for (letter, print) in self.pending() {
            y += 1;
            let kind = words::PENDING_PRINT.say(shared.lang);
            let text = format!("{letter}  {kind}  {} {}", print.document, print.case);
            if y < area.bottom() {
                put(buf, area.x + 3, y, area.width.saturating_sub(3), &text, PLAIN);
            }
        }
        None
    }
}
