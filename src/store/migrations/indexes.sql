-- What people are found by. Left out while very many records come in at once, made again after.
CREATE INDEX IF NOT EXISTS party_certificate ON party(certificate);
CREATE INDEX IF NOT EXISTS party_name ON party(name);
CREATE INDEX IF NOT EXISTS party_initials ON party(initials);
CREATE INDEX IF NOT EXISTS party_pinyin ON party(pinyin);
CREATE INDEX IF NOT EXISTS party_id ON party(id_no);
CREATE INDEX IF NOT EXISTS party_rev ON party(id_rev, name);
CREATE INDEX IF NOT EXISTS alt_key_key ON alt_key(key);
