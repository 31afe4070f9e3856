//! How a bill looks: fields in lines above, the lines of the bill with their sums, the line that is being typed with
//! what can be picked, the sums of all below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::head::{self, Field, Kind};
use super::table;
use super::{Bill, Place};
use crate::domain::money::Fen;
use crate::domain::waiver::SettledLine;
use crate::tui::cells::{pad, put, rule, width};
use crate::tui::screens::Caret;
use crate::tui::state::{Note, Shared};
use crate::tui::theme::{BAR, BOLD, HERE, PLAIN, of_mark};
use crate::tui::widgets::{first_shown, line, row};
use crate::tui::words::{self, Lang, Word};

/// Columns of the bill: heading and width.
const COLUMNS: [(Word, u16); 7] = [
    (words::BILL_ITEM, 20),
    (words::BILL_QUANTITY, 6),
    (words::BILL_UNIT, 4),
    (words::BILL_PRICE, 9),
    (words::BILL_LISTED, 9),
    (words::BILL_FREE, 9),
    (words::BILL_FAMILY, 9),
];

/// Rows from which on groups of fields begin a line of their own.
const ROOMY: u16 = 16;

/// Least room of a field above.
const LEAST: u16 = 8;

/// Draws it; says where the caret stands.
pub fn view(bill: &Bill, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
    let (y, caret) = fields(bill, shared, buf, area);
    rule(buf, area.x + 1, y, area.width.saturating_sub(2), PLAIN);
    let low = area.bottom().saturating_sub(1);
    let body = Rect {
        y: y + 1,
        height: low.saturating_sub(y + 1),
        ..area
    };
    let below = lines(bill, shared, buf, body).or(caret);
    totals(
        bill,
        shared,
        buf,
        Rect {
            y: low,
            height: 1,
            ..area
        },
    );
    below
}

/// The fields, as many in a line as fit; the row below them, and the caret. While the bill is typed only what is told
/// or still needed stays in sight, so that there is room for the lines.
fn fields(bill: &Bill, shared: &Shared, buf: &mut Buffer, area: Rect) -> (u16, Option<Caret>) {
    let lang = shared.lang;
    let (mut x, mut y, mut caret) = (area.x + 1, area.y, None);
    let right = area.right().saturating_sub(1);
    let above = matches!(bill.place, Place::Head(_));
    for (at, field) in bill.fields.iter().enumerate() {
        let here = bill.place == Place::Head(at);
        let label = lang.of(&field.label.zh, &field.label.en);
        let text = text_of(bill, field, here, lang);
        let marks = match field.kind {
            Kind::Some(list) => seen(bill.marks(list), above),
            _ => vec![],
        };
        let list = matches!(field.kind, Kind::Some(_));
        if !above && !field.needed && text.is_empty() && marks.is_empty() {
            continue;
        }
        let room = if list {
            marks_width(&marks, lang)
        } else {
            width(&text).max(LEAST).min(area.width.saturating_sub(2) / 2)
        };
        let whole = width(label) + 1 + room + 2;
        let begins = above && head::BEGIN.contains(&field.path.as_str()) && area.height > ROOMY;
        if x > area.x + 1 && (begins || x + whole > right) {
            (x, y) = (area.x + 1, y + 1);
        }
        if y + 4 >= area.bottom() {
            break;
        }
        let after = put(
            buf,
            x,
            y,
            right.saturating_sub(x),
            label,
            if here { BOLD } else { PLAIN },
        );
        if here {
            caret = Some(Position { x: after + 1, y });
        }
        if list {
            let lines = Rect::new(
                area.x + 1,
                y,
                right.saturating_sub(area.x + 1),
                area.bottom().saturating_sub(y + 4),
            );
            (x, y) = put_marks(buf, after + 1, lines, &marks, here, lang);
            continue;
        }
        let space = Rect::new(after + 1, y, room.min(right.saturating_sub(after + 1)), 1);
        if here {
            caret = line(buf, space, bill.typed(), true).or(caret);
        } else {
            let mark = if text.is_empty() && field.needed { "!" } else { "" };
            let shown = if text.is_empty() { mark } else { &text };
            put(buf, space.x, y, space.width, shown, of_mark(mark));
        }
        x = space.right() + 2;
    }
    (y + 1, caret)
}

/// The lines of a numbered list that are shown: all while it is answered, else those that count.
fn seen(marks: Vec<(usize, head::Mark)>, above: bool) -> Vec<(usize, head::Mark)> {
    marks.into_iter().filter(|(_, mark)| above || mark.on).collect()
}

fn text_of(bill: &Bill, field: &Field, here: bool, lang: Lang) -> String {
    if here {
        bill.typed().text().to_owned()
    } else {
        head::shown(&bill.draft.answers, field, lang)
    }
}

