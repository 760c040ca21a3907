-- The same statement as sqlite/V005__warnings.sql: a test compares what the two make.

-- What the owner should know of the archive, as JSON: written with the intent, shown once the export is completed. Null: nothing.
alter table exports add column warnings text;
