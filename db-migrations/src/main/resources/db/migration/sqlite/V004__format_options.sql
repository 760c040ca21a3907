-- The same statements as postgresql/V004__format_options.sql: a test compares what the two make.

-- The options of every format that has some, no longer those of CSV alone.
alter table exports rename column csv_options to options;
update exports set options = '{"csv":' || options || ',"json":{"indent":0}}';
