//! The day (日结): everything that was done on it, which blanks are left, where the audit chain stands; as a paper too.

use chrono::{Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Caret, Page, places, printing};
use crate::desk::{DayView, Permission, Problem, StockLine};
use crate::domain::date::parse_typed;
use crate::domain::money::Fen;
use crate::tui::cells::{pad, put};
use crate::tui::effect::{Ask, Reply, Ticket};
use crate::tui::errand::{Brought, Errand};
use crate::tui::event::Key;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::labels::{self, Group};
use crate::tui::overlays::{About, Matter, Overlay, Prompt, Told};
use crate::tui::state::{Note, Shared, Wish};
use crate::tui::theme::{BOLD, PLAIN};
use crate::tui::widgets::Reading;
use crate::tui::words::{self, Lang};

/// The letter that asks for a date.
const GO_TO: char = 'd';

/// The day screen.
#[derive(Debug)]
pub struct Day {
    day: NaiveDate,
    view: Option<DayView>,
    asked: Option<Ticket>,
    at: Reading,
}

impl Day {
    /// Of a day.
    pub fn new(day: NaiveDate) -> Self {
        Self {
            day,
            view: None,
            asked: None,
            at: Reading::default(),
        }
    }

    fn go(&mut self, shared: &mut Shared, day: Option<NaiveDate>) {
        if let Some(day) = day.filter(|day| *day <= shared.now.date()) {
            self.day = day;
            self.fetch(shared);
        } else {
            shared.tell("!", words::NO_SUCH_DAY.say(shared.lang));
        }
    }

    fn fetch(&mut self, shared: &mut Shared) {
        self.asked = Some(shared.ask(Ask::Errand(Errand::Day(self.day))));
    }

    fn lines(&self, lang: Lang) -> Vec<(String, Style)> {
        self.view.as_ref().map(|view| lines(view, lang)).unwrap_or_default()
    }
}

/// Everything the day says, in the order of the sheet.
fn lines(view: &DayView, lang: Lang) -> Vec<(String, Style)> {
    let mut lines = vec![];
    let none = || (format!("  {}", words::NOTHING_HERE.say(lang)), PLAIN);
    // The figure stands first: a narrow terminal shows it too.
    let figure = |label: &str, n: i64| (format!("  {n:>6}  {label}"), PLAIN);
    let counter = |kind: &str| labels::of(lang, Group::Counter, kind).to_owned();
    lines.push((words::DAY_ACTS.say(lang).to_owned(), BOLD));
    lines.extend(
        view.counts
            .iter()
            .map(|counted| figure(&counter(&counted.kind), counted.n)),
    );
    if view.counts.is_empty() {
        lines.push(none());
    }
    if !view.refusals.is_empty() {
        lines.push((words::DAY_REFUSED.say(lang).to_owned(), BOLD));
        let refused = view.refusals.iter().map(|one| {
            let article = if one.article.is_empty() {
                &one.ground
            } else {
                &one.article
            };
            figure(article, one.n)
        });
        lines.extend(refused);
    }
    lines.push((words::DAY_BLANKS.say(lang).to_owned(), BOLD));
    view.stock.lines.iter().for_each(|line| blanks(line, lang, &mut lines));
    if view.stock.lines.is_empty() {
        lines.push(none());
    }
    lines.push((words::DAY_NUMBERS.say(lang).to_owned(), BOLD));
    lines.extend(view.number_ranges.iter().map(|range| (format!("  {range}"), PLAIN)));
    if view.number_ranges.is_empty() {
        lines.push(none());
    }
    if !view.waived.is_empty() {
        lines.push((words::DAY_WAIVED.say(lang).to_owned(), BOLD));
        let waived = view.waived.iter().map(|line| {
            let sum = Fen(line.fen).to_string();
            let text = format!(
                "  {} {} {:>6} {sum:>12}",
                pad(&line.item_name, 24),
                pad(&line.payer_name, 16),
                line.n
            );
            (text, PLAIN)
        });
        lines.extend(waived);
    }
    if !view.by_actor.is_empty() {
        lines.push((words::DAY_BY_ACTOR.say(lang).to_owned(), BOLD));
        let by_actor = view.by_actor.iter().map(|(desk, actor, counted)| {
            let desk = words::DESK.fill(lang, &[desk]);
            figure(
                &format!("{} {}  {}", pad(&desk, 8), pad(actor, 12), counter(&counted.kind)),
                counted.n,
            )
        });
        lines.extend(by_actor);
    }
    lines.push((words::DAY_RECORD.say(lang).to_owned(), BOLD));
    lines.push(figure(words::DAY_UNCONFIRMED.say(lang), view.unconfirmed));
    lines.push(figure(words::DAY_AUDIT.say(lang), view.audit_seq));
    lines.push((format!("  {}", view.audit_head), PLAIN));
    lines
}

