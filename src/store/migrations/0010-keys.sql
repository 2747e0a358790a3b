-- The wrapping key by its fingerprint: the key itself stands in the key file only. One row, so that two
-- processes with different files cannot both wrap, and so that a key under which a process still wraps
-- cannot be retired: its insert would find no such fingerprint.
create table wrapping_key (
  id          integer primary key check (id = 1),
  fingerprint text not null unique,
  since       timestamptz not null
);

-- Null in a row from before fingerprints: the first start afterwards fills it in.
alter table data_key
  add column wrapped_by   text references wrapping_key (fingerprint) on update cascade,
  -- Since when no row is known to use this superseded version, by the clock of the database.
  add column unused_since timestamptz;

-- No data key is destroyed while a row needs it, and no row can be written under one that is destroyed:
-- a seal that came too late fails instead of never opening again.
alter table token add foreign key (issuer, key_version) references data_key;
alter table contract add foreign key (bank_code, secret_key_version) references data_key;
alter table institution_key
  add column bank_code text not null default '0000' check (bank_code = '0000'),
  add foreign key (bank_code, key_version) references data_key;

-- What has to survive a rotation is derived from this, not from the key file: the keys of forms, and the
-- demonstration's API key.
create table installation_secret (
  id          integer primary key check (id = 1),
  bank_code   text not null default '0000' check (bank_code = '0000'),
  sealed      bytea not null,
  key_version integer not null,
  foreign key (bank_code, key_version) references data_key
);

-- The serving processes and the wrapping keys that each of them has read, by the clock of the database.
create table key_holder (
  id           text primary key,
  host         text not null,
  pid          integer not null,
  fingerprints text[] not null,
  seen_at      timestamptz not null
);
