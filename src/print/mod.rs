//! A Document and its layout become a PDF: the only place that knows the PDF library.
//!
//! [`set`] places every text in millimetres, `pdf` writes the file, `read` reads it back and `compare` holds what it
//! read against what was to be printed: bytes leave this room only where both agree. It knows no record and no clock;
//! the only time in a file is the Document's.

mod compare;
mod fault;
mod file;
mod fit;
mod flow;
mod font;
mod lettering;
mod outlet;
mod pdf;
mod place;
mod qr;
mod read;
mod ruler;
mod sheet;
mod specimen;
mod table;
mod values;
mod wrap;

pub use fault::PrintFault;
pub use file::write_file;
pub use outlet::{file_name, send, write_stored};
pub use sheet::{Field, Mark, Offset, SetPage, SetPages, SetText};

use crate::{
    domain::document::{Document, Mode},
    forms::{
        self,
        paper::{self, Layout},
    },
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

/// Sets a document by its layout. The same document, layout and offset give the same bytes.
///
/// # Errors
/// As [`set`]; and a file whose text read back is not what was to be printed.
pub fn render(document: &Document, layout: &Layout, offset: Offset) -> Result<Pdf, PrintFault> {
    let pages = set(document, layout, offset)?;
    let bytes = pdf::write(document, &pages)?;
    compare::compare(document, layout, &pages, &read::read(&bytes)?)?;
    Ok(Pdf {
        sha256: forms::sha256_bytes(&bytes),
        bytes,
        pages: pages.pages.len(),
    })
}

/// Sets a document by the text of a layout as the record kept it; for a reprint under rules of their time.
///
/// # Errors
/// As [`render`]; and where the text is not the one the document names, or cannot be read.
pub fn render_stored(document: &Document, layout_text: &str, offset: Offset) -> Result<Pdf, PrintFault> {
    let file = format!("paper/{}.toml", document.layout);
    let paper = paper::parse(&file, layout_text).map_err(PrintFault::Layout)?;
    render(document, &paper.layout, offset)
}

/// Every text and mark of a document at its place on the paper, in millimetres.
///
/// # Errors
/// Another layout than the document names; a certificate in full outside training; a value that is missing, does not
/// fit or has a character no font draws; an offset that pushes a text off the paper.
pub fn set(document: &Document, layout: &Layout, offset: Offset) -> Result<SetPages, PrintFault> {
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
    place::place(document, layout)?.moved(offset)
}

/// The first character of a value that no font draws; it keeps every paper from being printed that bears the value.
pub fn lacking(value: &str) -> Option<char> {
    let chain = font::chain().ok()?;
    chain.missing(&font::printable(value))
}

#[cfg(test)]
mod tests;
