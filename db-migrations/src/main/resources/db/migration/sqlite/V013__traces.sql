-- Same tables, columns and indexes as postgresql/V013__traces.sql: a test compares the two.

-- Where an export is in a trace, as W3C traceparents; null where it is in none, or an older process wrote the row.
alter table exports add column traceparent text;     -- of its last start or retry
alter table exports add column run_traceparent text; -- of its last run, for the one after it
