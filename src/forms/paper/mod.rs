//! Layouts of papers (文书版式): what the printer prints, in millimetres from the top left corner.
//!
//! [`parse`] turns a file of `forms/paper/` into a [`Paper`], or says every fault by file, line and nearest word.
//! It draws nothing: `print` sets a `Document` by a [`Layout`].

mod compile;
mod layout;
mod raw;
mod template;

pub use compile::parse;
pub use layout::{
    Align, Area, BUILT_IN, Cell, Column, Element, Kind, Layer, Layout, Page, Place, Stand, Style, Table, Upright,
};
pub use template::Template;

/// A paper of the library: its layout, and the text it was compiled from.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Id, equal to the file's name without `.toml`.
    pub id: String,
    /// Title as people say it.
    pub title: String,
    /// The file's text, kept with each case so that a reprint needs no newer file.
    pub text: String,
    /// SHA-256 (hex) of the text.
    pub sha256: String,
    /// The compiled layout.
    pub layout: Layout,
}
