-- 収納サービス（ペイジー）. The embedded collecting institution stands outside the banks: billers and their
-- bills are the same for all of them, and a bill is paid once, whichever bank takes the payment.

create table biller (
  biller_no text primary key check (biller_no ~ '^[0-9]{5}$'),
  name      text not null
);

create table bill (
  bill_id          bigint generated always as identity primary key,
  biller_no        text not null references biller,
  customer_no      text not null check (customer_no ~ '^[0-9]{1,20}$'),
  confirmation_no  text not null check (confirmation_no ~ '^[0-9]{1,6}$'),
  -- Empty where the slip has none.
  payment_category text not null check (payment_category ~ '^[0-9]{0,10}$'),
  purpose          text not null,
  amount_yen       bigint not null check (amount_yen > 0),
  due_day          date not null,
  unique (biller_no, customer_no, confirmation_no, payment_category)
);

-- That a bill is paid is that it stands here: the unique index lets one payment win. Names and amount are
-- those of the moment of the payment, as on its receipt.
create table bill_payment (
  bank_code   text not null references bank,
  receipt_no  bigint not null,
  contract_id text not null,
  bill_id     bigint not null unique references bill,
  biller_no   text not null,
  biller_name text not null,
  purpose     text not null,
  from_branch text not null,
  from_type   text not null,
  from_number text not null,
  amount_yen  bigint not null check (amount_yen > 0),
  received_at timestamptz not null,
  primary key (bank_code, receipt_no)
);

create index bill_payment_by_contract on bill_payment (bank_code, contract_id, receipt_no);

-- Look-ups of bills that there are not, by Japanese day: so many, and the contract waits for the next.
create table wrong_look_up (
  bank_code   text not null,
  contract_id text not null,
  day         date not null,
  times       integer not null check (times > 0),
  primary key (bank_code, contract_id, day)
);
