-- A paper may be written as a file without any printer (`written`). The rows stay as they are.
CREATE TABLE print_log_next(
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document(id), copy INTEGER NOT NULL, reason TEXT NOT NULL,
  actor TEXT NOT NULL, desk TEXT NOT NULL, at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'written', 'printed', 'failed', 'unknown')),
  pdf_sha256 TEXT NOT NULL, audit_seq INTEGER NOT NULL) STRICT;
INSERT INTO print_log_next SELECT * FROM print_log;
DROP TABLE print_log;
ALTER TABLE print_log_next RENAME TO print_log;
CREATE INDEX print_log_document ON print_log(document);
CREATE INDEX print_log_pending ON print_log(outcome) WHERE outcome = 'pending';
