//! Passwords: from a file, from the environment, or typed where nobody sees it; never from an argument.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;

use super::args::Lang;
use super::stop::Stop;

/// Longest password file that is read, in bytes.
const MOST: u64 = 4096;

/// The password of whoever signs in: from `--password-file`, `GUITAI_PASSWORD`, or a prompt.
///
/// # Errors
/// The file cannot be read, or there is no terminal to ask at.
pub(super) fn of(account: &str, file: Option<&Path>, lang: Lang) -> Result<String, Stop> {
    if let Some(file) = file {
        return from_file(file);
    }
    if let Ok(password) = std::env::var("GUITAI_PASSWORD") {
        return Ok(password);
    }
    ask(&match lang {
        Lang::Zh => format!("{account} 的口令："),
        Lang::En => format!("Password of {account}: "),
    })
}

/// The first password of an account made without signing in: as [`of`], but typed twice.
///
/// # Errors
/// As [`new_of`].
pub(super) fn first_of(account: &str, file: Option<&Path>, lang: Lang) -> Result<String, Stop> {
    match (file, std::env::var("GUITAI_PASSWORD")) {
        (Some(file), _) => from_file(file),
        (None, Ok(password)) => Ok(password),
        (None, Err(_)) => new_of(account, None, lang),
    }
}

/// A new password: from a file, `GUITAI_NEW_PASSWORD`, or typed twice.
///
/// # Errors
/// The file cannot be read, there is no terminal, or the two differ.
pub(super) fn new_of(account: &str, file: Option<&Path>, lang: Lang) -> Result<String, Stop> {
    if let Some(file) = file {
        return from_file(file);
    }
    if let Ok(password) = std::env::var("GUITAI_NEW_PASSWORD") {
        return Ok(password);
    }
    let (first, again) = match lang {
        Lang::Zh => (format!("{account} 的新口令："), "再输一次："),
        Lang::En => (format!("New password of {account}: "), "Once more: "),
    };
    let password = ask(&first)?;
    if ask(again)? == password {
        Ok(password)
    } else {
        Err(Stop::input(
            "两次输入的口令不同，没有改。",
            "The two passwords differ; nothing was changed.",
        ))
    }
}

/// The first line of a password file.
///
/// # Errors
/// It cannot be read, is too long, or holds nothing.
pub(super) fn from_file(file: &Path) -> Result<String, Stop> {
    let shown = file.display();
    let unreadable = |why: &dyn std::fmt::Display| {
        Stop::input(
            &format!("口令文件 {shown} 读不出来：{why}"),
            &format!("The password file {shown} cannot be read: {why}"),
        )
    };
    let size = fs::metadata(file).map_err(|error| unreadable(&error))?.len();
    if size > MOST {
        return Err(unreadable(&format!("{size} > {MOST}")));
    }
    let text = fs::read_to_string(file).map_err(|error| unreadable(&error))?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(line.to_owned()),
        _ => Err(unreadable(&"空 / empty")),
    }
}

fn ask(prompt: &str) -> Result<String, Stop> {
    if !io::stdin().is_terminal() {
        return Err(Stop::input(
            "没有终端可以询问口令。请用 --password-file 或环境变量 GUITAI_PASSWORD。",
            "There is no terminal to ask for the password at. Use --password-file or GUITAI_PASSWORD.",
        ));
    }
    rpassword::prompt_password(prompt).map_err(|error| {
        Stop::input(
            &format!("口令没有读到：{error}"),
            &format!("The password could not be read: {error}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_file_holds_one_line() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("p");
        fs::write(&file, "geheim 密\nsecond\n").unwrap();
        assert_eq!(from_file(&file).unwrap(), "geheim 密");
        fs::write(&file, "\n").unwrap();
        assert!(from_file(&file).is_err());
        fs::write(&file, "a".repeat(5000)).unwrap();
        assert!(from_file(&file).is_err());
        assert!(from_file(&folder.path().join("none")).is_err());
    }
}
