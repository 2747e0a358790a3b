-- ハードウェアトークン: from the paper application (申込) to the parcel, and the exchange of those whose battery
-- ends. Where a token stands is its own state; an application says for whom it is meant.

-- What a bank takes for a token and how long it reckons with a battery. A bank without a row has the usual.
create table hardware_terms (
  bank_code      text primary key references bank,
  fee_yen        integer not null check (fee_yen >= 0),
  battery_months integer not null check (battery_months > 0)
);

create table hardware_application (
  bank_code      text not null references bank,
  -- The receipt number under which it was recorded.
  application_no bigint not null,
  contract_id    text not null,
  purpose        text not null check (purpose in ('paper', 'battery')),
  -- The date on the paper.
  applied_on     date not null,
  -- The shape that the customer wished, if any.
  shape          integer check (shape between 1 and 3),
  fee_yen        integer not null check (fee_yen >= 0),
  -- Why no fee was taken.
  waiver         text,
  -- The token whose battery ends, which this one is to replace.
  replaces       text,
  state          text not null
    check (state in ('received', 'assigned', 'shipped', 'missing', 'withdrawn')),
  serial         text,
  -- 簡易書留, without hyphens.
  parcel_no      text,
  recorded_by    text not null,
  recorded_at    timestamptz not null,
  changed_at     timestamptz not null,
  shipped_at     timestamptz,
  primary key (bank_code, application_no),
  foreign key (bank_code, contract_id) references contract,
  check ((serial is not null) = (state in ('assigned', 'shipped', 'missing'))),
  check ((parcel_no is not null) = (state in ('shipped', 'missing'))),
  check ((shipped_at is not null) = (state in ('shipped', 'missing')))
);

-- One that is open for each contract, and one for each serial: whoever comes second is refused here.
create unique index hardware_application_open on hardware_application (bank_code, contract_id)
  where state in ('received', 'assigned', 'missing');
create unique index hardware_application_serial on hardware_application (bank_code, serial)
  where serial is not null;
create index hardware_application_by_state on hardware_application (bank_code, state, application_no);
create index hardware_application_by_contract
  on hardware_application (bank_code, contract_id, application_no);

-- When it was sent to whom it was sent: from then on its months in use are counted.
alter table token add column shipped_at timestamptz;

-- What stands on the shelves and where the others went, counted without reading the tokens of phones.
create index token_by_batch on token (issuer, batch_no, state) where batch_no is not null;
create index token_shipped_to on token (issuer, shipped_to) where shipped_to is not null;

create table battery_campaign (
  bank_code    text not null references bank,
  -- The receipt number of its approval.
  campaign_no  bigint not null,
  -- Batteries that end on this day or before.
  ends_by      date not null,
  prepared_by  text not null,
  approved_by  text not null,
  started_at   timestamptz not null,
  primary key (bank_code, campaign_no)
);

create table battery_campaign_token (
  bank_code      text not null,
  campaign_no    bigint not null,
  serial         text not null,
  state          text not null default 'waiting' check (state in ('waiting', 'recorded', 'skipped')),
  application_no bigint,
  -- The refusal for which there is no application.
  skipped_for    text,
  primary key (bank_code, campaign_no, serial),
  foreign key (bank_code, campaign_no) references battery_campaign,
  check ((state = 'recorded') = (application_no is not null)),
  check ((state = 'skipped') = (skipped_for is not null))
);

create index battery_campaign_waiting on battery_campaign_token (bank_code, campaign_no, serial)
  where state = 'waiting';
