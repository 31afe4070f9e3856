//! Why a paper is not printed: said before paper is used.

use std::path::PathBuf;

use thiserror::Error;

use crate::forms::Fault;

/// Why a paper cannot be printed.
#[derive(Debug, Error)]
pub enum PrintFault {
    /// The layout given is not the one the document was made for.
    #[error("文书按版式“{wanted}”开具，给出的版式“{given}”不是当时的版本")]
    OtherLayout {
        /// The layout the document names.
        wanted: String,
        /// The layout that was given.
        given: String,
    },
    /// The stored layout cannot be read.
    #[error("版式文件有误：{}", .0.first().map(Fault::to_string).unwrap_or_default())]
    Layout(Vec<Fault>),
    /// A certificate is only ever printed on a blank.
    #[error("{0}只能套打在空白证件上，不能打印在普通纸上")]
    OnlyOverlay(String),
    /// There is no pre-printed blank for this paper.
    #[error("{0}没有预印的空白件，不能套打")]
    NoBlank(String),
    /// The layout asks for a value the document does not carry, or for rows where there is a text.
    #[error("文书缺少“{binding}”（版式第 {line} 行）")]
    MissingBinding {
        /// The name.
        binding: String,
        /// The layout's line.
        line: usize,
    },
    /// No embedded font draws a character.
    #[error("没有字体能印出“{char}”（U+{:04X}），在“{field}”中；请勿用别的字代替", *.char as u32)]
    MissingGlyph {
        /// The character.
        char: char,
        /// The binding it stands in.
        field: String,
    },
    /// A value is too long for its place, even at the smallest size.
    #[error("“{field}”太长，印不下（版式第 {line} 行）")]
    Overflow {
        /// The binding.
        field: String,
        /// The layout's line.
        line: usize,
    },
    /// The file's text, read back, is not what was to be printed.
    #[error("“{field}”应印“{wanted}”，文件读回却是“{read}”：没有打印")]
    ReadBack {
        /// The binding.
        field: String,
        /// What was to be printed.
        wanted: String,
        /// What the file says.
        read: String,
    },
    /// The PDF cannot be made or read; a fault of the program.
    #[error("无法生成 PDF：{0}")]
    Pdf(String),
    /// The file cannot be written; nothing was left behind.
    #[error("无法写入 {}：{source}", .path.display())]
    Write {
        /// Where to.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl PrintFault {
    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::OtherLayout { wanted, given } => {
                format!("the document was made for layout \"{wanted}\" as it stood then, \"{given}\" is another")
            }
            Self::Layout(faults) => format!("the layout is faulty: {}", faults.first().map_or(0, |f| f.line)),
            Self::OnlyOverlay(title) => format!("{title} is printed on a blank certificate only, never on plain paper"),
            Self::NoBlank(title) => format!("there is no pre-printed blank for {title}"),
            Self::MissingBinding { binding, line } => {
                format!("the document carries no \"{binding}\" (layout line {line})")
            }
            Self::MissingGlyph { char, field } => {
                format!("no font draws \"{char}\" (U+{:04X}) in \"{field}\"", *char as u32)
            }
            Self::Overflow { field, line } => format!("\"{field}\" is too long for its place (layout line {line})"),
            Self::ReadBack { field, wanted, read } => {
                format!("\"{field}\" should say \"{wanted}\" but the file reads \"{read}\": nothing was printed")
            }
            Self::Pdf(why) => format!("the PDF cannot be made: {why}"),
            Self::Write { path, source } => format!("{} cannot be written: {source}", path.display()),
        }
    }
}
