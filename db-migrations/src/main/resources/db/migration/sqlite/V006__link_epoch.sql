-- The same statement as postgresql/V006__link_epoch.sql: a test compares what the two make.

-- How often the owner has ended all signed links of the export: a link is as good as the epoch that it was made in.
alter table exports add column link_epoch integer not null default 0;
