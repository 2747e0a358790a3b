-- What answers the phone: how a customer is found, what was stopped by whom, and what goes out by letter.

-- By telephone, wherever the hyphens stand.
alter table contract add column if not exists phone text;
create index if not exists contract_by_phone on contract (bank_code, replace(phone, '-', ''))
  where phone is not null;

-- By name: full-width katakana without spaces, hiragana and small letters made like the others, as a
-- search is read (src/bank/customer-search.ts). Compared byte by byte, so that a beginning is a range.
alter table contract add column name_key text collate "C" generated always as (
  translate(
    replace(normalize(name, nfkc), ' ', ''),
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔァィゥェォッャュョヮ-－―‐',
    'アアイイウウエエオオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモヤヤユユヨヨラリルレロワワヰヱヲンヴアイウエオツヤユヨワーーーー'
  )
) stored;
create index contract_by_name on contract (bank_code, name_key);

-- Who stopped all acts: the customer (取引中止), or the bank after a loss, and then nobody logs in either.
alter table contract
  add column frozen_by text check (frozen_by in ('customer', 'bank')),
  add column frozen_at timestamptz,
  add check (frozen or frozen_by is null);
update contract set frozen_by = 'customer' where frozen;

-- What the last accepted code was for, so that a customer can be told where a used one went.
alter table token add column accepted_at timestamptz;
alter table token add column accepted_for text;

-- The banks that hold a token suspended: one phone may serve customers of several, and it works again when
-- the last of them has let it go.
create table token_hold (
  issuer    text not null,
  serial    text not null,
  bank_code text not null references bank,
  held_at   timestamptz not null,
  primary key (issuer, serial, bank_code),
  foreign key (issuer, serial) references token on delete cascade
);

-- 紛失届. The key is the form's own: a second click finds the first one's report.
create table loss_report (
  bank_code   text not null references bank,
  receipt_no  bigint not null,
  form_key    text not null,
  contract_id text not null,
  reported_by text not null,
  reported_at timestamptz not null,
  memo        text not null,
  result      jsonb not null,
  primary key (bank_code, receipt_no),
  unique (bank_code, contract_id, form_key)
);

-- What a clerk asks who calls, as the bank sets it; without a row the usual questions.
create table identity_question (
  bank_code text primary key references bank,
  questions text[] not null check (cardinality(questions) between 1 and 10),
  least     integer not null check (least between 1 and cardinality(questions))
);

-- Sealed letters with a new card or password: printed once, by a third person. Nothing secret is in it.
create table letter (
  bank_code   text not null references bank,
  id          text not null,
  contract_id text not null,
  kind        text not null check (kind in ('confirmation', 'enrolment')),
  prepared_by text not null,
  approved_by text not null,
  made_at     timestamptz not null,
  state       text not null default 'waiting' check (state in ('waiting', 'printed', 'void')),
  printed_by  text,
  printed_at  timestamptz,
  primary key (bank_code, id),
  check ((state = 'printed') = (printed_by is not null)),
  check (printed_by is null or printed_by not in (prepared_by, approved_by))
);

create unique index letter_waiting on letter (bank_code, contract_id, kind) where state = 'waiting';
create index letter_by_contract on letter (bank_code, contract_id, made_at);

-- The history of one contract and of one token. Codes that other channels had accepted are left out: an entry
-- for each would cost the hot path more than it is worth.
create index if not exists event_by_contract on event (bank_code, contract_id, seq)
  where contract_id is not null and (kind <> 'verification' or outcome <> 'done');
create index if not exists event_by_serial on event (bank_code, serial, seq)
  where serial is not null and kind <> 'verification';
