-- The same statement as postgresql/V008__granted.sql: a test compares what the two make.

-- What the export was allowed when it was started or retried, as JSON; null for one from before that was kept.
alter table exports add column granted text;
