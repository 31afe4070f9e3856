//! A Document and its layout become a PDF: the only place that knows the PDF library.
//!
//! [`render`] places every text in millimetres ([`place`]), writes the file (`page`), reads it back ([`read`]) and holds
//! what it read against what was to be printed: bytes leave this room only where both agree. It knows no record, no
//! printer and no clock; every time in the file is the Document's.

mod compare;
mod fault;
mod file;
mod font;
mod page;
mod place;
pub mod read;
mod set;

pub use fault::PrintFault;
pub use file::write_pdf;
use sha2::{Digest, Sha256};

use crate::{
    domain::document::{Document, Mode},
    forms::paper::{self, Layout},
};

/// A finished file, read back and found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// SHA-256 (hex) of the file.
    pub sha256: String,
    /// How many pages it has.
    pub pages: usize,
}

/// How far a printer sets everything off, to be made up for; mm, to the right and down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Offset {
    /// To the right.
    pub dx: f32,
    /// Down.
    pub dy: f32,
}

impl Offset {
    /// No offset.
    pub const NONE: Self = Self { dx: 0.0, dy: 0.0 };
}

/// Sets a document by its layout. The same document, layout and offset give the same bytes.
///
/// # Errors
/// Another layout than the document names; a certificate in full outside training; a value that is missing, does not
/// fit or has a character no font draws; a file whose text read back is not what was to be printed.
pub fn render(document: &Document, layout: &Layout, offset: Offset) -> Result<Pdf, PrintFault> {
    if document.layout_sha256 != layout.sha256 {
        return Err(PrintFault::OtherLayout {
            wanted: document.layout.clone(),
            given: layout.id.clone(),
        });
    }
    match document.mode {
        Mode::Full if layout.only_overlay && !document.specimen => {
            return Err(PrintFault::OnlyOverlay(document.title.clone()));
        }
        Mode::Overlay if !layout.only_overlay => return Err(PrintFault::NoBlank(document.title.clone())),
        Mode::Full | Mode::Overlay => {}
    }
    let fonts = font::chain()?;
    let sheet = place::place(fonts, document, layout, offset)?;
    let bytes = page::write(fonts, document, &sheet, offset)?;
    let pages = read::read(&bytes)?;
    compare::compare(&sheet, &pages, document.specimen)?;
    Ok(Pdf {
        sha256: hex(&Sha256::digest(&bytes)),
        bytes,
        pages: sheet.pages.len(),
    })
}

/// Sets a document by the text of a layout as the record kept it; for a reprint under rules of their time.
///
/// # Errors
/// As [`render`]; and where the text is not the one the document names, or cannot be read.
pub fn render_stored(document: &Document, layout_text: &str, offset: Offset) -> Result<Pdf, PrintFault> {
    let paper = paper::parse(&document.layout, layout_text).map_err(PrintFault::Layout)?;
    render(document, &paper.layout, offset)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
