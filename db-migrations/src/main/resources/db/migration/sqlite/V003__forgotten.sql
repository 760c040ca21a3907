-- The ids of exports that were deleted, whoever deleted them: how a sweep tells a deleted export's file, which goes, from a file
-- that this table never knew, which is kept. Written by the row's own removal, so that no crash comes between.
create table forgotten (
    id           text    not null primary key,
    forgotten_at integer not null -- epoch milliseconds by the database's clock
) strict;

create trigger exports_forgotten after delete on exports
begin
    insert into forgotten (id, forgotten_at) values (old.id, cast(unixepoch('subsec') * 1000 as integer))
    on conflict (id) do nothing;
end;