/// `昨余 200 + 领入 0 - 用去 2 - 作废 1 = 现余 197`, and which they are.
fn blanks(line: &StockLine, lang: Lang, lines: &mut Vec<(String, Style)>) {
    let kind = labels::of(lang, Group::Kind, &line.kind);
    let figures = [line.opening, line.received, line.used, line.spoiled, line.closing].map(|n| n.to_string());
    let figures = words::BALANCE.fill(lang, &figures.each_ref().map(String::as_str));
    lines.push((format!("  {} {figures}", pad(kind, 10)), PLAIN));
    let serials = [
        (words::USED, &line.used_serials),
        (words::SPOILED, &line.spoiled_serials),
        (words::CLOSING, &line.closing_serials),
    ];
    for (word, ranges) in serials {
        lines.extend(
            ranges
                .iter()
                .map(|range| (format!("    {} {range}", pad(word.say(lang), 8)), PLAIN)),
        );
    }
}

impl Page for Day {
    fn title(&self, shared: &Shared) -> String {
        format!("{}  {}", words::DAY.say(shared.lang), self.day)
    }

    fn commands(&self, shared: &Shared) -> Vec<Command> {
        let lang = shared.lang;
        let may = (!shared.may(Permission::Print)).then(|| words::NOT_YOURS.say(lang).to_owned());
        let mut commands = vec![
            Command::named(Action::Print, words::DAY_SHEET.say(lang)).unless(may),
            Command::named(Action::Back, words::DAY_BEFORE.say(lang)),
            Command::named(Action::GoOn, words::DAY_AFTER.say(lang)),
            Command::letter(GO_TO, words::GO_TO_DAY.say(lang)),
            Command::usual(Action::Up, lang),
        ];
        commands.extend(places::find(shared));
        commands
    }

    fn call(&mut self, shared: &mut Shared, call: Call) {
        match call {
            Call::Action(Action::Print) => {
                shared.ask(Ask::Errand(Errand::DaySheet(self.day)));
            }
            Call::Action(Action::Back) => self.go(shared, self.day.checked_sub_days(Days::new(1))),
            Call::Action(Action::GoOn) => self.go(shared, self.day.checked_add_days(Days::new(1))),
            call if places::go(shared, call) => {}
            Call::Action(_) => shared.wish(Wish::Up),
            Call::Letter(_) => {
                let title = words::GO_TO_DAY.say(shared.lang);
                let help = words::GO_TO_DAY_HELP.say(shared.lang);
                let prompt = Prompt::new(About::Matter(Matter::Day), title, help);
                shared.open(Overlay::Prompt(prompt.line(title, "", true)));
            }
        }
    }

    fn key(&mut self, shared: &mut Shared, key: Key) {
        match key {
            Key::Left => self.go(shared, self.day.checked_sub_days(Days::new(1))),
            Key::Right => self.go(shared, self.day.checked_add_days(Days::new(1))),
            key => {
                let count = self.lines(shared.lang).len();
                self.at.key(key, count);
            }
        }
    }

    fn told(&mut self, shared: &mut Shared, told: Told) {
        let typed = told.texts.first().map(String::as_str).unwrap_or_default();
        let day = parse_typed(typed, shared.now.date()).ok().and_then(|day| day.day());
        self.go(shared, day);
    }

    fn shown(&mut self, shared: &mut Shared) {
        self.fetch(shared);
    }

    fn answer(&mut self, shared: &mut Shared, ticket: Ticket, reply: Result<Reply, Problem>) {
        match reply {
            Ok(Reply::Brought(Brought::Day(view))) if self.asked == Some(ticket) => self.view = Some(*view),
            Ok(Reply::Brought(Brought::Sheet(sheet))) => {
                let documents = vec![sheet.id];
                let reason = String::new();
                shared.ask(Ask::Print { documents, reason });
            }
            Ok(Reply::Printed(printed)) => {
                self.fetch(shared);
                printing::tell(shared, &printed);
            }
            Ok(_) => {}
            Err(problem) => shared.tell_problem(&problem),
        }
    }

    fn explain(&self, shared: &Shared) -> Vec<Note> {
        let plain = |text: String| Note { mark: " ", text };
        let mut lines = self.lines(shared.lang);
        let at = self.at.at(lines.len());
        let chosen = (at > 0 && at < lines.len()).then(|| lines.swap_remove(at).0.trim().to_owned());
        let help = words::DAY_HELP.say(shared.lang).to_owned();
        chosen.into_iter().chain([help]).map(plain).collect()
    }

