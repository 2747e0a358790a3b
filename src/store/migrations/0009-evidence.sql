-- The evidence: for each bank a Merkle log (RFC 6962) over its events. The sealer assigns the leaves; who
-- appends an event knows nothing of it and never waits for it.

-- The keys that sign the heads, sealed like the institution key. The newest one signs.
create table evidence_key (
  version     integer primary key,
  public_key  bytea not null check (octet_length(public_key) = 32),
  sealed      bytea not null,
  key_version integer not null,
  created_at  timestamptz not null
);

-- How far each log has come. Sealers of several processes take turns by the lock of this row.
create table evidence_log (
  bank_code    text primary key,
  size         bigint not null default 0,
  -- The hashes of the complete subtrees along the right edge, the largest first: all that growing needs.
  edge         bytea not null default '',
  -- The highest sealed number of an event; numbers above `settled_seq` may still turn up.
  top_seq      bigint not null default 0,
  settled_seq  bigint not null default 0,
  -- Once none of these transactions runs any more, the numbers up to `mark_seq` are settled.
  mark_seq     bigint,
  mark_writers text[],
  check (settled_seq <= top_seq),
  check ((mark_seq is null) = (mark_writers is null))
);

-- Batches of leaves, each with the signed head of the tree that ends with it.
create table evidence_batch (
  bank_code   text not null,
  first_leaf  bigint not null,
  leaves      integer not null check (leaves > 0),
  min_seq     bigint not null,
  max_seq     bigint not null,
  seqs        bigint[] not null check (cardinality(seqs) = leaves),
  leaf_hashes bytea not null check (octet_length(leaf_hashes) = 32 * leaves),
  root        bytea not null check (octet_length(root) = 32),
  sealed_at   timestamptz not null,
  log_key     integer not null references evidence_key,
  signature   bytea not null,
  primary key (bank_code, first_leaf)
);

-- Hashes do not shrink: nobody has to try.
alter table evidence_batch alter column leaf_hashes set storage external;

create index evidence_batch_by_seq on evidence_batch (bank_code, max_seq, min_seq);

-- Of the inner nodes every eighth level, so that a proof reads a few hundred hashes of a log of millions.
create table evidence_node (
  bank_code text not null,
  level     integer not null,
  place     bigint not null,
  hash      bytea not null check (octet_length(hash) = 32),
  primary key (bank_code, level, place)
);

-- A receipt is proven by its events. Those of the hot path have no receipt, and no entry here.
create index event_by_receipt on event (bank_code, receipt_no) where receipt_no is not null;
