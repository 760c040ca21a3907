-- Same columns and indexes as sqlite/V009__audit.sql: a test compares the two.

-- What was done by whom, row after row; each names the hash of the one before. Never changed; removed from the old end alone.
create table audit (
    number            bigint not null primary key, -- without a gap
    at                bigint not null,             -- epoch milliseconds
    principal         text,                          -- null: nobody had to say who it is
    key_name          text,
    address           text,
    action            text    not null,
    export            text,
    dataset           text,
    parameters_sha256 text,
    part              text,
    row_count         bigint,
    byte_count        bigint,
    outcome           text    not null,
    instance          text    not null,
    previous          text    not null
);

create index audit_at on audit (at);
create index audit_principal on audit (principal, number);
create index audit_export on audit (export, number) where export is not null;

-- The two ends of the chain, in one row, which whoever writes the chain holds until the commit.
create table audit_chain (
    id             bigint not null primary key check (id = 1),
    newest         bigint not null,
    newest_hash    text    not null,
    forgotten      bigint not null,
    forgotten_hash text    not null
);

insert into audit_chain (id, newest, newest_hash, forgotten, forgotten_hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000',
        0, '0000000000000000000000000000000000000000000000000000000000000000');
