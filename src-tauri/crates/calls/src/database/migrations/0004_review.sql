-- What a team lead needs: what a list shows of every call without reading it, what people say of calls, a chain across
-- calls, what was deleted, and what the engine observed.

-- What a list shows, filters and sorts by. It is derived from a call's rows, its playbook and its review, and no part of
-- the log: it may be made again at any time, so its rows are updated. `points` and what follows up to `outcome` are the
-- digest, which only a playbook can tell; they are empty until somebody with the playbook has told them. Lists are JSON.
-- `first_utterance` and `last_utterance` are this file's own numbers of `utterance`, for the search.
CREATE TABLE overview (
    call BLOB NOT NULL PRIMARY KEY REFERENCES call (id) ON DELETE CASCADE,
    started_ms INTEGER NOT NULL,
    agent TEXT NOT NULL,
    source TEXT NOT NULL,
    mode TEXT NOT NULL,
    customer TEXT NOT NULL,
    seconds REAL,
    utterances INTEGER NOT NULL DEFAULT 0,
    cards INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0,
    said INTEGER NOT NULL DEFAULT 0,
    unsure INTEGER NOT NULL DEFAULT 0,
    missed INTEGER NOT NULL DEFAULT 0,
    first_utterance INTEGER,
    last_utterance INTEGER,
    points REAL,
    points_of REAL,
    held TEXT,
    stop_orders TEXT,
    triggers TEXT,
    clues INTEGER,
    clues_missed INTEGER,
    outcome TEXT,
    reviewed INTEGER NOT NULL DEFAULT 0,
    overridden INTEGER NOT NULL DEFAULT 0,
    disputed INTEGER NOT NULL DEFAULT 0,
    notes INTEGER NOT NULL DEFAULT 0,
    legal_hold INTEGER NOT NULL DEFAULT 0,
    attention INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Names and lengths stand in the indexes that order, so that what does not fit is passed over there.
CREATE INDEX overview_by_start ON overview (started_ms DESC, call DESC, customer, seconds);
CREATE INDEX overview_by_time ON overview (started_ms, first_utterance, last_utterance);
CREATE INDEX overview_by_agent ON overview (agent, started_ms DESC, call DESC);
CREATE INDEX overview_by_attention ON overview (attention DESC, started_ms DESC, call DESC, customer, seconds);
CREATE INDEX overview_by_agent_attention ON overview (agent, attention DESC, started_ms DESC, call DESC);
CREATE INDEX overview_by_outcome_attention ON overview (outcome, attention DESC, started_ms DESC, call DESC);
CREATE INDEX overview_stopped_attention ON overview (attention DESC, started_ms DESC, call DESC)
    WHERE stop_orders <> '[]';
CREATE INDEX overview_by_outcome ON overview (outcome, started_ms DESC, call DESC);
CREATE INDEX overview_needing ON overview (started_ms DESC, call DESC) WHERE attention > 0;
CREATE INDEX overview_missed ON overview (started_ms DESC, call DESC) WHERE missed > 0;
CREATE INDEX overview_unsure ON overview (started_ms DESC, call DESC) WHERE unsure > 0;
CREATE INDEX overview_stopped ON overview (started_ms DESC, call DESC) WHERE stop_orders <> '[]';
CREATE INDEX overview_held ON overview (started_ms DESC, call DESC) WHERE held <> '[]';
CREATE INDEX overview_running ON overview (call) WHERE seconds IS NULL;
CREATE INDEX overview_undigested ON overview (started_ms DESC, call DESC) WHERE points IS NULL AND seconds IS NOT NULL;

-- The cues that fired or were missed in each call that has ended; derived like `overview`.
CREATE TABLE overview_cue (
    cue TEXT NOT NULL,
    started_ms INTEGER NOT NULL,
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    PRIMARY KEY (cue, started_ms, call)
) STRICT, WITHOUT ROWID;

CREATE INDEX overview_cue_by_call ON overview_cue (call);

-- What people say of a call: of its cues, scores and moments. `mark` is JSON, its texts masked. Ids are UUIDv7.
CREATE TABLE review_entry (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    author TEXT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL,
    mark TEXT NOT NULL,
    masked INTEGER NOT NULL,
    machine TEXT NOT NULL,
    schema INTEGER NOT NULL,
    app TEXT NOT NULL,
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX review_entry_by_call ON review_entry (call, id);
CREATE INDEX review_entry_by_kind ON review_entry (kind, call, id);

-- The chain across the calls of one machine: every end of a call and every deletion, each sealed to the one before. A
-- seal stays when its call goes, so `call` names no row. Calls that ended before there was such a chain have no seal.
CREATE TABLE seal (
    machine TEXT NOT NULL,
    place INTEGER NOT NULL,
    call BLOB NOT NULL CHECK (length(call) = 16),
    what TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (machine, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX seal_by_call ON seal (call, what);

-- Calls that were deleted: that they were there and who let them go, and nothing of what was said. `chained` says whether
-- the call's end has a seal.
CREATE TABLE deletion (
    call BLOB NOT NULL PRIMARY KEY CHECK (length(call) = 16),
    by_whom TEXT NOT NULL,
    reason TEXT NOT NULL,
    machine TEXT NOT NULL,
    chained INTEGER NOT NULL,
    schema INTEGER NOT NULL,
    app TEXT NOT NULL,
    written_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the engine was told in a call and no other row says: so that the call can be told again to another playbook.
-- `clock` is the engine's time when it was told. A final has no text here: it is the utterance's. Texts of partials are
-- masked. `number` counts observations.
CREATE TABLE observation (
    call BLOB NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    clock REAL NOT NULL,
    at REAL NOT NULL,
    what TEXT NOT NULL,
    lane TEXT,
    utterance INTEGER,
    starts REAL,
    ends REAL,
    text TEXT,
    cue TEXT,
    PRIMARY KEY (call, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER review_entry_is_kept BEFORE UPDATE ON review_entry BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER seal_is_kept BEFORE UPDATE ON seal BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER seal_stays BEFORE DELETE ON seal BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER deletion_is_kept BEFORE UPDATE ON deletion BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER deletion_stays BEFORE DELETE ON deletion BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER observation_is_kept BEFORE UPDATE ON observation BEGIN
    SELECT RAISE(ABORT, 'rows are only added');
END;
CREATE TRIGGER review_entry_goes_with_its_call BEFORE DELETE ON review_entry
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;
CREATE TRIGGER observation_goes_with_its_call BEFORE DELETE ON observation
WHEN EXISTS (SELECT 1 FROM call WHERE id = old.call) BEGIN
    SELECT RAISE(ABORT, 'a call goes only as a whole');
END;

-- Calls of before: what SQL can tell of them. How their disclosures stand follows when the step is finished.
INSERT INTO overview (call, started_ms, agent, source, mode, customer)
SELECT id, started_ms, agent, source,
       coalesce(json_extract(context, '$.mode'), 'third_party'),
       coalesce(json_extract(context, '$.customer_name'), '')
FROM call;
