-- The ids of exports that were deleted, whoever deleted them: how a sweep tells a deleted export's file, which goes, from a file
-- that this table never knew, which is kept. Written by the row's own removal, so that no crash comes between.
create table forgotten (
    id           text   not null primary key,
    forgotten_at bigint not null -- epoch milliseconds by the database's clock
);

create function remember_forgotten() returns trigger language plpgsql as $$
begin
    insert into forgotten (id, forgotten_at) values (old.id, floor(extract(epoch from clock_timestamp()) * 1000)::bigint)
    on conflict (id) do nothing;
    return old;
end
$$;

create trigger exports_forgotten after delete on exports for each row execute function remember_forgotten();
