-- 種類の受付終了: what a bank has decided about a type of token. The type itself says what is newly taken.
create table type_campaign (
  bank_code    text not null references bank,
  -- That of the proposal by which it was decided.
  id           text not null,
  type         text not null,
  closed_from  date not null,
  -- The day after it, the tokens of the type expire; without one they go on working.
  last_day     date,
  state        text not null default 'running' check (state in ('running', 'replaced', 'ended')),
  decided_at   timestamptz not null,
  ended_at     timestamptz,
  receipt_no   bigint not null,
  primary key (bank_code, id),
  foreign key (bank_code, type) references token_type,
  check (last_day >= closed_from),
  check ((state = 'running') = (ended_at is null))
);

create unique index type_campaign_running on type_campaign (bank_code, type) where state = 'running';

-- The reminders of a campaign, and how far each has come: portions are queued in the order of the contracts.
create table campaign_reminder (
  bank_code       text not null,
  campaign_id     text not null,
  reminder_no     integer not null check (reminder_no > 0),
  day             date not null,
  after_contract  text not null default '',
  queued          integer not null default 0,
  next_portion_at timestamptz,
  done_at         timestamptz,
  primary key (bank_code, campaign_id, reminder_no),
  foreign key (bank_code, campaign_id) references type_campaign
);

create index campaign_reminder_open on campaign_reminder (day) where done_at is null;

-- Whom it concerns: those who used the type when it was decided, and who came to it before it was closed.
create table campaign_customer (
  bank_code   text not null,
  campaign_id text not null,
  contract_id text not null,
  -- The last reminder that was queued: none is queued twice.
  reminded    integer not null default 0,
  expired_at  timestamptz,
  primary key (bank_code, campaign_id, contract_id),
  foreign key (bank_code, campaign_id) references type_campaign
);

-- An announcement that was taken down before its last day, and the receipts of both acts.
alter table announcement
  add column receipt_no      bigint,
  add column taken_down_at   timestamptz,
  add column taken_down_with bigint;

-- The bank's own words in its notices: every version, and with the bank the one in force.
create table notice_template (
  bank_code  text not null references bank,
  version    integer not null,
  template   jsonb not null,
  decided_at timestamptz not null,
  decided_by text not null,
  receipt_no bigint not null,
  primary key (bank_code, version)
);

alter table bank add column notice_template jsonb;

-- The figures are counted from the events in the background; nobody who appends one knows of it.
create table figures_progress (
  bank_code    text primary key references bank,
  -- Every event up to this number is counted, and none above it.
  counted_seq  bigint not null default 0,
  counted_at   timestamptz,
  -- Once none of these transactions runs any more, no event up to `mark_seq` can turn up.
  mark_seq     bigint,
  mark_writers text[],
  standing_at  timestamptz,
  check ((mark_seq is null) = (mark_writers is null))
);

-- By Japanese day, for good. The numbers of its events lead to them without an index on the time.
create table event_day (
  bank_code text not null,
  day       date not null,
  kind      text not null,
  outcome   text not null,
  events    bigint not null,
  first_seq bigint not null,
  last_seq  bigint not null,
  primary key (bank_code, day, kind, outcome)
);

-- By hour and by minute, for a few days and hours.
create table event_hour (
  bank_code text not null,
  hour      timestamptz not null,
  kind      text not null,
  outcome   text not null,
  events    bigint not null,
  primary key (bank_code, hour, kind, outcome)
);

create table code_minute (
  bank_code text not null,
  minute    timestamptz not null,
  codes     bigint not null,
  primary key (bank_code, minute)
);

-- How many customers had which token, or were locked, on each day: as it was seen last.
create table standing_day (
  bank_code text not null,
  day       date not null,
  measure   text not null,
  customers bigint not null,
  primary key (bank_code, day, measure)
);