/// A numbered list: `1√ 本县户籍  2. 低保`, in as many lines of `lines` as it needs; gives the place behind it.
fn put_marks(
    buf: &mut Buffer,
    mut x: u16,
    lines: Rect,
    marks: &[(usize, head::Mark)],
    here: bool,
    lang: Lang,
) -> (u16, u16) {
    let mut y = lines.y;
    for (n, mark) in marks {
        let name = lang.of(&mark.name.zh, &mark.name.en);
        if x + mark_width(name) > lines.right() && x > lines.x + 2 && y + 1 < lines.bottom() {
            (x, y) = (lines.x + 2, y + 1);
        }
        let room = |x: u16| lines.right().saturating_sub(x);
        let sign = if mark.on { "√" } else { "." };
        let style = if here { HERE } else { PLAIN };
        x = put(buf, x, y, room(x), &format!("{n}"), style);
        x = put(buf, x, y, room(x), sign, of_mark(sign));
        x = put(buf, x, y, room(x), name, PLAIN) + 2;
    }
    (x, y)
}

/// Columns of a mark: digit, sign, name.
fn mark_width(name: &str) -> u16 {
    width(name) + 2
}

fn marks_width(marks: &[(usize, head::Mark)], lang: Lang) -> u16 {
    let names = marks.iter().map(|(_, mark)| lang.of(&mark.name.zh, &mark.name.en));
    names.map(|name| mark_width(name) + 2).sum()
}

/// The lines of the bill, the line that is being typed, and what it can be.
fn lines(bill: &Bill, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
    let lang = shared.lang;
    let mut x = area.x + 2;
    for (word, room) in COLUMNS {
        put(
            buf,
            x,
            area.y,
            room,
            &aligned(word.say(lang), room, word != words::BILL_ITEM),
            BOLD,
        );
        x += room + 1;
    }
    let rows = bill.rows();
    let picking = bill.place == Place::Entry && bill.entry.item().is_none();
    let spare = if picking { 5 } else { 2 };
    let room = usize::from(area.height.saturating_sub(1 + spare)).max(1);
    let at = match bill.place {
        Place::Row(at) => at,
        _ => rows.len().saturating_sub(1),
    };
    let first = first_shown(at, rows.len(), room);
    let mut y = area.y + 1;
    for (n, given) in rows.iter().enumerate().skip(first).take(room) {
        let settled = bill
            .preview
            .settlement
            .as_ref()
            .and_then(|settlement| settlement.lines.get(n));
        let text = bill_line(bill, given, settled, lang);
        row(
            buf,
            Rect::new(area.x, y, area.width, 1),
            &text,
            bill.place == Place::Row(n),
        );
        y += 1;
    }
    if y >= area.bottom() {
        return None;
    }
    let caret = entry(bill, shared, buf, Rect { y, height: 1, ..area });
    if picking {
        for (y, (text, chosen)) in
            (y + 1..area.bottom()).zip(bill.entry.choice.shown(usize::from(area.bottom() - y - 1)))
        {
            let style = if chosen && !bill.entry.choice.query().is_empty() {
                BAR
            } else {
                PLAIN
            };
            put(buf, area.x + 4, y, area.width.saturating_sub(5), text, style);
        }
    }
    caret
}

fn bill_line(bill: &Bill, given: &table::Row, settled: Option<&SettledLine>, lang: Lang) -> String {
    let code = table::text(given, "item");
    let item = bill.items.iter().find(|item| item.code == code);
    let name = item.map_or(code.as_str(), |item| lang.of(&item.name.zh, &item.name.en));
    let unit = item.map(|item| item.unit.as_str()).unwrap_or_default();
    let fen = |fen: Option<Fen>| fen.map(|fen| fen.to_string()).unwrap_or_default();
    let quantity = settled.map_or_else(|| table::text(given, "quantity"), |line| line.quantity.to_string());
    let cells = [
        name.to_owned(),
        quantity,
        unit.to_owned(),
        fen(settled.map(|line| line.unit_price)),
        fen(settled.map(|line| line.listed)),
        fen(settled.map(|line| line.free)),
        fen(settled.map(|line| line.family)),
    ];
    let cells = cells
        .iter()
        .zip(COLUMNS)
        .map(|(text, (word, room))| aligned(text, room, word != words::BILL_ITEM));
    cells.collect::<Vec<_>>().join(" ")
}

/// Numbers stand at the right of their column.
fn aligned(text: &str, room: u16, right: bool) -> String {
    if right {
        let blanks = room.saturating_sub(width(text));
        format!("{}{}", " ".repeat(blanks.into()), pad(text, room - blanks))
    } else {
        pad(text, room)
    }
}

