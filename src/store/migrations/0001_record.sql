-- The record. Rows are never deleted; `audit_seq` is the audit entry that last wrote a row.
CREATE TABLE setting(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL, audit_seq INTEGER NOT NULL) STRICT;
CREATE TABLE account(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, display TEXT NOT NULL, roles TEXT NOT NULL, hash TEXT NOT NULL,
  licence_until TEXT, failures INTEGER NOT NULL, locked_until TEXT, disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  audit_seq INTEGER NOT NULL) STRICT;
CREATE TABLE definition(
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
  audit_seq INTEGER NOT NULL) STRICT;
CREATE TABLE case_file(
  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'closed', 'withdrawn')), outcome TEXT NOT NULL,
  form_sha256 TEXT NOT NULL, rules_sha256 TEXT NOT NULL, answers TEXT NOT NULL, examined TEXT NOT NULL,
  findings TEXT NOT NULL, record_sha256 TEXT NOT NULL, day TEXT NOT NULL,
  certificate TEXT, first_id TEXT NOT NULL, second_id TEXT NOT NULL, audit_seq INTEGER NOT NULL) STRICT;
CREATE INDEX case_file_first ON case_file(first_id, kind, state);
CREATE INDEX case_file_second ON case_file(second_id, kind, state);
CREATE INDEX case_file_state ON case_file(state, day);
CREATE INDEX case_file_certificate ON case_file(certificate);
CREATE TABLE case_step(
  id INTEGER PRIMARY KEY, case_number TEXT NOT NULL, step TEXT NOT NULL, actor TEXT NOT NULL, desk TEXT NOT NULL,
  at TEXT NOT NULL, audit_seq INTEGER NOT NULL, UNIQUE (case_number, step)) STRICT;
CREATE TABLE act_key(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, case_number TEXT NOT NULL,
  outcome TEXT NOT NULL, audit_seq INTEGER NOT NULL) STRICT;
CREATE TABLE certificate(
  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, registered_on TEXT NOT NULL, case_number TEXT,
  state TEXT NOT NULL CHECK (state IN ('valid', 'recorded', 'ended', 'void')),
  origin TEXT NOT NULL CHECK (origin IN ('own', 'imported')),
  confirmation TEXT NOT NULL CHECK (confirmation IN ('none', 'pending', 'exported', 'confirmed', 'rejected')),
  blank_first TEXT, blank_second TEXT, first_name TEXT NOT NULL, first_id TEXT NOT NULL, second_name TEXT NOT NULL,
  second_id TEXT NOT NULL, audit_seq INTEGER NOT NULL) STRICT;
CREATE INDEX certificate_unconfirmed ON certificate(confirmation) WHERE confirmation IN ('pending', 'exported');
CREATE INDEX certificate_case ON certificate(case_number) WHERE case_number IS NOT NULL;
CREATE TABLE party(
  id INTEGER PRIMARY KEY, certificate INTEGER NOT NULL REFERENCES certificate(id), side TEXT NOT NULL, name TEXT NOT NULL,
  initials TEXT NOT NULL, pinyin TEXT NOT NULL, id_no TEXT NOT NULL, id_rev TEXT NOT NULL, birth TEXT,
  audit_seq INTEGER NOT NULL) STRICT;
CREATE TABLE alt_key(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, party INTEGER NOT NULL REFERENCES party(id), audit_seq INTEGER NOT NULL) STRICT;
CREATE TABLE status_event(
  id INTEGER PRIMARY KEY, id_no TEXT NOT NULL, kind TEXT NOT NULL, happened_on TEXT NOT NULL, source TEXT NOT NULL,
  audit_seq INTEGER NOT NULL) STRICT;
CREATE INDEX status_event_id ON status_event(id_no, kind);
CREATE TABLE number_block(
  id INTEGER PRIMARY KEY, sequence TEXT NOT NULL, year INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  next INTEGER NOT NULL, reason TEXT NOT NULL, audit_seq INTEGER NOT NULL) STRICT;
CREATE TABLE number_ledger(
  id INTEGER PRIMARY KEY, sequence TEXT NOT NULL, year INTEGER NOT NULL, n INTEGER NOT NULL,
  fate TEXT NOT NULL CHECK (fate IN ('used', 'voided')), case_number TEXT NOT NULL, reason TEXT NOT NULL,
  audit_seq INTEGER NOT NULL, UNIQUE (sequence, year, n)) STRICT;
