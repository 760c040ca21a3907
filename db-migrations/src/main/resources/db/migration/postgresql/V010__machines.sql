-- The same statements as sqlite/V010__machines.sql: a test compares what the two make.

-- What of a running export's file survives its worker's disk, as JSON; null while there is nothing.
alter table exports add column replica text;
-- The store that the artifact was published to, by the name that the store gives itself; null for one from before.
alter table exports add column store text;

-- By which keys the bounds in cutoff were read, as a digest; null for those from before, and where nothing is fixed.
alter table exports add column cutoff_keys text;

-- What all processes that share this database must agree on and nobody was told: made once, by whoever needs it first.
create table secrets (
    name  text not null primary key,
    value text not null
);

-- The oldest version of the schema whose Windrow may use this database, though it is at a later one. A migration that
-- takes away or changes what such a Windrow needs raises it: update schema_floor set version = N.
create table schema_floor (
    id      integer not null primary key check (id = 1),
    version integer not null
);
insert into schema_floor (id, version) values (1, 10);