/// The line that is being typed.
fn entry(bill: &Bill, shared: &Shared, buf: &mut Buffer, area: Rect) -> Option<Caret> {
    let lang = shared.lang;
    let here = bill.place == Place::Entry;
    let mut x = put(buf, area.x, area.y, 2, if here { "+ " } else { "  " }, BOLD);
    let Some(item) = bill.entry.item() else {
        return line(
            buf,
            Rect::new(x, area.y, 22.min(area.width), 1),
            bill.entry.choice.query(),
            here,
        );
    };
    let name = lang.of(&item.name.zh, &item.name.en);
    x = put(buf, x, area.y, area.width, name, BOLD) + 1;
    let mut caret = None;
    for (cell, at) in bill.entry.cells() {
        let label = label_of(&cell.key, lang);
        x = put(buf, x, area.y, area.right().saturating_sub(x), label, PLAIN) + 1;
        let room = Rect::new(
            x,
            area.y,
            width(cell.input.text())
                .saturating_add(1)
                .max(8)
                .min(area.right().saturating_sub(x)),
            1,
        );
        caret = line(buf, room, &cell.input, here && at).or(caret);
        x = room.right() + 1;
    }
    put(buf, x, area.y, area.right().saturating_sub(x), &item.unit, PLAIN);
    caret
}

/// What a cell of a line is called.
fn label_of(key: &str, lang: Lang) -> &str {
    let known = [
        ("quantity", words::BILL_QUANTITY),
        ("unit_price", words::BILL_PRICE),
        ("km", words::BILL_KM),
        ("floors", words::BILL_FLOORS),
        ("zone", words::BILL_ZONE),
        ("grade", words::BILL_GRADE),
        ("cost", words::BILL_COST),
    ];
    known
        .into_iter()
        .find(|(name, _)| *name == key)
        .map_or(key, |(_, word)| word.say(lang))
}

/// The sums of all lines, and who pays.
fn totals(bill: &Bill, shared: &Shared, buf: &mut Buffer, area: Rect) {
    let lang = shared.lang;
    let Some(settlement) = &bill.preview.settlement else {
        let open = bill.preview.findings.iter().filter(|finding| finding.stops()).count();
        let said = words::OPEN_POINTS.fill(lang, &[&open.to_string()]);
        put(buf, area.x + 2, area.y, area.width.saturating_sub(2), &said, BOLD);
        return;
    };
    let [listed, free, family] = [settlement.listed, settlement.free, settlement.family].map(|fen| fen.to_string());
    let mut text = words::BILL_TOTAL.fill(lang, &[&listed, &free, &family]);
    for award in &settlement.awards {
        text.push_str(&format!(
            "  {} {}",
            lang.of(&award.name.zh, &award.name.en),
            award.amount
        ));
    }
    put(buf, area.x + 2, area.y, area.width.saturating_sub(2), &text, BOLD);
}

/// What is wrong first, then why the line under the cursor costs what it costs, then what to do here.
pub fn explain(bill: &Bill, shared: &Shared) -> Vec<Note> {
    let lang = shared.lang;
    let plain = |text: &str| Note {
        mark: " ",
        text: text.to_owned(),
    };
    let mut notes: Vec<Note> = Vec::new();
    let at = match bill.place {
        Place::Row(at) => Some(at),
        Place::Entry if bill.entry.item().is_none() => bill.rows().len().checked_sub(1),
        _ => None,
    };
    let path = bill.field().map(|field| field.path.clone());
    let about = |finding: &&crate::domain::finding::Finding| finding.field == path || path.is_none();
    // While a claim is being begun everything is missing: only what is about this field is worth a word.
    let stops = bill
        .preview
        .findings
        .iter()
        .filter(|finding| finding.stops())
        .filter(about);
    notes.extend(stops.map(|finding| Note {
        mark: "!",
        text: lang.of(&finding.says, &finding.says_en).to_owned(),
    }));
    let settled = at.and_then(|at| bill.preview.settlement.as_ref()?.lines.get(at));
    for words in settled.iter().flat_map(|line| &line.says) {
        notes.push(plain(lang.of(&words.zh, &words.en)));
    }
    let help = match (bill.place, bill.field().map(|field| field.kind)) {
        (_, Some(Kind::Some(_))) => words::BILL_LIST_HELP,
        (_, Some(Kind::Day)) => words::BILL_DAY_HELP,
        (_, Some(Kind::Birth)) => words::BILL_BIRTH_HELP,
        (_, Some(Kind::Flag)) => words::BILL_FLAG_HELP,
        (_, Some(Kind::Area)) => words::BILL_AREA_HELP,
        (Place::Head(_), _) => words::BILL_HEAD_HELP,
        (Place::Row(_), _) => words::BILL_ROW_HELP,
        (Place::Entry, _) if bill.entry.at_timed_quantity() => words::BILL_TIME_HELP,
        (Place::Entry, _) if bill.entry.item().is_some() => words::BILL_CELL_HELP,
        (Place::Entry, _) => words::BILL_ENTRY_HELP,
    };
    if let Some(item) = bill.entry.item().filter(|item| !item.note.is_empty()) {
        notes.push(plain(&item.note));
    }
    notes.push(plain(help.say(lang)));
    notes
}
