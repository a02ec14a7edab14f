-- The session logs. Rows are added and never changed; a call goes away only as a whole.
--
-- A row's global name is its call's id (UUIDv7, 16 bytes) with `seq`, its place in the call. Times are seconds from
-- the start of the call, except `*_ms`: milliseconds since 1970-01-01 UTC on the clock of the machine that wrote.
-- Where, by whom and with what a row was made is said once, in `call`.

CREATE TABLE call (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    started_ms INTEGER NOT NULL,
    source TEXT NOT NULL,
    model TEXT NOT NULL,
    playbook TEXT NOT NULL,
    playbook_version TEXT NOT NULL,
    agent TEXT NOT NULL,
    machine TEXT NOT NULL,
    context TEXT NOT NULL,
    schema INTEGER NOT NULL,
    app TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX call_by_start ON call (started_ms DESC, id DESC);
CREATE INDEX call_by_agent ON call (agent, started_ms DESC, id DESC);

-- How a call ended, and the ledger's last link, so that a ledger cut short is noticed.
CREATE TABLE call_end (
    call BLOB NOT NULL PRIMARY KEY REFERENCES call (id) ON DELETE CASCADE,
    at REAL NOT NULL,
    repaired INTEGER NOT NULL,
    ledger_rows INTEGER NOT NULL,
    ledger_head BLOB NOT NULL CHECK (length(ledger_head) = 32),
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `id` is this file's own number for the search index; it means nothing elsewhere.
CREATE TABLE utterance (
    id INTEGER PRIMARY KEY,
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    number INTEGER NOT NULL,
    lane TEXT NOT NULL,
    starts REAL NOT NULL,
    ends REAL NOT NULL,
    text TEXT NOT NULL,
    masked INTEGER NOT NULL,
    emitted_at REAL NOT NULL,
    written_ms INTEGER NOT NULL,
    UNIQUE (call, seq)
) STRICT;

CREATE TABLE cue_event (
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    cue TEXT NOT NULL,
    event TEXT NOT NULL,
    at REAL NOT NULL,
    emitted_at REAL NOT NULL,
    lane TEXT,
    utterance INTEGER,
    quote_starts REAL,
    quote_ends REAL,
    quote TEXT,
    shown INTEGER,
    withheld TEXT,
    measure_value REAL,
    measure_threshold REAL,
    measure_unit TEXT,
    written_ms INTEGER NOT NULL,
    PRIMARY KEY (call, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX cue_event_by_cue ON cue_event (cue, event);

CREATE TABLE gap (
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    lane TEXT NOT NULL,
    starts REAL NOT NULL,
    ends REAL NOT NULL,
    written_ms INTEGER NOT NULL,
    PRIMARY KEY (call, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    what_to_do TEXT NOT NULL,
    written_ms INTEGER NOT NULL,
    PRIMARY KEY (call, seq)
) STRICT, WITHOUT ROWID;

-- Every disclosure event, each row sealed to the one before. The hash covers the quote's salted digest, not the
-- quote, so that a quote can be taken out later without breaking the chain.
CREATE TABLE ledger (
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    cue TEXT NOT NULL,
    event TEXT NOT NULL,
    at REAL NOT NULL,
    emitted_at REAL NOT NULL,
    lane TEXT,
    utterance INTEGER,
    quote_starts REAL,
    quote_ends REAL,
    quote TEXT,
    quote_salt BLOB,
    quote_digest BLOB,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (call, number)
) STRICT, WITHOUT ROWID;

-- Calls that a process on this machine is writing, or was writing when it stopped. Not part of the log.
CREATE TABLE running (
    call BLOB NOT NULL PRIMARY KEY REFERENCES call (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE utterance_index USING fts5 (
    text,
    content = 'utterance',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO utterance_index (utterance_index, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER utterance_indexed AFTER INSERT ON utterance BEGIN
    INSERT INTO utterance_index (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER utterance_unindexed AFTER DELETE ON utterance BEGIN
    INSERT INTO utterance_index (utterance_index, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TRIGGER call_is_kept BEFORE UPDATE ON call BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER call_end_is_kept BEFORE UPDATE ON call_end BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER utterance_is_kept BEFORE UPDATE ON utterance BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER cue_event_is_kept BEFORE UPDATE ON cue_event BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER ledger_is_kept BEFORE UPDATE ON ledger BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER utterance_goes_with_its_call BEFORE DELETE ON utterance
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
CREATE TRIGGER cue_event_goes_with_its_call BEFORE DELETE ON cue_event
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
CREATE TRIGGER ledger_goes_with_its_call BEFORE DELETE ON ledger
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
CREATE TRIGGER call_end_goes_with_its_call BEFORE DELETE ON call_end
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
