//! The data files as texts: those inside the program, and a county's laid over them by relative path.
//! Knows no file's meaning.

use std::{borrow::Cow, fs, io, path::Path, sync::OnceLock};

use include_dir::{Dir, include_dir};

use super::{Fault, sha256};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/forms");

/// One data file.
#[derive(Debug)]
pub struct DataFile {
    /// Path below `forms/`, with `/`: `desk/marriage.toml`.
    pub path: String,
    /// Its text as read; empty where it is no UTF-8, which is a fault.
    pub text: Cow<'static, str>,
    /// Whether it lies in the county's folder.
    pub county: bool,
    sha256: OnceLock<String>,
}

/// All data files in force, by path, and what is wrong with them before anybody reads them.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: Vec<DataFile>,
    /// Files that cannot be read as text.
    pub faults: Vec<Fault>,
    /// Files laid over another than the one inside the program.
    pub warnings: Vec<Fault>,
}

impl DataFile {
    /// A file of a path and a text.
    pub(super) fn new(path: &str, text: impl Into<Cow<'static, str>>, county: bool) -> Self {
        Self {
            path: path.to_owned(),
            text: text.into(),
            county,
            sha256: OnceLock::new(),
        }
    }

    /// SHA-256 of its text, in hex.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| sha256(&self.text))
    }

    /// Its name without folder and ending: `marriage`.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

impl Files {
    /// The files inside the program.
    pub(super) fn embedded() -> Self {
        let mut files = Self::default();
        files.add_dir(&EMBEDDED);
        files.files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    /// The files inside the program with a folder laid over them.
    ///
    /// # Errors
    /// The folder or a file in it cannot be read.
    pub(super) fn with_folder(folder: &Path) -> io::Result<Self> {
        let mut files = Self::embedded();
        let mut found = Vec::new();
        walk(folder, "", &mut found)?;
        for (path, bytes) in found {
            let text = String::from_utf8(bytes).unwrap_or_else(|_| {
                files.faults.push(Fault::of_file(&path, "不是 UTF-8 文本"));
                String::new()
            });
            files.lay(DataFile::new(&path, text, true));
        }
        files.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// The files of a folder with an ending, in the order of their paths.
    pub(super) fn of<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = &'a DataFile> {
        let fits = move |file: &&DataFile| {
            let below = file.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            below.is_some_and(|name| !name.contains('/') && name.ends_with(ending))
        };
        self.files.iter().filter(fits)
    }

    /// The file of a path.
    pub(super) fn get(&self, path: &str) -> Option<&DataFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// All files.
    pub(super) fn all(&self) -> &[DataFile] {
        &self.files
    }

    /// Lays a file over the one of the same path, or adds it.
    pub(super) fn lay(&mut self, file: DataFile) {
        match self.files.iter().position(|below| below.path == file.path) {
            Some(at) => {
                let below = self.files.swap_remove(at);
                self.warnings.extend(not_based_on(&file, below.sha256()));
            }
            None => self.warnings.extend(stands_alone(&file)),
        }
        self.files.push(file);
    }

    fn add_dir(&mut self, dir: &Dir<'static>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            match std::str::from_utf8(file.contents()) {
                Ok(_) => self.files.extend(utf8(&path, file)),
                Err(_) => self.faults.push(Fault::of_file(&path, "不是 UTF-8 文本")),
            }
        }
        dir.dirs().for_each(|dir| self.add_dir(dir));
    }
}

fn utf8(path: &str, file: &include_dir::File<'static>) -> Option<DataFile> {
    let text = EMBEDDED.get_file(file.path())?.contents_utf8()?;
    Some(DataFile::new(path, text, false))
}

/// All files below a folder, by path with `/`; hidden ones and editors' leftovers are passed by.
fn walk(folder: &Path, above: &str, found: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if above.is_empty() {
            name.clone()
        } else {
            format!("{above}/{name}")
        };
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        if entry.path().is_dir() {
            walk(&entry.path(), &path, found)?;
        } else if name.ends_with(".toml") || name.ends_with(".csv") {
            found.push((path, fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// `based_on = "…"` at the head of a TOML file, `# based_on = "…"` at the head of a list: line and hash.
fn based_on(text: &str) -> Option<(usize, &str)> {
    let head = text.lines().enumerate().take_while(|(_, line)| !line.starts_with('['));
    for (at, line) in head {
        let line = line.trim_start_matches(['#', ' ']);
        if let Some(rest) = line.strip_prefix("based_on") {
            let hash = rest.trim_start().strip_prefix('=')?.split('#').next()?;
            return Some((at + 1, hash.trim().trim_matches('"')));
        }
    }
    None
}

fn not_based_on(file: &DataFile, below: &str) -> Option<Fault> {
    let stated = based_on(&file.text);
    let problem = match stated {
        Some((_, hash)) if hash == below => return None,
        Some(_) => format!("程序自带的文件已经改变（现为 {below}）：请核对后改 based_on"),
        None => format!("盖过程序自带的文件，应写明 based_on = \"{below}\""),
    };
    Some(warning(file, stated.map_or(0, |(line, _)| line), problem))
}

fn stands_alone(file: &DataFile) -> Option<Fault> {
    let (line, _) = based_on(&file.text)?;
    Some(warning(
        file,
        line,
        "程序自带的文件里没有这一个，based_on 没有所指".to_owned(),
    ))
}

fn warning(file: &DataFile, line: usize, problem: String) -> Fault {
    Fault {
        file: file.path.clone(),
        line,
        key: "based_on".to_owned(),
        problem,
        nearest: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_files_are_there_by_folder() {
        let files = Files::embedded();
        assert!(files.faults.is_empty());
        assert!(files.of("codes", ".csv").any(|file| file.stem() == "ethnicities"));
        assert!(files.get("codes/ethnicities.csv").is_some_and(|file| !file.county));
    }

    #[test]
    fn a_county_file_takes_the_place_of_the_embedded_one_and_says_which() {
        let mut files = Files::embedded();
        let below = files.get("codes/sexes.csv").unwrap().sha256().to_owned();
        files.lay(DataFile::new(
            "codes/sexes.csv",
            format!("# based_on = \"{below}\"\ncode\n"),
            true,
        ));
        assert!(files.warnings.is_empty(), "{:?}", files.warnings);
        assert!(files.get("codes/sexes.csv").unwrap().county);
        let mut files = Files::embedded();
        files.lay(DataFile::new(
            "codes/sexes.csv",
            "# from home\n# based_on = \"00\"\n",
            true,
        ));
        assert_eq!(files.warnings[0].line, 2);
        assert!(files.warnings[0].problem.contains(&below));
        files.lay(DataFile::new("rules/own.toml", "", true));
        assert_eq!(files.warnings.len(), 1);
    }

    #[test]
    fn a_folder_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("desk")).unwrap();
        fs::write(folder.path().join("desk/x.toml"), [0xff]).unwrap();
        fs::write(folder.path().join("desk/.x.toml.swp"), "no").unwrap();
        let files = Files::with_folder(folder.path()).unwrap();
        assert_eq!(files.faults[0].file, "desk/x.toml");
        assert!(files.of("desk", ".toml").any(|file| file.county));
        assert!(Files::with_folder(Path::new("/no/such/folder")).is_err());
    }
}
