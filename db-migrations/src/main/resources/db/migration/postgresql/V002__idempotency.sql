-- Same columns and indexes as sqlite/V002__idempotency.sql: a test compares the two.

-- The key that a start came with, and the SHA-256 of what it asked for. In the export's own row, so that one insert stores both or neither.
alter table exports add column idempotency_key text;
alter table exports add column idempotency_digest text;
-- When the stored archive was last read again; null: not since it was made.
alter table exports add column checked_at bigint;

create unique index exports_idempotency on exports (owner, idempotency_key) where idempotency_key is not null;
-- Those whose file will expire.
create index exports_kept on exports (expires_at) where state = 'completed';
-- Those whose file has expired and may still be there.
create index exports_leftover on exports (id) where state = 'expired' and artifact is not null;
-- Those that have ended, by when.
create index exports_ended on exports (finished_at) where finished_at is not null;
