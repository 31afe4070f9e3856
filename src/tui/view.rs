//! State → cells, and where the caret stands: title bar, body, explanation, key bar, and what lies over them.

use chrono::{Datelike, Weekday};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cells::{bar, clear, fit, put, rule, width};
use super::overlays::Overlay;
use super::screens::{Caret, Page};
use super::state::{Note, Shared, State};
use super::theme::{BAR, PLAIN, of_mark};
use super::words::{self, Lang};
use super::wrap::wrap;

/// Below this size only a sentence is shown.
const LEAST: (u16, u16) = (40, 10);

/// From this width on the explanation stands right of the body.
const WIDE: u16 = 110;

/// Width of the explanation on the right.
const PANE: u16 = 36;

/// Rows of the explanation below the body.
const ROWS: u16 = 3;

/// Most rows of it, where what is wrong takes more.
const MOST_ROWS: u16 = 7;

/// Whether only a sentence is shown at this size; keys do nothing then.
pub fn is_too_small((width, height): (u16, u16)) -> bool {
    width < LEAST.0 || height < LEAST.1
}

/// Draws everything; says where the caret stands.
pub fn view(state: &State, frame: &mut Frame) -> Option<Caret> {
    let (area, buf) = (frame.area(), frame.buffer_mut());
    let (shared, page) = (&state.shared, state.stack.last()?.screen.page());
    if is_too_small((area.width, area.height)) {
        let said = words::TOO_SMALL.say(shared.lang);
        for (y, line) in (area.y..area.bottom()).zip(wrap(said, area.width)) {
            put(buf, area.x, y, area.width, &line, PLAIN);
        }
        return None;
    }
    if let Some(lock @ Overlay::Lock(_)) = state.overlays.last() {
        return lock.view(shared, buf, area); // nothing of the case is seen while nobody is there
    }
    // With something over the screen what is told stands over it too, and once.
    let told = shared.note.clone().filter(|_| state.overlays.is_empty());
    let caret = screen(page, shared, told, buf, area);
    let over = state
        .overlays
        .iter()
        .fold(caret, |_, overlay| overlay.view(shared, buf, area));
    match state.overlays.last() {
        Some(_) => {
            note_over(shared, buf, area);
            over
        }
        None => caret,
    }
}

fn screen(page: &dyn Page, shared: &Shared, told: Option<Note>, buf: &mut Buffer, area: Rect) -> Option<Caret> {
    let row = |y| Rect { y, height: 1, ..area };
    let left = format!(" {}", page.title(shared));
    // The training mark and the day stay; a long title gives way.
    let right = right_of_title(shared, area.width);
    let left = fit(&left, area.width.saturating_sub(width(&right) + 1));
    bar(buf, row(area.y), &left, &right, BAR);
    key_bar(page, shared, buf, row(area.bottom() - 1));
    let inner = Rect {
        y: area.y + 1,
        height: area.height - 2,
        ..area
    };
    let notes = told.into_iter().chain(page.explain(shared));
    if area.width >= WIDE {
        let pane = Rect {
            x: inner.right() - PANE,
            width: PANE - 1,
            ..inner
        };
        explain(notes, buf, pane);
        let body = Rect {
            width: inner.width - PANE - 1,
            ..inner
        };
        return page.view(shared, buf, body);
    }
    let notes: Vec<Note> = notes.collect();
    let rows = rows_of(&notes, inner);
    let (body, foot) = inner
        .height
        .checked_sub(rows + 1)
        .map(|body| (body, rows))
        .unwrap_or_default();
    let low = inner.y + body;
    rule(buf, inner.x + 1, low, inner.width - 2, PLAIN);
    let below = Rect {
        x: inner.x + 1,
        y: low + 1,
        width: inner.width - 2,
        height: foot,
    };
    explain(notes.into_iter(), buf, below);
    page.view(shared, buf, Rect { height: body, ..inner })
}

