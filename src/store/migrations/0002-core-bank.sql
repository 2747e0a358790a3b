-- The embedded core bank: accounts and a ledger in which every movement names its debit and its credit
-- side, so that it balances by its shape.

create table account (
  bank_code      text not null references bank,
  branch_code    text not null check (branch_code ~ '^[0-9]{3}$'),
  account_type   text not null check (account_type in ('ordinary', 'current', 'internal')),
  account_number text not null,
  contract_id    text,
  holder_name    text not null,
  -- The bank's internal accounts carry no running balance: every transfer would queue for their row.
  balance_yen    bigint check (balance_yen >= 0),
  primary key (bank_code, branch_code, account_type, account_number),
  check ((account_type = 'internal') = (balance_yen is null))
) with (fillfactor = 80);

create index account_by_contract on account (bank_code, contract_id);

create table movement (
  bank_code            text not null,
  seq                  bigint generated always as identity,
  receipt_no           bigint not null,
  at                   timestamptz not null,
  text                 text not null,
  amount_yen           bigint not null check (amount_yen > 0),
  debit_branch         text not null,
  debit_type           text not null,
  debit_number         text not null,
  debit_balance_yen    bigint,
  credit_branch        text not null,
  credit_type          text not null,
  credit_number        text not null,
  credit_balance_yen   bigint,
  primary key (bank_code, seq),
  foreign key (bank_code, debit_branch, debit_type, debit_number) references account,
  foreign key (bank_code, credit_branch, credit_type, credit_number) references account,
  check ((debit_branch, debit_type, debit_number) <> (credit_branch, credit_type, credit_number))
);

create index movement_by_debit on movement (bank_code, debit_branch, debit_type, debit_number, seq);
create index movement_by_credit on movement (bank_code, credit_branch, credit_type, credit_number, seq);

-- Holders at other banks whose names the interbank enquiry of the demonstration can tell.
create table known_payee (
  bank_code      text not null,
  branch_code    text not null,
  account_type   text not null,
  account_number text not null,
  holder_name    text not null,
  primary key (bank_code, branch_code, account_type, account_number)
);

create table transfer (
  bank_code         text not null references bank,
  receipt_no        bigint not null,
  contract_id       text not null,
  from_branch       text not null,
  from_type         text not null,
  from_number       text not null,
  to_bank           text not null,
  to_branch         text not null,
  to_type           text not null,
  to_number         text not null,
  payee_name        text not null,
  amount_yen        bigint not null check (amount_yen > 0),
  fee_yen           bigint not null check (fee_yen >= 0),
  day               date not null,
  status            text not null check (status in ('executed', 'reserved', 'cancelled', 'failed')),
  received_at       timestamptz not null,
  primary key (bank_code, receipt_no)
);

create index transfer_by_contract on transfer (bank_code, contract_id, receipt_no);

-- What a contract has sent in a day. The daily limit is kept by one conditional write to this row.
create table day_total (
  bank_code   text not null,
  contract_id text not null,
  day         date not null,
  used_yen    bigint not null check (used_yen >= 0),
  primary key (bank_code, contract_id, day)
);