CREATE TABLE blank(
  id INTEGER PRIMARY KEY, serial TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('in_stock', 'at_desk', 'used', 'spoiled')), desk TEXT NOT NULL,
  case_number TEXT, reason TEXT NOT NULL, source TEXT NOT NULL, received_on TEXT NOT NULL, used_on TEXT, spoiled_on TEXT,
  audit_seq INTEGER NOT NULL) STRICT;
CREATE INDEX blank_state ON blank(kind, state, desk, serial);
CREATE INDEX blank_received ON blank(kind, received_on);
CREATE INDEX blank_used ON blank(kind, used_on) WHERE used_on IS NOT NULL;
CREATE INDEX blank_spoiled ON blank(kind, spoiled_on) WHERE spoiled_on IS NOT NULL;
CREATE TABLE day_tally(
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, kind TEXT NOT NULL, desk TEXT NOT NULL, actor TEXT NOT NULL,
  reason TEXT NOT NULL, payer TEXT NOT NULL, n INTEGER NOT NULL, fen INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
  UNIQUE (day, kind, desk, actor, reason, payer)) STRICT;
CREATE TABLE settlement(
  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, case_number TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('normal', 'supplement', 'refund', 'offsite')),
  state TEXT NOT NULL CHECK (state IN ('settled', 'voided')), day TEXT NOT NULL, policy TEXT NOT NULL,
  policy_sha256 TEXT NOT NULL, tariff TEXT NOT NULL, tariff_sha256 TEXT NOT NULL, listed INTEGER NOT NULL,
  free INTEGER NOT NULL, family INTEGER NOT NULL, awards INTEGER NOT NULL, replaces TEXT, voided_by TEXT,
  voided_on TEXT, reason TEXT NOT NULL, audit_seq INTEGER NOT NULL) STRICT;
CREATE INDEX settlement_case ON settlement(case_number);
CREATE INDEX settlement_day ON settlement(day);
CREATE INDEX settlement_replaces ON settlement(replaces) WHERE replaces IS NOT NULL;
CREATE TABLE bill_line(
  id INTEGER PRIMARY KEY, settlement TEXT NOT NULL REFERENCES settlement(number), seq INTEGER NOT NULL, item TEXT NOT NULL,
  name TEXT NOT NULL, quantity TEXT NOT NULL, unit TEXT NOT NULL, listed INTEGER NOT NULL, free INTEGER NOT NULL,
  family INTEGER NOT NULL, payers TEXT NOT NULL, rule TEXT NOT NULL, says TEXT NOT NULL, audit_seq INTEGER NOT NULL,
  UNIQUE (settlement, seq)) STRICT;
CREATE TABLE document(
  id INTEGER PRIMARY KEY, case_number TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, created TEXT NOT NULL,
  audit_seq INTEGER NOT NULL) STRICT;
CREATE INDEX document_case ON document(case_number);
CREATE TABLE print_log(
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document(id), copy INTEGER NOT NULL, reason TEXT NOT NULL,
  actor TEXT NOT NULL, desk TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'printed', 'failed', 'unknown')),
  pdf_sha256 TEXT NOT NULL, audit_seq INTEGER NOT NULL) STRICT;
CREATE INDEX print_log_document ON print_log(document);
CREATE INDEX print_log_pending ON print_log(outcome) WHERE outcome = 'pending';
-- Outside the chain: what somebody is typing. An id is never used again: a late save must not meet another's draft.
CREATE TABLE draft(
  id INTEGER PRIMARY KEY AUTOINCREMENT, desk TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, field TEXT NOT NULL,
  body TEXT NOT NULL, first_id TEXT NOT NULL, second_id TEXT NOT NULL, owner TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX draft_first ON draft(first_id, kind);
CREATE INDEX draft_second ON draft(second_id, kind);
-- The chain itself.
CREATE TABLE audit(
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, desk TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, body TEXT NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE chain_head(id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE INDEX audit_subject ON audit(subject);
INSERT INTO chain_head(id, seq, hash) VALUES (1, 0, zeroblob(32));
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit entries never change'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit entries never go'); END;
