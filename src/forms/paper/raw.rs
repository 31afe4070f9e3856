//! The layout file as it is written; what its words mean is decided in `compile`.

use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperRaw {
    pub id: Spanned<String>,
    pub title: String,
    /// Where the form comes from; for people.
    #[serde(rename = "source")]
    pub _source: String,
    pub page: PageRaw,
    #[serde(default)]
    pub only_overlay: bool,
    #[serde(default)]
    pub style: StyleRaw,
    #[serde(default)]
    pub text: Vec<Spanned<TextRaw>>,
    #[serde(default)]
    pub cell: Vec<Spanned<CellRaw>>,
    #[serde(default)]
    pub table: Vec<Spanned<TableRaw>>,
    #[serde(default)]
    pub line: Vec<Spanned<LineRaw>>,
    #[serde(default)]
    pub photo: Vec<Spanned<PlaceRaw>>,
    #[serde(default, rename = "seal-place")]
    pub seal: Vec<Spanned<PlaceRaw>>,
    #[serde(default, rename = "signature-place")]
    pub signature: Vec<Spanned<PlaceRaw>>,
    #[serde(default)]
    pub qr: Vec<Spanned<QrRaw>>,
    #[serde(default)]
    pub ruler: Vec<Spanned<RulerRaw>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageRaw {
    pub size: Spanned<Vec<f32>>,
    pub top: Option<f32>,
    pub bottom: Option<f32>,
}

/// Sizes for the whole layout, where an element has none of its own.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StyleRaw {
    pub size: Option<f32>,
    pub min: Option<f32>,
    pub lead: Option<f32>,
    pub label_size: Option<f32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextRaw {
    pub at: Vec<f32>,
    pub text: String,
    pub size: Option<f32>,
    pub min: Option<f32>,
    pub lead: Option<f32>,
    pub align: Option<String>,
    pub valign: Option<String>,
    #[serde(default)]
    pub indent: f32,
    pub layer: Option<String>,
    #[serde(default)]
    pub underline: bool,
    #[serde(default)]
    pub every_page: bool,
    pub below: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CellRaw {
    pub at: Vec<f32>,
    #[serde(default)]
    pub label: String,
    pub label_w: Option<f32>,
    pub label_size: Option<f32>,
    pub label_align: Option<String>,
    pub value: Option<String>,
    pub size: Option<f32>,
    pub min: Option<f32>,
    pub lead: Option<f32>,
    pub align: Option<String>,
    pub valign: Option<String>,
    #[serde(default)]
    pub every_page: bool,
    pub below: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableRaw {
    pub id: String,
    pub at: Vec<f32>,
    #[serde(default)]
    pub title: String,
    pub rows: String,
    pub columns: Vec<Spanned<ColumnRaw>>,
    pub row_h: Option<f32>,
    #[serde(default)]
    pub min_rows: usize,
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub empty: String,
    pub size: Option<f32>,
    pub min: Option<f32>,
    pub lead: Option<f32>,
    pub below: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnRaw {
    pub title: String,
    pub width: f32,
    pub value: String,
    pub align: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineRaw {
    pub from: Vec<f32>,
    pub to: Vec<f32>,
    pub width: Option<f32>,
    #[serde(default)]
    pub every_page: bool,
    pub below: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceRaw {
    pub at: Vec<f32>,
    #[serde(default)]
    pub label: String,
    pub size: Option<f32>,
    pub align: Option<String>,
    pub valign: Option<String>,
    pub below: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QrRaw {
    pub at: Vec<f32>,
    pub value: String,
    pub below: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulerRaw {
    pub at: Vec<f32>,
}
