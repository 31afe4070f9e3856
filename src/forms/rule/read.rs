//! A file of rules becomes compiled rules, held against the form they are for; its examples come along.

use std::collections::BTreeMap;

use super::{Base, Example, Rule, SEVERITY, example};
use crate::{
    domain::{code_list::CodeList, finding::Severity},
    forms::{
        Fault, Form,
        condition::{Condition, Vocabulary},
        definition::{other_section, renamed, told, words_of},
        head::Head,
        reader::{Located, Reader, Table},
        sentence::Sentence,
        source::DataFile,
    },
};

/// A file of rules that could be read.
#[derive(Debug)]
pub(in crate::forms) struct RuleFile {
    /// Its head; the id is the form's.
    pub head: Head,
    /// Its rules, in order.
    pub rules: Vec<Rule>,
    /// What all its examples begin with.
    pub base: Base,
    /// Its examples.
    pub examples: Vec<Example>,
}

/// Which form a file of rules is for, and its dates, before anything is held against that form.
pub(in crate::forms) fn read(
    file: &DataFile,
    form: &Form,
    lists: &BTreeMap<String, CodeList>,
) -> Result<RuleFile, Vec<Fault>> {
    let mut reader = Reader::new(&file.path, &file.text);
    let parsed = reader.parse();
    let mut root = reader.open("rules", parsed.get_ref(), 1);
    let head = Head::read(&mut reader, &mut root, file.stem());
    let words = words_of(form, lists);
    let mut rules = Vec::new();
    for table in root.tables(&mut reader, "rule", "rule") {
        rules.extend(rule(&mut reader, table, form, &words));
    }
    let base = example::read_base(&mut reader, &mut root, form);
    let mut examples = Vec::new();
    for table in root.tables(&mut reader, "example", "example") {
        examples.extend(example::read(&mut reader, table, form, &rules));
    }
    reader.close(root);
    twins(&mut reader, &rules);
    example::lacking(&mut reader, &rules, &examples);
    let mut faults = reader.faults;
    match (head, base) {
        (Some(head), Some(base)) if faults.is_empty() => Ok(RuleFile {
            head,
            rules,
            base,
            examples,
        }),
        _ => {
            if faults.is_empty() {
                faults.push(Fault::of_file(&file.path, "缺少 id、effective_from 或 [base]"));
            }
            Err(faults)
        }
    }
}

fn twins(reader: &mut Reader<'_>, rules: &[Rule]) {
    for (at, rule) in rules.iter().enumerate() {
        let earlier = rules.get(..at).unwrap_or_default();
        if earlier.iter().any(|other| other.id == rule.id) {
            reader.fault(rule.line, "id", format!("规则“{}”出现两次", rule.id), None);
        }
    }
}

/// One rule, or one for each section it is for.
fn rule(reader: &mut Reader<'_>, mut table: Table<'_>, form: &Form, words: &Vocabulary) -> Vec<Rule> {
    let id = table.id(reader, "id");
    let severity = table.needed(reader, "severity");
    let severity = reader
        .one_of(&severity, "severity", &SEVERITY)
        .unwrap_or(Severity::Error);
    let title = table.needed(reader, "title").value;
    let title_en = table.needed(reader, "title_en").value;
    let when = table.needed(reader, "when");
    let field = table.text(reader, "field");
    let says = table.needed(reader, "says");
    let says_en = table.needed(reader, "says_en");
    let article = table.text(reader, "article");
    let each = table.texts(reader, "each");
    reader.close(table);
    if severity == Severity::Refuse && article.is_none() {
        reader.fault(id.line, "article", "拒绝办理的规则必须写明依据的条款 article", None);
    }
    let sections: Vec<&str> = form.sections.iter().map(|section| section.id.as_str()).collect();
    let mut known = true;
    for section in each.iter().filter(|one| !sections.contains(&one.value.as_str())) {
        reader.unknown_word(section, "each", &sections);
        known = false;
    }
    let sources = Sources {
        when: &when,
        field: field.as_ref(),
        says: &says,
        says_en: &says_en,
    };
    let owns: Vec<Option<&str>> = match each.as_slice() {
        [] => vec![None],
        each if known => each.iter().map(|section| Some(section.value.as_str())).collect(),
        _ => Vec::new(),
    };
    let mut made = Vec::new();
    for own in owns {
        // What is wrong in the text of a rule for several is wrong in each of them: it is said once.
        let Some(compiled) = sources.compile(reader, form, words, own) else {
            break;
        };
        let (when, field, says, says_en) = compiled;
        made.push(Rule {
            id: own.map_or_else(|| id.value.clone(), |own| format!("{}-{own}", id.value)),
            written: id.value.clone(),
            severity,
            title: titled(form, own, &title, |section| &section.title),
            title_en: titled(form, own, &title_en, |section| &section.title_en),
            when,
            field,
            says,
            says_en,
            article: article.as_ref().map(|article| article.value.clone()),
            line: id.line,
        });
    }
    made
}

/// `男方·法定婚龄`, or the title alone.
fn titled<'f>(
    form: &'f Form,
    own: Option<&str>,
    title: &str,
    of: impl Fn(&'f crate::forms::Section) -> &'f String,
) -> String {
    let section = form.sections.iter().find(|section| Some(section.id.as_str()) == own);
    section.map_or_else(|| title.to_owned(), |section| format!("{}·{title}", of(section)))
}

/// The texts of a rule that hold expressions or paths.
struct Sources<'a> {
    when: &'a Located<String>,
    field: Option<&'a Located<String>>,
    says: &'a Located<String>,
    says_en: &'a Located<String>,
}

impl Sources<'_> {
    fn compile(
        &self,
        reader: &mut Reader<'_>,
        form: &Form,
        words: &Vocabulary,
        own: Option<&str>,
    ) -> Option<(Condition, Option<String>, Sentence, Sentence)> {
        let other = own.and_then(|own| other_section(form, own));
        let rename = |path: &str| match own {
            Some(own) => renamed(path, own, other.as_deref()),
            None => path.to_owned(),
        };
        if self.when.value.is_empty() {
            return None;
        }
        let when = Condition::compile_renamed(&self.when.value, words, &rename)
            .map_err(|fault| told(reader, self.when, "when", fault))
            .ok();
        let mut sentence = |source: &Located<String>, key: &str| {
            let source_text = source.value.replace("{own}", &section_title(form, own, key));
            Sentence::compile(&source_text, words, &rename)
                .map_err(|fault| told(reader, source, key, fault))
                .ok()
        };
        let (says, says_en) = (sentence(self.says, "says"), sentence(self.says_en, "says_en"));
        let field = self.field.map(|field| (field, rename(&field.value)));
        if let Some((field, path)) = field.as_ref().filter(|(_, path)| form.field(path).is_none()) {
            let known: Vec<&str> = form.fields().map(|field| field.path.as_str()).collect();
            let problem = format!("没有“{path}”这一栏");
            let near = crate::forms::fault::nearest(path, known);
            reader.fault(field.line, "field", problem, near);
            return None;
        }
        Some((when?, field.map(|(_, path)| path), says?, says_en?))
    }
}

/// What `{own}` in a sentence stands for: the heading of the section.
fn section_title(form: &Form, own: Option<&str>, key: &str) -> String {
    let section = form.sections.iter().find(|section| Some(section.id.as_str()) == own);
    let titles = section.map(|section| (section.title.clone(), section.title_en.clone()));
    match titles {
        Some((_, en)) if key == "says_en" => en,
        Some((zh, _)) => zh,
        None => "{own}".to_owned(),
    }
}
