-- Same columns and indexes as postgresql/V011__outbox.sql: a test compares the two.

-- Whom the start asked to be told, as JSON; null for nobody. Kept over retries.
alter table exports add column tell text;

-- Ends of exports that nobody was told of yet, as the row was then. A worker turns each into messages, one a target.
create table outbox_events (
    id           text    not null primary key, -- the same for the same end, whoever writes it
    export       text    not null,
    sequence     integer not null,             -- the order of one export's events
    type         text    not null,
    happened_at  integer not null,             -- epoch milliseconds by the database's clock
    owner        text    not null,
    dataset      text    not null,
    state        text    not null,
    attempt      integer not null,
    row_count    integer not null,
    byte_count   integer not null,
    file_name    text    not null,
    error_code   text,
    error_detail text,
    tell         text,
    message      text                          -- of delivery.failed: which was given up
) strict;

-- What is to be told, to whom, and what became of it.
create table outbox (
    id          text    not null primary key, -- the same over all tries
    export      text    not null,
    owner       text    not null,
    dataset     text    not null,
    kind        text    not null,
    target      text    not null,             -- a name of the settings, a URL or an address
    language    text,                         -- of whoever is told; null where it is not known
    type        text    not null,
    sequence    integer not null,              -- of one export and target: the later waits for the earlier
    payload     text    not null,             -- JSON, as it was when the event happened
    state       text    not null check (state in ('waiting', 'done', 'given-up')),
    created_at  integer not null,
    due_at      integer not null,
    tries       integer not null check (tries >= 0), -- since it was written, or replayed
    claim       integer not null check (claim >= 0), -- the fence: only grows
    lease_until integer,                       -- while somebody carries it
    ended_at    integer
) strict;

create index outbox_waiting on outbox (kind, target, due_at) where state = 'waiting';
create index outbox_of_export on outbox (export, kind, target, sequence);

-- Each try of a message. Never an answer's body.
create table outbox_tries (
    message text    not null,
    number  integer not null check (number >= 1),
    at      integer not null,
    outcome text    not null,
    reason  text,
    millis  integer not null check (millis >= 0),
    primary key (message, number)
) strict;

-- An end is noted by the row's own change, so that no crash comes between, and an older Windrow beside this one notes
-- its ends, too. It reads no JSON and can't fail where the change itself does not.
create trigger exports_ended after update of state on exports
when new.state <> old.state and new.state in ('completed', 'failed', 'cancelled', 'expired')
begin
    insert into outbox_events (id, export, sequence, type, happened_at, owner, dataset, state, attempt, row_count,
        byte_count, file_name, error_code, error_detail, tell)
    values (new.id || '.' || new.attempt || '.' || new.state, new.id,
        2 * new.attempt + (case when new.state = 'expired' then 1 else 0 end), 'export.' || new.state,
        cast(unixepoch('subsec') * 1000 as integer), new.owner, new.dataset, new.state, new.attempt, new.rows_written,
        new.bytes_written, new.file_name, new.error_code, new.error_detail, new.tell)
    on conflict (id) do nothing;
end;
