-- The keys of the log are sealed anew when data keys rotate, like every other sealed column.
alter table evidence_key
  add column bank_code text not null default '0000' check (bank_code = '0000'),
  add foreign key (bank_code, key_version) references data_key;
