-- Same table and columns as postgresql/V015__presets.sql: a test compares the two.

-- Forms of exports that callers keep to fill them in again. Times are epoch milliseconds.
create table presets (
    owner      text    not null,
    name       text    not null, -- unique among its owner's
    dataset    text    not null,
    start_body text    not null, -- JSON, as the owner gave it
    created_at integer not null,
    changed_at integer not null,
    primary key (owner, name)
) strict;