    fn view(&self, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
        let Some(view) = &self.view else { return None };
        if view.day != self.day {
            put(
                buf,
                area.x + 2,
                area.y,
                area.width.saturating_sub(2),
                words::WAIT.say(shared.lang),
                PLAIN,
            );
            return None;
        }
        self.at.view(buf, area, &self.lines(shared.lang));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Counted, HeldBlanks, Refusals, StockView, WaivedLine};
    use crate::tui::event::Event;
    use crate::tui::screens::Screen;
    use crate::tui::testing::{self, Counter};
    use crate::tui::update::update;

    fn full() -> DayView {
        let counted = |kind: &str, n| Counted {
            kind: kind.to_owned(),
            n,
        };
        let text = |text: &str| vec![text.to_owned()];
        DayView {
            day: testing::morning().date(),
            counts: vec![counted("marriage.registered", 12), counted("marriage.refused", 1)],
            by_actor: vec![(
                "1".to_owned(),
                "registrar".to_owned(),
                counted("marriage.registered", 12),
            )],
            refusals: vec![Refusals {
                form: "marriage".to_owned(),
                ground: "age-woman".to_owned(),
                article: "民法典 第一千零四十七条".to_owned(),
                n: 1,
            }],
            stock: StockView {
                day: testing::morning().date(),
                lines: vec![StockLine {
                    kind: "marriage".to_owned(),
                    opening: 482,
                    received: 0,
                    used: 24,
                    spoiled: 1,
                    closing: 457,
                    used_serials: text("浙J0260118-浙J0260141"),
                    spoiled_serials: text("浙J0260142"),
                    closing_serials: text("浙J0260143-浙J0260599"),
                }],
                at_desk: vec![],
                held: Vec::<HeldBlanks>::new(),
            },
            numbers: vec![],
            number_ranges: text("J330521-2026-000001 - 000012"),
            waived: vec![WaivedLine {
                item: "transport".to_owned(),
                item_name: "transport".to_owned(),
                payer: "county".to_owned(),
                payer_name: "county".to_owned(),
                n: 2,
                fen: 46_000,
            }],
            unconfirmed: 3,
            audit_seq: 77,
            audit_head: "9f3ac1".repeat(10),
        }
    }

    #[test]
    fn every_figure_of_the_sheet_is_on_the_screen() {
        let all: String = lines(&full(), Lang::Zh)
            .into_iter()
            .map(|(text, _)| text + "\n")
            .collect();
        for part in [
            "第一千零四十七条",
            "昨余 482",
            "现余 457",
            "浙J0260118-浙J0260141",
            "000001 - 000012",
            "460.00",
        ] {
            assert!(all.contains(part), "{part}\n{all}");
        }
        insta::assert_snapshot!("day-lines", all);
    }

    #[test]
    fn looks() {
        let mut state = testing::state();
        state.shared.push(Screen::Day(Day::new(testing::morning().date())));
        let asked = testing::asked(update(&mut state, Event::Resize(80, 24)));
        let view = Brought::Day(Box::new(full()));
        testing::answer(&mut state, asked[0].0, Ok(Reply::Brought(view)));
        insta::assert_snapshot!("day-80x24", testing::shown(&state, 80, 24));
        testing::typed(&mut state, "<F12>");
        insta::assert_snapshot!("day-120x40", testing::shown(&state, 120, 40));
        testing::shown(&state, 20, 5);
    }

    #[test]
    fn the_sheet_is_stored_and_printed_where_one_may() {
        let mut counter = Counter::signed_in("supervisor");
        counter.show(Screen::Day(Day::new(testing::morning().date())));
        counter.keys("<F9>");
        assert!(counter.note().contains("已打印 1 份"), "{}", counter.note());
        let mut keeper = Counter::signed_in("stockkeeper");
        keeper.show(Screen::Day(Day::new(testing::morning().date())));
        keeper.keys("<C-o>");
        assert_eq!(keeper.note(), words::NOT_YOURS.say(Lang::Zh));
    }

    #[test]
    fn days_are_walked_and_never_past_today() {
        let mut counter = Counter::signed_in("supervisor");
        counter.show(Screen::Day(Day::new(testing::morning().date())));
        counter.keys("<F2>");
        assert_eq!(counter.note(), words::NO_SUCH_DAY.say(Lang::Zh));
        counter.keys("<F7>");
        assert!(counter.screen(80, 24).contains("2026-11-23"));
        counter.keys("d20261101<Enter>");
        assert!(counter.screen(80, 24).contains("2026-11-01"));
        counter.keys("dx<Enter>");
        assert_eq!(counter.note(), words::NO_SUCH_DAY.say(Lang::Zh));
    }
}
