//! Rows of a list kept as CSV text with a header line and `#` comment lines. Knows no list's meaning and no file.

use std::rc::Rc;

use chrono::NaiveDate;
use thiserror::Error;

/// What is wrong with a list, and on which line of its text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("第 {line} 行 {column}：{problem}")]
pub struct RowFault {
    /// Line of the text, from 1.
    pub line: u64,
    /// Name of the column; empty where the line as a whole is meant.
    pub column: String,
    /// What is wrong and what was expected, in Chinese.
    pub problem: String,
}

/// One line of a list.
#[derive(Debug, Clone)]
pub struct Row {
    line: u64,
    header: Rc<csv::StringRecord>,
    record: csv::StringRecord,
}

/// Reads all lines; every name in `columns` must stand in the header, and no name that is not in `columns`.
pub fn read(text: &str, columns: &[&str]) -> Result<Vec<Row>, RowFault> {
    // One kind of line end, and one at the very end: the reader tells the line it stands on after a record.
    let text = format!(
        "{}\n",
        text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").trim_end()
    );
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = Rc::new(reader.headers().map_err(|e| csv_fault(&e, 1))?.clone());
    check_header(&header, columns)?;
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let read = reader.read_record(&mut record);
        let line = reader.position().line().saturating_sub(1);
        if !read.map_err(|e| csv_fault(&e, line))? {
            break;
        }
        rows.push(Row {
            line,
            header: Rc::clone(&header),
            record: record.clone(),
        });
    }
    Ok(rows)
}

fn check_header(header: &csv::StringRecord, columns: &[&str]) -> Result<(), RowFault> {
    let fault = |column: &str, problem: String| RowFault {
        line: 1,
        column: column.to_owned(),
        problem,
    };
    if let Some(missing) = columns.iter().find(|c| !header.iter().any(|h| h == **c)) {
        return Err(fault(missing, format!("表头缺少此列，应有：{}", columns.join(","))));
    }
    match header.iter().find(|h| !columns.contains(h)) {
        Some(unknown) => Err(fault(unknown, format!("表头多出此列，应有：{}", columns.join(",")))),
        None => Ok(()),
    }
}

fn csv_fault(error: &csv::Error, line: u64) -> RowFault {
    let problem = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("有 {len} 格，表头有 {expected_len} 格")
        }
        _ => "不是 CSV 文本".to_owned(),
    };
    RowFault {
        line,
        column: String::new(),
        problem,
    }
}

impl Row {
    /// The text of a cell, trimmed; empty where nothing stands.
    pub fn cell(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or("")
    }

    /// The text of a cell that may not be empty.
    pub fn required(&self, column: &str) -> Result<&str, RowFault> {
        match self.cell(column) {
            "" => Err(self.fault(column, "不能空着".to_owned())),
            text => Ok(text),
        }
    }

    /// A day `YYYY-MM-DD`, or `None` where nothing stands.
    pub fn day(&self, column: &str) -> Result<Option<NaiveDate>, RowFault> {
        let text = self.cell(column);
        if text.is_empty() {
            return Ok(None);
        }
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d");
        day.map(Some)
            .map_err(|_| self.fault(column, format!("“{text}”不是日期，应写成 2026-01-31")))
    }

    /// A fault of this line.
    pub fn fault(&self, column: &str, problem: String) -> RowFault {
        RowFault {
            line: self.line,
            column: column.to_owned(),
            problem,
        }
    }
}

/// From when to when a row counts; an open end is `None`, both ends belong to the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Validity {
    /// Reads the columns `valid_from` and `valid_to`.
    pub fn of(row: &Row) -> Result<Self, RowFault> {
        let validity = Self {
            from: row.day("valid_from")?,
            to: row.day("valid_to")?,
        };
        match (validity.from, validity.to) {
            (Some(from), Some(to)) if from > to => Err(row.fault("valid_to", "早于 valid_from".to_owned())),
            _ => Ok(validity),
        }
    }

    /// Whether the day belongs to the time.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.is_over_on(day)
    }

    /// Whether the time has ended before the day.
    pub fn is_over_on(&self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_skipped_and_lines_still_count() {
        let rows = read("\u{FEFF}# 来源\ncode,name\n01,汉族\n# x\n02,\n", &["code", "name"]).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].cell("name"), "汉族");
        let fault = rows[1].required("name").unwrap_err();
        assert_eq!((fault.line, fault.column.as_str()), (5, "name"));
    }

    #[test]
    fn headers_are_held_to_the_word() {
        assert_eq!(read("code,nam\n", &["code", "name"]).unwrap_err().column, "name");
        assert_eq!(read("code,name,more\n", &["code", "name"]).unwrap_err().column, "more");
        assert_eq!(read("code,name\n01\n", &["code", "name"]).unwrap_err().line, 2);
    }

    #[test]
    fn days_and_their_order() {
        let columns = ["valid_from", "valid_to"];
        let rows = read(
            "valid_from,valid_to\n2020-02-30,\n2021-01-01,2020-01-01\n,2020-01-01\n",
            &columns,
        )
        .unwrap();
        assert!(Validity::of(&rows[0]).unwrap_err().problem.contains("2020-02-30"));
        assert_eq!(Validity::of(&rows[1]).unwrap_err().line, 3);
        let open = Validity::of(&rows[2]).unwrap();
        let day = |d| NaiveDate::from_ymd_opt(2020, 1, d).unwrap();
        assert!(open.holds_on(day(1)) && !open.holds_on(day(2)) && open.is_over_on(day(2)));
    }
}
