//! Where a text is cut into lines (避头尾). Knows widths in ems and no page.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::font::Chain;

/// What never begins a line, beside what Unicode's rules know.
const NEVER_FIRST: &str = "，。、；：！？）》〉」』】〕〗”’…—～·‧%％‰℃°,.;:!?)]}";
/// What never ends a line.
const NEVER_LAST: &str = "（《〈「『【〔〖“‘¥￥$＄№([{";

/// How far a line may stick out: what arithmetic loses.
const SLACK: f32 = 1e-3;

/// Where a text may be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Between words.
    Words,
    /// Inside a word too, where it is wider than the line.
    Anywhere,
}

/// Cuts one paragraph into lines no wider than `width` ems, the first `indent` ems less. `None` where a word (or with
/// [`Cut::Anywhere`] a single character) is wider than a line.
pub fn wrap(chain: &Chain, text: &str, width: f32, indent: f32, cut: Cut) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut filled = 0.0;
    let mut room = width - indent;
    for word in words(text) {
        let (bare, wide) = (chain.width(word.trim_end()), chain.width(word));
        if filled + bare <= room + SLACK {
            line.push_str(word);
            filled += wide;
            continue;
        }
        if !line.trim_end().is_empty() {
            lines.push(std::mem::take(&mut line));
            room = width;
        }
        line.clear();
        filled = wide;
        if bare <= room + SLACK {
            line.push_str(word);
        } else if cut == Cut::Anywhere {
            let mut pieces = split(chain, word, room, width)?;
            line = pieces.pop().unwrap_or_default();
            filled = chain.width(&line);
            lines.append(&mut pieces);
            if !lines.is_empty() {
                room = width;
            }
        } else {
            return None;
        }
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    Some(lines)
}

/// The pieces of a text that may not be cut.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    for (end, kind) in linebreaks(text) {
        let (before, after) = text.split_at(end);
        if kind == BreakOpportunity::Mandatory || !(ends_open(before) || begins_closed(after)) {
            words.extend(text.get(start..end).filter(|word| !word.is_empty()));
            start = end;
        }
    }
    words.extend(text.get(start..).filter(|word| !word.is_empty()));
    words
}

fn ends_open(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| NEVER_LAST.contains(c))
}

fn begins_closed(after: &str) -> bool {
    after.chars().next().is_some_and(|c| NEVER_FIRST.contains(c))
}

/// Cuts a word that is wider than a line between its characters.
fn split(chain: &Chain, word: &str, first: f32, width: f32) -> Option<Vec<String>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<&str> = Vec::new();
    let mut room = first;
    for grapheme in word.graphemes(true) {
        let wide: f32 = piece.iter().map(|part| chain.width(part)).sum();
        if wide + chain.width(grapheme.trim_end()) > room + SLACK {
            let mut next = vec![grapheme];
            while next.first().is_some_and(|head| begins_closed(head)) && piece.len() > 1 {
                next.splice(0..0, piece.pop());
            }
            if piece.is_empty() || next.iter().map(|part| chain.width(part)).sum::<f32>() > width + SLACK {
                return None;
            }
            pieces.push(piece.concat());
            piece = next;
            room = width;
        } else {
            piece.push(grapheme);
        }
    }
    pieces.push(piece.concat());
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::font::chain;

    fn lines(text: &str, width: f32, indent: f32, cut: Cut) -> Option<Vec<String>> {
        wrap(chain().unwrap(), text, width, indent, cut)
    }

    #[test]
    fn closing_marks_take_the_hanzi_before_with_them() {
        assert_eq!(
            lines("自愿结为夫妻。", 6.0, 0.0, Cut::Words).unwrap(),
            ["自愿结为夫", "妻。"]
        );
        assert_eq!(
            lines("依照《民法典》", 3.0, 0.0, Cut::Words).unwrap(),
            ["依照", "《民法", "典》"]
        );
        assert_eq!(
            lines("买买提·艾力", 3.2, 0.0, Cut::Words).unwrap(),
            ["买买", "提·艾", "力"]
        );
        assert_eq!(
            lines("等等……如此", 3.0, 0.0, Cut::Words).unwrap(),
            ["等", "等……", "如此"]
        );
    }

    #[test]
    fn words_and_numbers_are_cut_only_where_nothing_else_helps() {
        let text = "证号 330521199001010010";
        assert_eq!(
            lines(text, 11.0, 0.0, Cut::Words).unwrap(),
            ["证号", "330521199001010010"]
        );
        assert_eq!(lines(text, 6.0, 0.0, Cut::Words), None);
        let cut = lines(text, 6.0, 0.0, Cut::Anywhere).unwrap();
        assert_eq!(cut.concat(), "证号330521199001010010");
        assert!(cut.iter().all(|line| chain().unwrap().width(line) <= 6.0), "{cut:?}");
        assert_eq!(lines("国", 0.5, 0.0, Cut::Anywhere), None);
    }

    #[test]
    fn the_first_line_is_indented_and_spaces_at_a_cut_go() {
        assert_eq!(
            lines("一二三四五六", 4.0, 2.0, Cut::Words).unwrap(),
            ["一二", "三四五六"]
        );
        assert_eq!(lines("one two", 2.0, 0.0, Cut::Words).unwrap(), ["one", "two"]);
        assert_eq!(lines("", 2.0, 0.0, Cut::Words).unwrap(), [""]);
    }

    #[test]
    fn nothing_is_lost_and_no_line_is_too_wide() {
        let text = "本人与对方均无配偶（含事实婚姻），没有直系血亲、三代以内旁系血亲关系——了解对方“身体健康状况”。";
        for width in 4..30 {
            let width = width as f32;
            let Some(lines) = lines(text, width, 0.0, Cut::Anywhere) else {
                continue;
            };
            assert_eq!(lines.concat(), text);
            for line in &lines {
                assert!(chain().unwrap().width(line) <= width + 0.01, "{line}");
                let first = line.chars().next().unwrap();
                assert!(
                    !NEVER_FIRST.contains(first) || line.chars().count() == 1,
                    "{width}: {line}"
                );
            }
        }
    }
}
