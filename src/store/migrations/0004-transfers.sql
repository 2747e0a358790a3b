-- Payees that a customer keeps. The ID is random: it says nothing, and means something to its contract only.
create table registered_payee (
  bank_code   text not null references bank,
  contract_id text not null,
  id          text not null,
  to_bank     text not null,
  to_branch   text not null,
  to_type     text not null,
  to_number   text not null,
  payee_name  text not null,
  kept_at     timestamptz not null,
  primary key (bank_code, contract_id, id),
  unique (bank_code, contract_id, to_bank, to_branch, to_type, to_number)
);

-- A raised daily limit waits until 0:00 of the next day.
alter table contract
  add column next_limit_yen  bigint,
  add column next_limit_from timestamptz,
  add check ((next_limit_yen is null) = (next_limit_from is null));

alter table transfer
  -- When the payee's bank books it.
  add column booking_day       date,
  -- When a reservation was executed, failed or cancelled.
  add column closed_at         timestamptz,
  add column cancel_receipt_no bigint,
  -- The refusal for which a reservation was not executed.
  add column failure           text,
  add check ((status = 'cancelled') = (cancel_receipt_no is not null)),
  add check ((status = 'failed') = (failure is not null));

update transfer set booking_day = day;
alter table transfer alter column booking_day set not null;

-- What the scheduler asks every few seconds: a short index of what still waits.
create index transfer_reserved on transfer (day, bank_code, receipt_no) where status = 'reserved';
