-- What an agent adds to a call: his own word that a disclosure was said, pauses, the end of a recording, and notes.

ALTER TABLE cue_event ADD COLUMN by_agent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN by_agent INTEGER NOT NULL DEFAULT 0;

-- `what` is the event's name: paused, resumed, recording_ended.
CREATE TABLE hearing (
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    what TEXT NOT NULL,
    at REAL NOT NULL,
    written_ms INTEGER NOT NULL,
    PRIMARY KEY (call, seq)
) STRICT, WITHOUT ROWID;

-- Of several notes of a call the newest (by its id, a UUIDv7) is the one that is read.
CREATE TABLE note (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    masked INTEGER NOT NULL,
    machine TEXT NOT NULL,
    schema INTEGER NOT NULL,
    app TEXT NOT NULL,
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX note_by_call ON note (call, id);

CREATE TRIGGER hearing_is_kept BEFORE UPDATE ON hearing BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER note_is_kept BEFORE UPDATE ON note BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER hearing_goes_with_its_call BEFORE DELETE ON hearing
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
CREATE TRIGGER note_goes_with_its_call BEFORE DELETE ON note
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
