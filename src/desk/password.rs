//! Passwords: Argon2id, and what is too weak to be one.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use super::Problem;
use super::fault::Fault;

/// Fewest characters of a password.
const SHORTEST: usize = 8;

/// The hash of a password in PHC form; cheap ones are for training databases, whose password everybody knows.
pub(super) fn hash(password: &str, cheap: bool) -> Result<String, Problem> {
    let failed = |what: String| Problem::from(Fault::Machine(what));
    let params = if cheap {
        Params::new(256, 1, 1, None).map_err(|e| failed(e.to_string()))?
    } else {
        Params::default()
    };
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = hasher
        .hash_password(password.as_bytes())
        .map_err(|e| failed(e.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password is the one a hash was made from.
pub(super) fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|known| Argon2::default().verify_password(password.as_bytes(), &known).is_ok())
}

/// Refuses what is too short or all of one kind.
pub(super) fn check(password: &str) -> Result<(), Problem> {
    let kinds = [
        password.chars().any(char::is_alphabetic),
        password.chars().any(char::is_numeric),
        password.chars().any(|c| !c.is_alphanumeric()),
    ];
    if password.chars().count() >= SHORTEST && kinds.iter().filter(|kind| **kind).count() >= 2 {
        Ok(())
    } else {
        Err(Fault::WeakPassword.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_argon2id_salted_and_fits_its_password_alone() {
        let (a, b) = (hash("training", true).unwrap(), hash("training", true).unwrap());
        assert!(a.starts_with("$argon2id$v=19$m=256,t=1,p=1$") && a != b);
        assert!(fits("training", &a) && !fits("Training", &a) && !fits("training", "nonsense"));
    }

    #[test]
    fn weak_passwords_are_refused() {
        for weak in ["abc1", "abcdefgh", "12345678", ""] {
            assert_eq!(check(weak).unwrap_err().code, "account.weak", "{weak}");
        }
        check("abcdef12").unwrap();
        check("登记处密码口令1号").unwrap();
    }
}
