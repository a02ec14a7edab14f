-- Transcripts that were made again from a call's recording after the call. The live rows stay as they are, and cues,
-- ledger and scores stay based on them. Of several, the newest (by its id, a UUIDv7) is the one that is read.

CREATE TABLE improvement (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    machine TEXT NOT NULL,
    schema INTEGER NOT NULL,
    app TEXT NOT NULL,
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX improvement_by_call ON improvement (call, id);

-- `number` is the utterance's place in its transcript; it has nothing to do with the live one's numbers. `id` is this
-- file's own number for the search index; it means nothing elsewhere.
CREATE TABLE improved_utterance (
    id INTEGER PRIMARY KEY,
    improvement BLOB NOT NULL REFERENCES improvement (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    lane TEXT NOT NULL,
    starts REAL NOT NULL,
    ends REAL NOT NULL,
    text TEXT NOT NULL,
    masked INTEGER NOT NULL,
    UNIQUE (improvement, number)
) STRICT;

CREATE VIRTUAL TABLE improved_index USING fts5 (
    text,
    content = 'improved_utterance',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO improved_index (improved_index, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER improved_utterance_indexed AFTER INSERT ON improved_utterance BEGIN
    INSERT INTO improved_index (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER improved_utterance_unindexed AFTER DELETE ON improved_utterance BEGIN
    INSERT INTO improved_index (improved_index, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TRIGGER improvement_is_kept BEFORE UPDATE ON improvement BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER improved_utterance_is_kept BEFORE UPDATE ON improved_utterance BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER improvement_goes_with_its_call BEFORE DELETE ON improvement
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
CREATE TRIGGER improved_utterance_goes_with_its_call BEFORE DELETE ON improved_utterance
WHEN EXISTS (SELECT 1 FROM improvement WHERE id = old.improvement) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
