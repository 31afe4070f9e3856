//! Breaking text into lines of so many cells: UAX #14 says where a line may end (避头尾 included).

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::cells::{cut, width};

/// The lines of a text in `room` cells.
pub fn wrap(text: &str, room: u16) -> Vec<String> {
    let room = room.max(2);
    let (mut lines, mut line, mut start) = (vec![], String::new(), 0);
    for (end, kind) in linebreaks(text) {
        let piece = text.get(start..end).unwrap_or_default();
        start = end;
        if !line.is_empty() && width(&line).saturating_add(width(piece.trim_end())) > room {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        line.push_str(piece.trim_end_matches(['\r', '\n']));
        while width(line.trim_end()) > room {
            // One unbreakable piece wider than the line: cut it between graphemes.
            let head = cut(&line, room).to_owned();
            line.drain(..head.len());
            lines.push(head);
        }
        if kind == BreakOpportunity::Mandatory && end < text.len() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() {
        let text = "根据《民法典》第一千零四十七条（结婚年龄），男不得早于二十二周岁，女不得早于二十周岁；未满的，\
                    “不予登记”。见 https://example.org/a/b 或 2026-11-24。";
        for room in 4..60 {
            let lines = wrap(text, room);
            for line in &lines {
                assert!(width(line) <= room, "{room}: {line}");
                if room >= 12 {
                    assert!(
                        !line.starts_with(['，', '。', '》', '）', '；', '”', '、']),
                        "{room}: {line}"
                    );
                    assert!(!line.ends_with(['《', '（', '“']), "{room}: {line}");
                }
            }
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }

    #[test]
    fn lines_of_the_text_stay_lines() {
        assert_eq!(wrap("一\n\n二\n", 10), ["一", "", "二"]);
        assert!(wrap("", 10).is_empty());
    }
}
