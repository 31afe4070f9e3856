//! The screens: the only place that knows the terminal.
