-- Finals of a running call that have figures of which it is not known yet whether they are the first of a card's number, without these
-- figures. No part of the log: within seconds each becomes an utterance, with its figures or without; where the process was killed
-- before that, without.
CREATE TABLE undecided (
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
    PRIMARY KEY (call, seq)
) STRICT, WITHOUT ROWID;
