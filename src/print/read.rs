//! A PDF file of ours read back: which text stands where on which page, by what its own tables say.

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use lopdf::{Dictionary, Document, Object, content::Operation};

use super::{PrintFault, fit::POINT};

/// A text between two marks of a text's begin and end.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadText {
    /// What it says.
    pub text: String,
    /// Where its baseline starts, mm from the top left corner.
    pub at: (f32, f32),
    /// Size in points, as last set.
    pub size: f32,
    /// Whether it is turned.
    pub turned: bool,
}

/// All texts of a file, page by page.
pub fn read(bytes: &[u8]) -> Result<Vec<Vec<ReadText>>, PrintFault> {
    let file = Document::load_mem(bytes).map_err(fault)?;
    // A font is read once, however many pages use it.
    let mut known = HashMap::new();
    let pages = file.get_pages();
    pages.values().map(|id| page(&file, *id, &mut known)).collect()
}

fn fault(why: impl ToString) -> PrintFault {
    PrintFault::Pdf(why.to_string())
}

/// What each code of a font means.
pub type Meanings = HashMap<u16, String>;

fn page(
    file: &Document,
    id: lopdf::ObjectId,
    known: &mut HashMap<Vec<u8>, Meanings>,
) -> Result<Vec<ReadText>, PrintFault> {
    let fonts: BTreeMap<Vec<u8>, &Dictionary> = file.get_page_fonts(id).map_err(fault)?;
    for (name, font) in fonts {
        if let Entry::Vacant(new) = known.entry(name) {
            new.insert(meanings(file, font)?);
        }
    }
    let content = file.get_and_decode_page_content(id).map_err(fault)?;
    let mut reader = Reader {
        known,
        font: None,
        height: height(file, id)?,
        now: None,
        texts: Vec::new(),
    };
    for operation in &content.operations {
        reader.operation(operation)?;
    }
    Ok(reader.texts)
}

fn height(file: &Document, id: lopdf::ObjectId) -> Result<f32, PrintFault> {
    let sheet = file
        .get_dictionary(id)
        .and_then(|page| page.get(b"MediaBox"))
        .map_err(fault)?;
    let sheet = file
        .dereference(sheet)
        .and_then(|(_, sheet)| sheet.as_array())
        .map_err(fault)?;
    Ok(sheet.last().map_or(Ok(0.0), Object::as_float).map_err(fault)? * POINT)
}

struct Reader<'a> {
    known: &'a HashMap<Vec<u8>, Meanings>,
    font: Option<&'a Meanings>,
    height: f32,
    now: Option<ReadText>,
    texts: Vec<ReadText>,
}

impl Reader<'_> {
    fn operation(&mut self, operation: &Operation) -> Result<(), PrintFault> {
        let numbers = || {
            operation
                .operands
                .iter()
                .filter_map(|operand| operand.as_float().ok())
                .collect::<Vec<_>>()
        };
        match operation.operator.as_str() {
            "BT" => {
                self.now = Some(ReadText {
                    text: String::new(),
                    at: (0.0, 0.0),
                    size: 0.0,
                    turned: false,
                });
            }
            "ET" => self.texts.extend(self.now.take()),
            "Tf" => {
                let name = operation.operands.first().and_then(|name| name.as_name().ok());
                self.font = name.and_then(|name| self.known.get(name));
                if let (Some(now), [size, ..]) = (&mut self.now, numbers().as_slice()) {
                    now.size = *size;
                }
            }
            "Td" => {
                if let (Some(now), [x, y]) = (&mut self.now, numbers().as_slice()) {
                    now.at = (x * POINT, self.height - y * POINT);
                }
            }
            "Tm" => {
                if let (Some(now), [a, b, c, d, x, y]) = (&mut self.now, numbers().as_slice()) {
                    now.at = (x * POINT, self.height - y * POINT);
                    now.turned = [*a, *b, *c, *d] != [1.0, 0.0, 0.0, 1.0];
                }
            }
            "Tj" | "TJ" => operation.operands.iter().for_each(|operand| self.show(operand)),
            "'" | "\"" => return Err(fault(format!("text shown by {}", operation.operator))),
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, operand: &Object) {
        match operand {
            Object::Array(items) => items.iter().for_each(|item| self.show(item)),
            Object::String(codes, _) => {
                let Some(now) = &mut self.now else { return };
                for code in codes.chunks(2) {
                    let meaning = match code {
                        [high, low] => self.font.and_then(|font| font.get(&u16::from_be_bytes([*high, *low]))),
                        _ => None,
                    };
                    now.text.push_str(meaning.map_or("\u{FFFD}", String::as_str));
                }
            }
            _ => {}
        }
    }
}

/// Reads a font's `ToUnicode` table: lines of `<code> <text in UTF-16>` between `beginbfchar` and `endbfchar`.
pub fn meanings(file: &Document, font: &Dictionary) -> Result<Meanings, PrintFault> {
    let table = font
        .get(b"ToUnicode")
        .and_then(|table| file.dereference(table))
        .map_err(fault)?;
    let table = table
        .1
        .as_stream()
        .and_then(|table| table.get_plain_content())
        .map_err(fault)?;
    let table = String::from_utf8_lossy(&table);
    let mut meanings = Meanings::new();
    for block in table.split("beginbfchar").skip(1) {
        let block = block.split("endbfchar").next().unwrap_or_default();
        let mut words = block.split(['<', '>']).map(str::trim).filter(|word| !word.is_empty());
        while let (Some(code), Some(text)) = (words.next(), words.next()) {
            let code = u16::from_str_radix(code, 16).map_err(fault)?;
            meanings.insert(code, utf16(text)?);
        }
    }
    Ok(meanings)
}

fn utf16(hex: &str) -> Result<String, PrintFault> {
    let mut units = Vec::with_capacity(2);
    let digits: Vec<char> = hex.chars().collect();
    for unit in digits.chunks(4) {
        let unit: String = unit.iter().collect();
        units.push(u16::from_str_radix(&unit, 16).map_err(fault)?);
    }
    String::from_utf16(&units).map_err(fault)
}
