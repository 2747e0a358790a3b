-- The last head of each log that went out: a proof that is handed out is tied to one that others have seen.
create table evidence_published (
  bank_code text primary key,
  note      text not null
);

-- Receipts whose events retention has removed, with the name of the export that has them.
create table retained_receipt (
  bank_code   text not null,
  receipt_no  bigint not null,
  export_file text not null,
  primary key (bank_code, receipt_no)
);

-- Who was refused, or acted: staff's slips are not customers'. What was counted before is not known.
alter table event_day add column actor_kind text not null default 'unknown';
alter table event_day alter column actor_kind drop default;
alter table event_day drop constraint event_day_pkey;
alter table event_day add primary key (bank_code, day, kind, outcome, actor_kind);
alter table event_hour add column actor_kind text not null default 'unknown';
alter table event_hour alter column actor_kind drop default;
alter table event_hour drop constraint event_hour_pkey;
alter table event_hour add primary key (bank_code, hour, kind, outcome, actor_kind);

-- A password that its owner has not chosen: `due`, none is handed out yet; `first`, to be changed at once.
alter table staff
  add column password_state text not null default 'own'
    check (password_state in ('own', 'first', 'due'));

-- How far an import has come, for the page that watches it in any process.
create table import_progress (
  bank_code text not null,
  watch     text not null,
  staff_id  text not null,
  state     text not null check (state in ('running', 'done', 'failed')),
  tokens    integer not null,
  noted_at  timestamptz not null,
  primary key (bank_code, watch),
  foreign key (bank_code, staff_id) references staff
);

-- When it was last written down that this person looks at this customer: once an hour is enough.
create table customer_viewing (
  bank_code   text not null,
  staff_id    text not null,
  contract_id text not null,
  noted_at    timestamptz not null,
  primary key (bank_code, staff_id, contract_id)
);
