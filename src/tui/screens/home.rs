//! Home (首页): one key for each business, today's counts, and what waits - drafts on the field they were left at.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Bill, Caret, FormScreen, Page, Screen, places};
use crate::desk::{CaseLine, Draft, HomeView, PendingPrint, Permission, PrintOutcome, Problem};
use crate::tui::cells::{pad, put};
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::keys::{Action, Call, Command};
use crate::tui::overlays::{About, Overlay, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::words::{self, Word};

/// A business on the menu.
struct Entry {
    key: char,
    word: Word,
    needs: Permission,
    /// The form it opens.
    form: &'static str,
    /// What is counted of it: the word, and the outcome of its cases.
    counts: &'static [(Word, &'static str)],
}

/// The menu.
const MENU: [Entry; 2] = [
    Entry {
        key: '1',
        word: words::MARRIAGE,
        needs: Permission::Accept,
        form: "marriage",
        counts: &[
            (words::TODAY_REGISTERED, "registered"),
            (words::TODAY_RECORDED, "recorded"),
            (words::TODAY_REFUSED, "refused"),
        ],
    },
    Entry {
        key: '2',
        word: words::WAIVER,
        needs: Permission::Settle,
        form: "waiver",
        counts: &[(words::TODAY_SETTLED, "settled"), (words::TODAY_REFUSED, "refused")],
    },
];

/// The home screen.
#[derive(Debug, Default)]
pub struct Home {
    view: Option<HomeView>,
    asked: Option<Ticket>,
}

