//! What price lists and policies begin with: id, dates, status, source, and when somebody last held it against it.

use super::reader::{Reader, Table};
use crate::domain::waiver::{Head, Mode, Status, Step};
use crate::forms::head::dates;

const STATUS: [(&str, Status); 4] = [
    ("draft", Status::Draft),
    ("sample", Status::Sample),
    ("in_force", Status::InForce),
    ("repealed", Status::Repealed),
];

const WORDING: [(&str, bool); 2] = [("verbatim", true), ("summary", false)];

const TO: [(&str, i64); 3] = [("fen", 1), ("jiao", 10), ("yuan", 100)];
const MODE: [(&str, Mode); 3] = [("half_up", Mode::HalfUp), ("down", Mode::Down), ("up", Mode::Up)];

/// Reads the head.
pub(super) fn read(reader: &mut Reader<'_>, file: &mut Table<'_>, sha256: String) -> Option<Head> {
    let id = file.id(reader, "id");
    let title = file.words(reader, "title", "title_en");
    if title.zh.is_empty() {
        reader.fault(id.line, "title", "缺少 title", None);
    }
    let dates = dates(reader, file);
    let status = file.needed(reader, "status");
    let status = reader.one_of(&status, "status", &STATUS);
    let source = file.needed(reader, "source").value;
    let checked_on = file.day(reader, "checked_on");
    let checked_by = file.plain(reader, "checked_by");
    let wording = file.text(reader, "wording");
    let verbatim = wording.map_or(Some(true), |word| reader.one_of(&word, "wording", &WORDING));
    // Where the file lies over another one, the loader holds this against it.
    file.text(reader, "based_on");
    file.text(reader, "note");
    let (effective_from, effective_to) = dates?;
    Some(Head {
        id: id.value,
        title,
        effective_from,
        effective_to,
        status: status?,
        source,
        checked_on,
        checked_by,
        verbatim: verbatim?,
        sha256,
    })
}

/// Reads `{ to = "yuan", mode = "half_up" }`.
pub(super) fn step(reader: &mut Reader<'_>, table: &mut Table<'_>) -> Option<Step> {
    let to = table.needed(reader, "to");
    let fen = reader.one_of(&to, "to", &TO);
    let mode = table.text(reader, "mode");
    let mode = match mode {
        Some(word) => reader.one_of(&word, "mode", &MODE),
        None => Some(Mode::HalfUp),
    };
    Some(Step { fen: fen?, mode: mode? })
}
