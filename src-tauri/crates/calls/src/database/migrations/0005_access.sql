-- Who may act in which role, who did what with the session logs, and how long what is kept.

-- What tells a role's right passphrase from a wrong one: Argon2id of it. `role` is a role's name, or `recovery` for the
-- code that opens the team lead's role once its passphrase is forgotten. Without a row for the team lead, roles need none.
CREATE TABLE role_passphrase (
    role TEXT NOT NULL PRIMARY KEY,
    memory_kib INTEGER NOT NULL,
    passes INTEGER NOT NULL,
    lanes INTEGER NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    verifier BLOB NOT NULL CHECK (length(verifier) = 32),
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The access log: each row of a machine sealed to the one before. `role` is empty for what Cueline does by itself. A row
-- stays when its call goes, so `call` names no row.
CREATE TABLE access (
    machine TEXT NOT NULL,
    place INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    what TEXT NOT NULL,
    call BLOB CHECK (length(call) = 16),
    detail TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (machine, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX access_by_time ON access (at_ms DESC);
CREATE INDEX access_by_call ON access (call, at_ms DESC) WHERE call IS NOT NULL;
CREATE INDEX access_tries ON access (machine, place DESC)
    WHERE what IN ('signed_in', 'wrong_passphrase', 'passphrase_set');

-- The end of each machine's access log, so that rows cut off it are missed.
CREATE TABLE access_head (
    machine TEXT NOT NULL PRIMARY KEY,
    place INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

-- How long what is kept, as JSON. Of several the newest (by its id, a UUIDv7) is in force.
CREATE TABLE retention (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rules TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    machine TEXT NOT NULL,
    schema INTEGER NOT NULL,
    app TEXT NOT NULL,
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Recordings that were deleted while their call's log stayed.
CREATE TABLE recording_deletion (
    call BLOB NOT NULL PRIMARY KEY CHECK (length(call) = 16),
    by_whom TEXT NOT NULL,
    reason TEXT NOT NULL,
    machine TEXT NOT NULL,
    schema INTEGER NOT NULL,
    app TEXT NOT NULL,
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER access_is_kept BEFORE UPDATE ON access BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER access_stays BEFORE DELETE ON access BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER access_head_stays BEFORE DELETE ON access_head BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER retention_is_kept BEFORE UPDATE ON retention BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER retention_stays BEFORE DELETE ON retention BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER recording_deletion_is_kept BEFORE UPDATE ON recording_deletion BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER recording_deletion_stays BEFORE DELETE ON recording_deletion BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
