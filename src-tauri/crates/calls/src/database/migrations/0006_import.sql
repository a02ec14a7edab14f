-- Calls that were made in another data folder and came here as an export. All their other rows are what they were there; this
-- one says who brought them in, and with it the chain of this machine has them. `digest` is that of the exported document.
CREATE TABLE import (
    call BLOB NOT NULL PRIMARY KEY REFERENCES call (id) ON DELETE CASCADE,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    by_whom TEXT NOT NULL,
    machine TEXT NOT NULL,
    schema INTEGER NOT NULL,
    app TEXT NOT NULL,
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER import_is_kept BEFORE UPDATE ON import BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER import_goes_with_its_call BEFORE DELETE ON import
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
