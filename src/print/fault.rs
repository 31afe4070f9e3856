//! Why a paper is not printed: said before paper is used.

use std::path::PathBuf;

use thiserror::Error;

use super::Field;
use crate::forms::Fault;

/// Why a paper cannot be printed.
#[derive(Debug, Error)]
pub enum PrintFault {
    /// The layout given is not the one the document was made for.
    #[error("文书按版式“{wanted}”开具，给出的“{given}”不是当时的版本；请用案卷里保存的版式重印")]
    OtherLayout {
        /// The layout the document names.
        wanted: String,
        /// The layout that was given.
        given: String,
    },
    /// The layout cannot be read.
    #[error("版式文件有误，没有打印：{}", .0.first().map(Fault::to_string).unwrap_or_default())]
    Layout(Vec<Fault>),
    /// A certificate is only ever printed on a blank.
    #[error("{0}只能套打在空白证件上，不能打印在普通纸上；请装入空白证件后套打")]
    OnlyOverlay(String),
    /// There is no pre-printed blank for this paper.
    #[error("{0}没有预印的空白件，不能套打；请打印在普通纸上")]
    NoBlank(String),
    /// The layout asks for a value the document does not carry, or for rows where there is a text.
    #[error("文书缺少“{binding}”（版式第 {line} 行），没有打印；请管理员运行 forms check 核对版式")]
    MissingBinding {
        /// The name.
        binding: String,
        /// The layout's line.
        line: usize,
    },
    /// No embedded font draws a character.
    #[error(
        "没有字体能印出“{char}”（U+{code_point:04X}），它在“{binding}”中；没有用纸。请核对这个字；\
         确是此字的，请管理员补字库，不要用别的字代替"
    )]
    MissingGlyph {
        /// The character.
        char: char,
        /// The same as a number.
        code_point: u32,
        /// The binding it stands in; the words of the form themselves where no binding is at fault.
        binding: String,
    },
    /// A value is too long for its place, even at the smallest size.
    #[error("{field}太长，缩到最小字号也印不下，没有打印；请缩短内容，或请管理员放大版式第 {} 行的位置", .field.line)]
    Overflow {
        /// What it is.
        field: Field,
    },
    /// The printer's offset pushes a text over the edge of the paper.
    #[error("按这台打印机的偏移，{field}会印到纸外，没有打印；请重新校准打印机")]
    OffPaper {
        /// What it is.
        field: Field,
    },
    /// A value is too long for a QR code.
    #[error("{field}太长，放不进二维码，没有打印；请缩短内容")]
    Code {
        /// What it is.
        field: Field,
    },
    /// The file's text, read back, is not what was to be printed.
    #[error("{field}应印“{wanted}”，文件读回却是“{read}”，没有打印；请勿使用这份文件，并告知管理员")]
    ReadBack {
        /// What it is.
        field: Field,
        /// What was to be printed.
        wanted: String,
        /// What the file says.
        read: String,
    },
    /// The PDF cannot be made or read; a fault of the program.
    #[error("无法生成 PDF，没有打印；请告知管理员：{0}")]
    Pdf(String),
    /// The file cannot be written; nothing was left behind.
    #[error("无法写入 {}，没有留下半份文件；请检查文件夹和磁盘空间：{source}", .path.display())]
    Write {
        /// Where to.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl PrintFault {
    /// A character no font draws.
    pub(super) fn glyph(char: char, binding: &str) -> Self {
        Self::MissingGlyph {
            char,
            code_point: u32::from(char),
            binding: binding.to_owned(),
        }
    }

    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::OtherLayout { wanted, given } => format!(
                "the document was made for layout \"{wanted}\" as it stood then and \"{given}\" is another; \
                 print it with the layout kept in the case"
            ),
            Self::Layout(faults) => {
                let first = faults.first().map(Fault::to_string).unwrap_or_default();
                format!("the layout is faulty, nothing was printed: {first}")
            }
            Self::OnlyOverlay(title) => {
                format!("{title} is printed on a blank certificate only: put one in and print over it")
            }
            Self::NoBlank(title) => format!("there is no pre-printed blank for {title}: print it on plain paper"),
            Self::MissingBinding { binding, line } => format!(
                "the document carries no \"{binding}\" (layout line {line}), nothing was printed; \
                 let the administrator run forms check"
            ),
            Self::MissingGlyph {
                char,
                code_point,
                binding,
            } => format!(
                "no font draws \"{char}\" (U+{code_point:04X}) in \"{binding}\"; no paper was used. Check the \
                 character; if it is right, ask the administrator for a font, and do not put another in its place"
            ),
            Self::Overflow { field } => format!(
                "{field} is too long for its place even at the smallest size, nothing was printed; shorten it, or let \
                 the administrator widen line {} of the layout",
                field.line
            ),
            Self::OffPaper { field } => format!(
                "with this printer's offset {field} would leave the paper, nothing was printed; calibrate the printer"
            ),
            Self::Code { field } => format!("{field} is too long for a QR code, nothing was printed; shorten it"),
            Self::ReadBack { field, wanted, read } => format!(
                "{field} should say \"{wanted}\" but the file reads \"{read}\", nothing was printed; do not use this \
                 file and tell the administrator"
            ),
            Self::Pdf(why) => format!("the PDF cannot be made, nothing was printed; tell the administrator: {why}"),
            Self::Write { path, source } => format!(
                "{} cannot be written and no half file was left; check folder and disk: {source}",
                path.display()
            ),
        }
    }
}
