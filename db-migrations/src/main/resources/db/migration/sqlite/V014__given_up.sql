-- The same statement as postgresql/V014__given_up.sql: a test compares what the two make.

-- Messages that were given up, for administrators: the newest first, without a look at the others.
create index outbox_given_up on outbox (created_at, id) where state = 'given-up';
