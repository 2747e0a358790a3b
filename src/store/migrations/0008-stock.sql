-- The stock (在庫) of hardware tokens. They come in batches (ロット), each from one seed file.

create sequence stock_batch_no minvalue 1001;

create table stock_batch (
  bank_code    text not null references bank,
  batch_no     bigint not null,
  type         text not null,
  format       text not null check (format in ('pskc', 'csv')),
  file_name    text not null,
  -- Empty where the file does not tell, or names several.
  manufacturer text,
  model        text,
  -- Which of the three hardware tokens in the customer's guide these are.
  shape        integer check (shape between 1 and 3),
  tokens       integer not null check (tokens >= 0),
  actor_kind   text not null,
  actor_id     text not null,
  imported_at  timestamptz not null,
  primary key (bank_code, batch_no)
);

-- Where a hardware token comes from: its bank's batch, and the line of the batch's file. Its days are those
-- of battery and key as the maker states them.
alter table token
  add column batch_no   bigint,
  add column batch_line integer,
  add column starts_on  date,
  add column ends_on    date;