/// So many rows that what is wrong can be read to its end; the body keeps half of the screen.
fn rows_of(notes: &[Note], area: Rect) -> u16 {
    let marked = notes.iter().take_while(|note| !note.mark.trim().is_empty());
    let rows: usize = marked
        .map(|note| wrap(&note.text, area.width.saturating_sub(4)).len())
        .sum();
    let rows = u16::try_from(rows).unwrap_or(MOST_ROWS);
    rows.clamp(ROWS, MOST_ROWS.min(area.height / 2).max(ROWS))
}

/// Notes one under the other, wrapped, as many as there is room for.
fn explain(notes: impl Iterator<Item = Note>, buf: &mut Buffer, area: Rect) {
    let mut y = area.y;
    for note in notes {
        let marked = !note.mark.trim().is_empty();
        let indent = if marked { 2 } else { 0 };
        for (at, line) in wrap(&note.text, area.width.saturating_sub(indent)).iter().enumerate() {
            if y >= area.bottom() {
                return;
            }
            if marked && at == 0 {
                put(buf, area.x, y, 2, note.mark, of_mark(note.mark));
            }
            put(buf, area.x + indent, y, area.width.saturating_sub(indent), line, PLAIN);
            y += 1;
        }
    }
}

/// With something over the screen a note stands in the row above the key bar.
fn note_over(shared: &Shared, buf: &mut Buffer, area: Rect) {
    if let Some(note) = &shared.note {
        let lines = wrap(&note.text, area.width.saturating_sub(4));
        let rows = u16::try_from(lines.len()).unwrap_or(1).min(ROWS);
        let y = area.bottom().saturating_sub(1 + rows);
        let below = Rect {
            x: area.x + 1,
            y,
            width: area.width - 2,
            height: rows,
        };
        clear(
            buf,
            Rect {
                x: area.x,
                width: area.width,
                ..below
            },
        );
        explain(std::iter::once(note.clone()), buf, below);
    }
}

fn right_of_title(shared: &Shared, room: u16) -> String {
    let mut parts = vec![];
    if shared.profile.training {
        parts.push(words::TRAINING.say(shared.lang).to_owned());
    }
    parts.push(day(shared));
    if shared.unconfirmed > 0 {
        parts.push(words::UNCONFIRMED.fill(shared.lang, &[&shared.unconfirmed.to_string()]));
    }
    if room < 60 {
        parts.truncate(1);
    }
    format!("{} ", parts.join("  "))
}

/// `2026-11-24 周二`.
fn day(shared: &Shared) -> String {
    let day = shared.now.date();
    let weekday = match (shared.lang, day.weekday()) {
        (Lang::En, weekday) => weekday.to_string(),
        (Lang::Zh, Weekday::Mon) => "周一".to_owned(),
        (Lang::Zh, Weekday::Tue) => "周二".to_owned(),
        (Lang::Zh, Weekday::Wed) => "周三".to_owned(),
        (Lang::Zh, Weekday::Thu) => "周四".to_owned(),
        (Lang::Zh, Weekday::Fri) => "周五".to_owned(),
        (Lang::Zh, Weekday::Sat) => "周六".to_owned(),
        (Lang::Zh, Weekday::Sun) => "周日".to_owned(),
    };
    format!("{} {weekday}", day.format("%Y-%m-%d"))
}

/// As many of the screen's commands as there is room for, help first and language last.
fn key_bar(page: &dyn Page, shared: &Shared, buf: &mut Buffer, area: Rect) {
    use super::keys::{Action, Command};
    let space = shared.lang.of("", " ");
    let item = |command: &Command| format!("{}{space}{}", command.key_name(), command.label);
    let mut left = format!(" {}", item(&Command::usual(Action::Help, shared.lang)));
    let right = [Action::Commands, Action::Language].map(|action| item(&Command::usual(action, shared.lang)));
    let right = format!("{} ", right.join(" "));
    let room = area.width.saturating_sub(width(&right) + 1);
    for command in page.commands(shared).iter().filter(|command| command.why_not.is_none()) {
        let next = format!("{left} {}", item(command));
        if width(&next) > room {
            break;
        }
        left = next;
    }
    bar(buf, area, &left, &right, BAR);
}
