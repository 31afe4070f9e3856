//! The acts of the desk: permission, one transaction, one audit entry.
