//! What a county may change without touching Rust: definitions, rules, lists and layouts, compiled and checked.