/// Something that waits.
#[derive(Debug, Clone, Copy)]
enum Waiting<'a> {
    Draft(&'a Draft),
    Accepted(&'a CaseLine),
    Print(&'a PendingPrint),
}

impl Home {
    /// What waits, each under its letter.
    fn waiting(&self) -> Vec<(char, Waiting<'_>)> {
        let Some(view) = &self.view else { return vec![] };
        let drafts = view.drafts.iter().map(Waiting::Draft);
        let prints = view.pending.iter().map(Waiting::Print);
        let accepted = view.accepted.iter().map(Waiting::Accepted);
        ('a'..='z').zip(drafts.chain(prints).chain(accepted)).collect()
    }

    fn refresh(&mut self, shared: &mut Shared) {
        self.asked = Some(shared.ask(Ask::Home));
    }

    fn count(&self, kind: &str) -> i64 {
        let counts = self.view.iter().flat_map(|view| &view.counts);
        counts
            .filter(|counted| counted.kind == kind)
            .map(|counted| counted.n)
            .sum()
    }

    fn menu<'a>(shared: &'a Shared) -> impl Iterator<Item = &'static Entry> + 'a {
        MENU.iter().filter(|entry| shared.may(entry.needs))
    }

    fn open(shared: &mut Shared, draft: Draft) {
        let form = draft.form.clone();
        if form == "waiver" {
            return shared.push(Screen::Bill(Box::new(Bill::new(draft, shared))));
        }
        match FormScreen::new(draft, shared) {
            Some(screen) => shared.push(Screen::Form(Box::new(screen))),
            None => {
                let said = words::NO_FORM.fill(shared.lang, &[&form]);
                shared.tell("!", said);
            }
        }
    }
}

impl Waiting<'_> {
    fn say(self, shared: &Shared) -> String {
        let lang = shared.lang;
        match self {
            Self::Draft(draft) => {
                let form = shared.forms.form(&draft.form, shared.now.date());
                let field = form.and_then(|form| form.field(&draft.field));
                let field = field
                    .map(|field| lang.of(&field.label, &field.label_en))
                    .unwrap_or_default();
                let stopped = words::STOPPED_AT.fill(lang, &[field]);
                let at = draft.at.format("%m-%d %H:%M");
                format!("{}  {}  {stopped}  {at}", words::DRAFT.say(lang), draft.label)
            }
            Self::Accepted(case) => {
                let ids = format!("{} {}", case.first_id, case.second_id);
                format!("{}  {}  {ids}", words::ACCEPTED.say(lang), case.case)
            }
            Self::Print(print) => {
                format!("{}  {} {}", words::PENDING_PRINT.say(lang), print.document, print.case)
            }
        }
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
        let lang = shared.lang;
        let menu = Self::menu(shared).map(|entry| Command::letter(entry.key, entry.word.say(lang)));
        let mut commands: Vec<Command> = menu.chain(places::commands(shared)).collect();
        commands.push(Command::named(Action::Up, words::LEAVE.say(lang)));
        let waiting = self
            .waiting()
            .into_iter()
            .map(|(letter, waiting)| Command::letter(letter, &waiting.say(shared)));
        commands.extend(waiting);
        commands
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        if places::go(shared, call) {
            return;
        }
        let Call::Letter(letter) = call else {
            let (title, help) = (words::SIGN_OUT.say(shared.lang), words::SIGN_OUT_HELP.say(shared.lang));
            return shared.open(Overlay::Prompt(Prompt::new(About::SignOut, title, help)));
        };
        let chosen = Self::menu(shared).find(|entry| entry.key == letter);
        if let Some(form) = chosen.map(|entry| entry.form.to_owned()) {
            shared.ask_and_wait(Ask::NewDraft { form });
            return;
        }
        let waiting = self.waiting().into_iter().find(|(known, _)| *known == letter);
        match waiting {
            Some((_, Waiting::Draft(draft))) => Self::open(shared, draft.clone()),
            Some((_, Waiting::Accepted(case))) => {
                shared.ask_and_wait(Ask::Resume {
                    case: case.case.clone(),
                });
            }
            Some((_, Waiting::Print(print))) => {
                let title = words::PRINT_ASK.fill(shared.lang, &[&print.document]);
                let prompt = Prompt::new(
                    About::CameOut(print.print),
                    &title,
                    words::PRINT_ASK_HELP.say(shared.lang),
                );
                shared.open(Overlay::Prompt(prompt.letters("yn")));
            }
            None => {}
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
                shared.ask(Ask::SettlePrints(vec![(print, outcome)]));
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
            Ok(Reply::Draft(draft)) => Self::open(shared, draft),
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
        let lang = shared.lang;
        let mut texts = vec![(1, words::BUSINESS.say(lang).to_owned(), BOLD)];
        for entry in Self::menu(shared) {
            let counts = entry.counts.iter().map(|(word, outcome)| {
                let count = self.count(&format!("{}.{outcome}", entry.form));
                word.fill(lang, &[&count.to_string()])
            });
            let counts = counts.collect::<Vec<_>>().join("   ");
            let name = pad(entry.word.say(lang), 22);
            texts.push((3, format!("{}  {name} {counts}", entry.key), PLAIN));
        }
        let blanks = self.view.iter().flat_map(|view| &view.blanks);
        for (_, left) in blanks.filter(|(kind, _)| kind == "marriage") {
            texts.push((6, words::BLANKS.fill(lang, &[&left.to_string()]), PLAIN));
        }
        let places = places::commands(shared);
        let places: Vec<String> = places
            .iter()
            .map(|place| format!("{}  {}", place.key_name(), place.label))
            .collect();
        texts.push((3, places.join("    "), PLAIN));
        texts.push((1, String::new(), PLAIN));
        texts.push((1, words::WAITING.say(lang).to_owned(), BOLD));
        let waiting = self.waiting();
        if waiting.is_empty() && self.view.is_some() {
            texts.push((3, words::NOTHING_WAITS.say(lang).to_owned(), PLAIN));
        }
        texts.extend(
            waiting
                .into_iter()
                .map(|(letter, waiting)| (3, format!("{letter}  {}", waiting.say(shared)), PLAIN)),
        );
        for ((x, text, style), y) in texts.into_iter().zip(area.y + 1..area.bottom()) {
            put(buf, area.x + x, y, area.width.saturating_sub(x + 1), &text, style);
        }
        None
    }
}
