-- Same tables, columns and indexes as sqlite/V007__limits.sql: a test compares the two.

-- How far each owner's starts are ahead of their even pace (GCRA's theoretical arrival time), in epoch microseconds. One row an
-- owner, which whoever starts an export holds until it has started: so an owner's limits are counted by one start at a time.
create table start_pace (
    owner    text   not null primary key,
    ahead_to bigint not null
);
create index start_pace_past on start_pace (ahead_to);

-- What the exports of an owner that ended within an hour have given. Of its own, so that a deleted export gives nothing back.
create table hourly_use (
    owner      text   not null,
    hour       bigint not null, -- hours since the epoch
    row_count  bigint not null check (row_count >= 0),
    byte_count bigint not null check (byte_count >= 0),
    primary key (owner, hour)
);
create index hourly_use_past on hourly_use (hour);

-- Written by the row's own change, so that no crash comes between. A cancel sets figures to 0, so the higher ones count.
create function count_use() returns trigger language plpgsql as $$
begin
    insert into hourly_use (owner, hour, row_count, byte_count)
    values (new.owner, new.finished_at / 3600000,
        greatest(old.rows_written, new.rows_written), greatest(old.bytes_written, new.bytes_written))
    on conflict (owner, hour) do update
    set row_count = hourly_use.row_count + excluded.row_count, byte_count = hourly_use.byte_count + excluded.byte_count;
    return null;
end
$$;

create trigger exports_used after update of state on exports for each row
when (old.state in ('queued', 'running') and new.state in ('completed', 'failed', 'cancelled')
    and greatest(old.rows_written, new.rows_written, old.bytes_written, new.bytes_written) > 0)
execute function count_use();

create function count_use_of_deleted() returns trigger language plpgsql as $$
begin
    insert into hourly_use (owner, hour, row_count, byte_count)
    values (old.owner, floor(extract(epoch from clock_timestamp()) / 3600)::bigint, old.rows_written, old.bytes_written)
    on conflict (owner, hour) do update
    set row_count = hourly_use.row_count + excluded.row_count, byte_count = hourly_use.byte_count + excluded.byte_count;
    return null;
end
$$;

create trigger exports_used_deleted after delete on exports for each row
when (old.state in ('queued', 'running') and greatest(old.rows_written, old.bytes_written) > 0)
execute function count_use_of_deleted();
