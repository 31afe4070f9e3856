//! A Document and its layout become a PDF: the only place that knows the PDF library.
