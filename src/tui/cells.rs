//! The one place that knows how many terminal cells a text takes, and the only one that writes cells.

use std::borrow::Cow;
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Whether this terminal draws `·`, `─` and their like two cells wide; asked once at start.
static AMBIGUOUS_WIDE: AtomicBool = AtomicBool::new(false);

/// Tells how this terminal draws characters of ambiguous width.
pub fn set_ambiguous_wide(wide: bool) {
    AMBIGUOUS_WIDE.store(wide, Ordering::Relaxed);
}

/// Cells of one grapheme.
pub fn cells(grapheme: &str) -> u16 {
    let narrow = grapheme.cell_width();
    if AMBIGUOUS_WIDE.load(Ordering::Relaxed) {
        narrow.max(u16::try_from(UnicodeWidthStr::width_cjk(grapheme)).unwrap_or(narrow))
    } else {
        narrow
    }
}

/// Cells of a text.
pub fn width(text: &str) -> u16 {
    text.graphemes(true).map(cells).fold(0, u16::saturating_add)
}

/// As much of the text as fits; never half a character.
pub fn cut(text: &str, room: u16) -> &str {
    let mut used = 0_u16;
    for (at, grapheme) in text.grapheme_indices(true) {
        used = used.saturating_add(cells(grapheme));
        if used > room {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// What stands for the rest of a text that does not fit.
const MORE: &str = "…";

/// The text if it fits, else its begin and `…`: what is cut never looks whole. Blanks alone are nothing that is cut.
pub fn fit(text: &str, room: u16) -> Cow<'_, str> {
    let shown = cut(text, room);
    let rest = text.get(shown.len()..).unwrap_or_default();
    match room.checked_sub(cells(MORE)) {
        Some(room) if !rest.trim_end().is_empty() => Cow::Owned(format!("{}{MORE}", cut(text, room))),
        _ => Cow::Borrowed(shown),
    }
}

/// The text cut and filled with blanks to exactly `room` cells.
pub fn pad(text: &str, room: u16) -> String {
    let shown = fit(text, room);
    let blanks = room.saturating_sub(width(&shown));
    format!("{shown}{}", " ".repeat(blanks.into()))
}

/// Writes text into a row; what goes beyond `room` cells ends in `…`. Gives the column after it. A grapheme whose width the terminal sees
/// otherwise than ratatui (a wide `·`) carries its width with it.
pub fn put(buf: &mut Buffer, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
    if y < buf.area.y || y >= buf.area.bottom() || x < buf.area.x || x >= buf.area.right() {
        return x;
    }
    let room = room.min(buf.area.right().saturating_sub(x));
    let mut at = x;
    for grapheme in fit(text, room).graphemes(true) {
        let wide = cells(grapheme);
        if wide == 0 || grapheme.contains(char::is_control) {
            continue;
        }
        if let Some(cell) = buf.cell_mut((at, y)) {
            cell.set_symbol(grapheme).set_style(style);
            cell.diff_option = match NonZeroU16::new(wide) {
                Some(forced) if wide != grapheme.cell_width() => CellDiffOption::ForcedWidth(forced),
                _ => CellDiffOption::None,
            };
        }
        for second in 1..wide {
            if let Some(cell) = buf.cell_mut((at + second, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
        at += wide;
    }
    at
}

/// A row in one style from edge to edge, with text at its left and right ends; the right one gives way.
pub fn bar(buf: &mut Buffer, area: Rect, left: &str, right: &str, style: Style) {
    let blanks = " ".repeat(area.width.into());
    put(buf, area.x, area.y, area.width, &blanks, style);
    let end = put(buf, area.x, area.y, area.width, left, style);
    let start = area.right().saturating_sub(width(right));
    if start > end {
        put(buf, start, area.y, area.right() - start, right, style);
    }
}

/// Empties an area. A double-width cell that the area's left edge cuts is blanked: the diff would skip the border that
/// lies on its second half.
pub fn clear(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        let left = area.x.checked_sub(1).and_then(|x| buf.cell_mut((x, y)));
        if let Some(cell) = left.filter(|cell| cell.cell_width() > 1) {
            cell.set_symbol(" ").diff_option = CellDiffOption::None;
        }
        for x in area.left()..area.right() {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}

/// A horizontal line, in characters that are one cell wide here.
pub fn rule(buf: &mut Buffer, x: u16, y: u16, room: u16, style: Style) {
    let line = if AMBIGUOUS_WIDE.load(Ordering::Relaxed) {
        "-"
    } else {
        "─"
    };
    put(buf, x, y, room, &line.repeat(room.into()), style);
}

/// An emptied area with a frame and a title; gives the room inside, one blank left and right.
pub fn window(buf: &mut Buffer, area: Rect, title: &str, style: Style) -> Rect {
    let area = area.intersection(buf.area);
    clear(buf, area);
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let [h, v, top_left, top_right, low_left, low_right] = if AMBIGUOUS_WIDE.load(Ordering::Relaxed) {
        ["-", "|", "+", "+", "+", "+"]
    } else {
        ["─", "│", "┌", "┐", "└", "┘"]
    };
    let line = h.repeat(usize::from(area.width) - 2);
    let (right, low) = (area.right() - 1, area.bottom() - 1);
    put(
        buf,
        area.x,
        area.y,
        area.width,
        &format!("{top_left}{line}{top_right}"),
        style,
    );
    put(
        buf,
        area.x,
        low,
        area.width,
        &format!("{low_left}{line}{low_right}"),
        style,
    );
    for y in area.y + 1..low {
        put(buf, area.x, y, 1, v, style);
        put(buf, right, y, 1, v, style);
    }
    if !title.is_empty() {
        put(
            buf,
            area.x + 2,
            area.y,
            area.width.saturating_sub(4),
            &format!(" {title} "),
            style,
        );
    }
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width - 4,
        height: area.height - 2,
    }
}

/// An area of the wished size in the middle of another, smaller where it must be.
pub fn centred(within: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(within.width), height.min(within.height));
    let (x, y) = (
        within.x + (within.width - width) / 2,
        within.y + (within.height - height) / 2,
    );
    Rect { x, y, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_half_a_character() {
        assert_eq!(cut("张三丰", 5), "张三");
        assert_eq!(width("张三·𠮷"), 7);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(pad("张三丰", 5), "张三…");
    }

    #[test]
    fn what_does_not_fit_never_looks_whole() {
        assert_eq!(fit("13800000000", 6), "13800…");
        assert_eq!(fit("13800000000", 11), "13800000000");
        assert_eq!(fit("练习证件管理", 9), "练习证件…");
        assert_eq!(fit("张三  ", 4), "张三", "blanks are no loss");
        assert_eq!((fit("张三", 1), fit("张三", 0)), ("…".into(), "".into()));
    }

    #[test]
    fn a_window_keeps_its_left_edge_over_hanzi() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 4));
        for y in 0..4 {
            put(&mut buf, 0, y, 20, "中中中中中中中中中中", Style::new());
        }
        window(&mut buf, Rect::new(5, 0, 8, 4), "", Style::new());
        let shown: Vec<_> = Buffer::empty(buf.area)
            .diff(&buf)
            .into_iter()
            .map(|(x, y, _)| (x, y))
            .collect();
        assert!((0..4).all(|y| shown.contains(&(5, y))));
    }

    #[test]
    fn nothing_is_written_outside() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
        assert_eq!(put(&mut buf, 0, 0, 9, "张三丰", Style::new()), 3);
        assert_eq!(put(&mut buf, 5, 0, 9, "张", Style::new()), 5);
        assert_eq!(put(&mut buf, 0, 5, 9, "张", Style::new()), 0);
        window(&mut buf, Rect::new(0, 0, 9, 9), "x", Style::new());
    }
}
