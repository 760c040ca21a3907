-- Same tables, columns and indexes as sqlite/V012__schedules.sql: a test compares the two.

-- Exports that start by themselves. Times are epoch milliseconds.
create table schedules (
    id           text    not null primary key, -- of its own: one that is deleted and made again is another
    owner        text    not null,
    name         text    not null,             -- unique among its owner's
    dataset      text    not null,
    cron         text    not null,
    zone         text    not null,
    start_body   text    not null,             -- JSON, as the owner gave it
    keep         integer,                      -- archives that live on, null: the newest alone
    paused       integer not null check (paused in (0, 1)),
    authority    text    not null,             -- JSON: by which credentials it was saved, and what they gave
    revision     bigint  not null,             -- grows with each change by its owner
    created_at   bigint  not null,
    changed_at   bigint  not null,
    next_at      bigint,                       -- when it is due, null: paused, or never again
    last_due     bigint,                       -- what came of the last time that it was due
    last_at      bigint,
    last_outcome text,
    last_export  text,
    last_type    text,
    last_detail  text
);
create unique index schedules_name on schedules (owner, name);
create index schedules_due on schedules (next_at) where next_at is not null;

-- Which exports a schedule has started, and for which time: one row a time, so that none starts two.
create table schedule_runs (
    schedule     text    not null,
    due_at       bigint  not null,
    export       text    not null,
    start_digest text    not null,             -- SHA-256 of start_body: what lastRun goes on from
    until_at     bigint,                       -- up to when it has the rows, where its parameters said so
    settled      integer not null check (settled in (0, 1)), -- its end was seen
    held         integer not null check (held in (0, 1)),    -- its archive lives on
    usual_expiry bigint,                       -- when the archive of a held one would have expired
    same_as      text,                         -- the export whose archive is served for this one too
    primary key (schedule, due_at)
);
create unique index schedule_runs_export on schedule_runs (export);
create index schedule_runs_open on schedule_runs (schedule, due_at) where settled = 0;
create index schedule_runs_held on schedule_runs (schedule, due_at) where held = 1;
