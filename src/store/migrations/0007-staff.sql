-- The bank's own people. Their tokens are rows of `token` with type ST: accepted once like any other.
create table staff (
  bank_code     text not null references bank,
  staff_id      text not null check (staff_id ~ '^[a-z0-9.-]{3,32}$'),
  name          text not null,
  role          text not null check (role in ('clerk', 'supervisor', 'auditor', 'administrator')),
  password_hash text not null,
  token_issuer  text,
  token_serial  text,
  disabled      boolean not null default false,
  last_login_at timestamptz,
  primary key (bank_code, staff_id),
  foreign key (token_issuer, token_serial) references token (issuer, serial),
  check ((token_issuer is null) = (token_serial is null))
);

create table staff_session (
  browser      bytea primary key,
  bank_code    text not null,
  staff_id     text not null,
  stage        text not null check (stage in ('pending', 'open')),
  started_at   timestamptz not null,
  last_seen_at timestamptz not null,
  foreign key (bank_code, staff_id) references staff
);

-- One open session for each: a new login ends the old one.
create unique index staff_session_open on staff_session (bank_code, staff_id) where stage = 'open';

-- 起案: what waits for a second pair of eyes, and what became of it.
create table proposal (
  bank_code   text not null references bank,
  id          text not null,
  act         text not null,
  subject     text not null,
  contract_id text,
  facts       jsonb not null,
  reason      text not null,
  prepared_by text not null,
  prepared_at timestamptz not null,
  expires_at  timestamptz not null,
  state       text not null default 'waiting'
    check (state in ('waiting', 'approved', 'returned', 'withdrawn', 'expired')),
  decided_by  text,
  decided_at  timestamptz,
  note        text,
  receipt_no  bigint,
  primary key (bank_code, id),
  foreign key (bank_code, prepared_by) references staff,
  foreign key (bank_code, decided_by) references staff,
  -- That nobody approves an own proposal is kept here, too.
  check (state <> 'approved' or decided_by <> prepared_by)
);

create unique index proposal_waiting on proposal (bank_code, act, subject) where state = 'waiting';
create index proposal_expiry on proposal (expires_at) where state = 'waiting';
create index proposal_by_contract on proposal (bank_code, contract_id, prepared_at);
create index proposal_settled on proposal (bank_code, decided_at) where state <> 'waiting';
