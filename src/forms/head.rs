//! What the head of every dated file says: id, from when to when, on what it rests, who last held it against that.

use chrono::NaiveDate;

use super::{
    Fault,
    reader::{Located, Reader, Table},
};

/// How long a file counts as held against its source.
const CHECK_LASTS_DAYS: i64 = 365;

/// The head of a dated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// Its id.
    pub id: Located<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if its end is known.
    pub to: Option<NaiveDate>,
    /// Law and article, or number of the notice.
    pub source: String,
    /// When somebody last held the file against its source.
    pub checked_on: Option<NaiveDate>,
}

impl Head {
    /// Reads the head; faults go to the reader. `stem` is the file's name without ending.
    pub(super) fn read(reader: &mut Reader<'_>, file: &mut Table<'_>, stem: &str) -> Option<Self> {
        let id = file.id(reader, "id");
        let dates = dates(reader, file);
        let source = file.needed(reader, "source").value;
        let checked_on = file.day(reader, "checked_on");
        // The loader holds it against the file it lies over.
        file.text(reader, "based_on");
        let (from, to) = dates?;
        // One can tell from a file's name what it defines, also when it is broken.
        if !id.value.is_empty() && !names(stem, &id.value) {
            let problem = format!("文件名应是 {0}.toml 或 {0}@…….toml", id.value);
            reader.fault(id.line, "id", problem, None);
            return None;
        }
        Some(Self {
            id,
            from,
            to,
            source,
            checked_on,
        })
    }

    /// Whether both are versions of one id and have a day in common.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let ends_before = |a: &Self, b: &Self| a.to.is_some_and(|to| to < b.from);
        self.id.value == other.id.value && !ends_before(self, other) && !ends_before(other, self)
    }

    /// The fault of two files of one id with a day in common.
    pub(super) fn overlap_fault(&self, file: &str, other: &str) -> Fault {
        Fault {
            file: file.to_owned(),
            line: self.id.line,
            key: "effective_from".to_owned(),
            problem: format!("“{}”的有效期与 {other} 重叠：同一天只能有一个版本", self.id.value),
            nearest: None,
        }
    }
}

/// From when to when a file holds; `None` where its first day cannot be read.
pub(super) fn dates(reader: &mut Reader<'_>, file: &mut Table<'_>) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let from_line = file.line_of("effective_from");
    let stood = file.has("effective_from");
    let from = file.day(reader, "effective_from");
    if !stood {
        let problem = "缺少 effective_from（从哪一天起施行）";
        reader.fault(from_line, "effective_from", problem, None);
    }
    let to_line = file.line_of("effective_to");
    let to = file.day(reader, "effective_to");
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        reader.fault(to_line, "effective_to", "早于 effective_from", None);
    }
    Some((from?, to))
}

/// A notice where nobody has held a file against its source for a year.
pub(super) fn not_looked_at(path: &str, checked_on: Option<NaiveDate>, today: NaiveDate) -> Option<Fault> {
    let problem = match checked_on {
        None => "没有写 checked_on：还没有人对照原文核对过".to_owned(),
        Some(_) => {
            let (day, days) = days_unchecked(checked_on, today)?;
            format!("上次对照原文是 {day}（{days} 天前），应重新核对")
        }
    };
    Some(Fault {
        key: "checked_on".to_owned(),
        ..Fault::of_file(path, problem)
    })
}

/// When a file was last held against its source and how many days ago, where that is too long.
pub(super) fn days_unchecked(checked_on: Option<NaiveDate>, today: NaiveDate) -> Option<(NaiveDate, i64)> {
    let day = checked_on?;
    let days = today.signed_duration_since(day).num_days();
    (days > CHECK_LASTS_DAYS).then_some((day, days))
}

/// The fault of a file that says it will be held against its source: nobody has looked on a day to come.
pub(super) fn looked_at_later(path: &str, checked_on: Option<NaiveDate>, today: NaiveDate) -> Option<Fault> {
    let day = checked_on.filter(|day| *day > today)?;
    Some(Fault {
        key: "checked_on".to_owned(),
        ..Fault::of_file(
            path,
            format!("checked_on 是 {day}，在今天 {today} 之后：写实际对照原文的日期"),
        )
    })
}

/// Whether a file of this name defines a version of an id: `marriage`, `marriage@2027`.
pub(super) fn names(stem: &str, id: &str) -> bool {
    stem.strip_prefix(id)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(from: &str, to: Option<&str>) -> Head {
        Head {
            id: Located {
                value: "a".into(),
                line: 1,
            },
            from: from.parse().unwrap(),
            to: to.map(|to| to.parse().unwrap()),
            source: String::new(),
            checked_on: None,
        }
    }

    #[test]
    fn versions_of_one_id_share_no_day() {
        let old = head("2020-01-01", Some("2025-05-09"));
        assert!(!old.overlaps(&head("2025-05-10", None)));
        assert!(old.overlaps(&head("2025-05-09", None)));
        assert!(head("2025-05-10", None).overlaps(&head("2030-01-01", None)));
    }

    #[test]
    fn a_files_name_tells_what_it_defines() {
        assert!(names("marriage", "marriage") && names("marriage@2027", "marriage"));
        assert!(!names("marriages", "marriage") && !names("reissue", "marriage"));
    }
}
