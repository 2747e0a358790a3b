-- Everything is keyed by bank, so that banks can be placed apart. Times come from the application's clock.

create table bank (
  bank_code  text primary key check (bank_code ~ '^[0-9]{4}$'),
  name       text not null,
  contact    jsonb not null,
  thresholds jsonb not null,
  limits     jsonb not null,
  fees       jsonb not null
);

-- The data keys, each wrapped by the key file outside the database. Bank 0000 is the shared centre.
create table data_key (
  bank_code  text not null,
  version    integer not null,
  wrapped    bytea not null,
  created_at timestamptz not null,
  primary key (bank_code, version)
);

-- The signing key that token apps pin, sealed like a seed.
create table institution_key (
  id         integer primary key check (id = 1),
  sealed     bytea not null,
  key_version integer not null,
  public_key bytea not null
);

create table token_type (
  bank_code      text not null references bank,
  type           text not null,
  name           text not null,
  medium         text not null check (medium in ('phone', 'desktop', 'hardware')),
  kind           text not null check (kind in ('totp', 'hotp')),
  algorithm      text not null check (algorithm in ('SHA1', 'SHA256', 'SHA512')),
  digits         integer not null check (digits between 6 and 8),
  period_seconds integer not null check (period_seconds > 0),
  open_from      date,
  closed_from    date,
  primary key (bank_code, type)
);

-- The replay guard is `last_accepted`: an acceptance is one conditional update that raises it.
create table token (
  issuer         text not null,
  serial         text not null,
  type           text not null,
  kind           text not null,
  algorithm      text not null,
  digits         integer not null,
  period_seconds integer not null,
  state          text not null,
  sealed_seed    bytea not null,
  key_version    integer not null,
  last_accepted  bigint not null default -1,
  drift_steps    integer not null default 0,
  failures       integer not null default 0 check (failures >= 0),
  guesses        integer not null default 0 check (guesses >= 0),
  shipped_to     text,
  -- Of an agreed credential: what its proof has to be computed over.
  transcript_hash bytea,
  -- Unconfirmed and never-registered credentials end by themselves.
  expires_at     timestamptz,
  primary key (issuer, serial)
) with (fillfactor = 80);

create index token_expiry on token (expires_at) where expires_at is not null;

create table contract (
  bank_code             text not null references bank,
  contract_id           text not null,
  name                  text not null,
  mail                  text not null,
  login_password_hash   text not null,
  method                text not null
    check (method in ('confirmation-password', 'customer-card', 'image-card')),
  sealed_secret         bytea not null,
  secret_key_version    integer not null,
  otp_at_login          boolean not null default false,
  token_issuer          text,
  token_serial          text,
  frozen                boolean not null default false,
  daily_limit_yen       bigint,
  low_limit_until       timestamptz,
  confirmation_failures integer not null default 0,
  challenge             integer[],
  last_login_at         timestamptz,
  primary key (bank_code, contract_id),
  foreign key (token_issuer, token_serial) references token (issuer, serial),
  check ((token_issuer is null) = (token_serial is null))
);

create index contract_by_token on contract (token_issuer, token_serial)
  where token_serial is not null;

-- Keyed by what was typed, not by the contract: an unknown ID locks like a known one.
create table login_counter (
  bank_code   text not null,
  contract_id text not null,
  failures    integer not null,
  changed_at  timestamptz not null,
  primary key (bank_code, contract_id)
);

create table session (
  browser           bytea primary key,
  bank_code         text not null,
  contract_id       text not null,
  started_at        timestamptz not null,
  last_seen_at      timestamptz not null,
  previous_login_at timestamptz
);

create unique index session_by_contract on session (bank_code, contract_id);

create table draft (
  id          text primary key,
  browser     bytea not null,
  bank_code   text not null,
  contract_id text not null,
  procedure   text not null,
  step        text not null,
  facts       jsonb not null,
  result      jsonb,
  expires_at  timestamptz not null,
  seq         bigint generated always as identity
);

create index draft_by_browser on draft (browser, procedure, seq);
create index draft_expiry on draft (expires_at);

create sequence receipt_no minvalue 1000001;

create table receipt (
  bank_code   text not null references bank,
  receipt_no  bigint not null,
  contract_id text not null,
  procedure   text not null,
  received_at timestamptz not null,
  primary key (bank_code, receipt_no)
);

create table event (
  bank_code   text not null,
  seq         bigint generated always as identity,
  id          text not null,
  at          timestamptz not null,
  actor_kind  text not null,
  actor_id    text not null,
  contract_id text,
  serial      text,
  kind        text not null,
  outcome     text not null,
  receipt_no  bigint,
  request_id  text not null,
  detail      jsonb,
  primary key (bank_code, seq)
);

-- The outbox: written with the act, sent afterwards, so that no notice is lost and none is invented.
create table notice (
  bank_code       text not null,
  seq             bigint generated always as identity,
  contract_id     text not null,
  recipient       text not null,
  subject         text not null,
  body            text not null,
  created_at      timestamptz not null,
  sent_at         timestamptz,
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null,
  primary key (bank_code, seq)
);

create index notice_unsent on notice (next_attempt_at) where sent_at is null;

create table idempotent_call (
  bank_code  text not null,
  key        text not null,
  body_hash  bytea not null,
  answer     jsonb,
  created_at timestamptz not null,
  primary key (bank_code, key)
);

create table api_key (
  key_hash   bytea primary key,
  bank_code  text not null references bank,
  name       text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
