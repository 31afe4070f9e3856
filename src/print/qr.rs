//! QR codes as filled rectangles, with the quiet zone a reader needs inside the square.

use qrcode::{Color, EcLevel, QrCode};

use super::{Field, Mark, PrintFault};
use crate::forms::paper::Area;

/// Empty modules on each side.
const QUIET: usize = 4;

/// The code of a text in a square; nothing for no text.
pub fn squares(text: &str, at: Area, field: &Field) -> Result<Option<Mark>, PrintFault> {
    if text.is_empty() {
        return Ok(None);
    }
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| PrintFault::Code { field: field.clone() })?;
    let (count, colors) = (code.width(), code.to_colors());
    let module = at.w.min(at.h) / (count + 2 * QUIET) as f32;
    let edge = |n: usize| (n + QUIET) as f32 * module;
    let mut filled = Vec::new();
    for (row, modules) in colors.chunks(count).enumerate() {
        let mut start = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            if run.first() == Some(&Color::Dark) {
                filled.push(Area {
                    x: at.x + edge(start),
                    y: at.y + edge(row),
                    w: edge(end) - edge(start),
                    h: module,
                });
            }
            start = end;
        }
    }
    Ok(Some(Mark::Filled(filled)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dark_modules_are_those_of_the_code_and_stay_off_the_edge() {
        let at = Area {
            x: 10.0,
            y: 20.0,
            w: 29.0,
            h: 29.0,
        };
        let Some(Mark::Filled(filled)) = squares("J330521", at, &Field::default()).unwrap() else {
            panic!()
        };
        let code = QrCode::with_error_correction_level("J330521", EcLevel::M).unwrap();
        assert_eq!(
            code.width(),
            21,
            "29 mm are 21 modules and twice four: a module is a millimetre"
        );
        let dark = |x: usize, y: usize| {
            let (x, y) = (10.0 + (x + QUIET) as f32 + 0.5, 20.0 + (y + QUIET) as f32 + 0.5);
            filled
                .iter()
                .any(|a| a.x < x && x < a.x + a.w && a.y < y && y < a.y + a.h)
        };
        for y in 0..21 {
            for x in 0..21 {
                assert_eq!(dark(x, y), code[(x, y)] == Color::Dark, "{x} {y}");
            }
        }
        assert!(filled.iter().all(|a| a.x >= 13.99 && a.x + a.w <= 35.01));
    }

    #[test]
    fn a_text_that_is_too_long_is_a_fault_and_none_is_no_code() {
        let at = Area::default();
        assert!(squares("", at, &Field::default()).unwrap().is_none());
        let fault = squares(&"9".repeat(8000), at, &Field::default()).unwrap_err();
        assert!(matches!(fault, PrintFault::Code { .. }));
    }
}
