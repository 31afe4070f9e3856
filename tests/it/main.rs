//! The program from outside: the real binary, a real terminal, real files.
