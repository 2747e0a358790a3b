-- What goes to customers in sealed envelopes. What a letter says is sealed, and forgotten when it is printed.
create table letter (
  bank_code   text not null references bank,
  id          text not null,
  contract_id text not null,
  kind        text not null check (kind in ('confirmation', 'enrolment')),
  made_at     timestamptz not null,
  approved_by text not null,
  sealed_text bytea,
  key_version integer,
  printed_by  text,
  printed_at  timestamptz,
  primary key (bank_code, id),
  check ((sealed_text is null) = (printed_at is not null)),
  check (printed_by is null or printed_by <> approved_by)
);

create index letter_waiting on letter (bank_code, made_at) where printed_at is null;
create index letter_printed on letter (bank_code, printed_at) where printed_at is not null;
