-- The status table. Same columns, order and nullability as sqlite/V001__export.sql: a test compares the two.
-- Times are epoch milliseconds; parameters, column_names, csv_options, cutoff, checkpoint, intent and artifact are JSON.
create table exports (
    id                text    collate "C" not null primary key, -- UUIDv7, 36 characters: sorts by age
    owner             text    not null,
    dataset           text    not null,
    format            text    not null,
    parameters        text    not null,
    column_names      text    not null,
    csv_options       text    not null,
    file_name         text    not null,
    state             text    not null check (state in ('queued', 'running', 'completed', 'failed', 'cancelled', 'expired')),
    claim             bigint  not null check (claim >= 0), -- the fence: only grows
    attempt           integer not null check (attempt >= 1),
    losses            integer not null check (losses >= 0),
    failures          integer not null check (failures >= 0),
    lease_owner       text,
    lease_until       bigint,
    not_before        bigint,
    claimed_at        bigint, -- of the last claim; the fair order asks when a caller was last served
    created_at        bigint  not null,
    started_at        bigint,
    finished_at       bigint,
    expires_at        bigint,
    phase             text    not null check (phase in ('waiting', 'rows', 'attachments', 'sealing', 'done')),
    rows_written      bigint  not null check (rows_written >= 0),
    rows_total        bigint  check (rows_total >= 0),
    percent           double precision check (percent between 0 and 100),
    bytes_written     bigint  not null check (bytes_written >= 0),
    rows_per_second   bigint  not null check (rows_per_second >= 0),
    last_row_at       bigint,
    resumed_from_row  bigint  check (resumed_from_row >= 0),
    cutoff            text,
    checkpoint        text,
    checkpoint_rows   bigint, -- the checkpoint's own figures once more, for going back to them in one statement
    checkpoint_length bigint,
    intent            text,
    artifact          text,
    error_code        text,
    error_detail      text,
    check (state <> 'running' or (lease_owner is not null and lease_until is not null and claimed_at is not null)),
    check (state <> 'completed' or (artifact is not null and finished_at is not null and percent = 100)),
    check (state <> 'failed' or (error_code is not null and finished_at is not null)),
    check (percent < 100 or state in ('completed', 'expired'))
);

-- An owner's list, newest first.
create index exports_of_owner on exports (owner, id);
-- When an owner was last served.
create index exports_served on exports (owner, claimed_at);
-- Those that wait, by owner and age, with what the fair order needs of them.
create index exports_waiting on exports (owner, id, not_before) where state = 'queued';
-- Those that run: how many of each owner, and until when they are believed alive.
create index exports_running on exports (owner, lease_until) where state = 'running';
