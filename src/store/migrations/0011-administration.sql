-- By telephone the back office finds a customer, wherever the hyphens stand.
alter table contract add column phone text;
create index contract_by_phone on contract (bank_code, replace(phone, '-', '')) where phone is not null;

-- In lists and events a key is known by its name: of those in use each has another.
create unique index api_key_by_name on api_key (bank_code, name) where revoked_at is null;

-- The number of an event is drawn by a transaction that has its ID by then, or gets it now. Readers can
-- then tell which numbers may still be missing (src/store/event-horizon.ts). `case` keeps the order.
alter table event alter column seq drop identity;
create sequence event_seq as bigint owned by event.seq;
select setval('event_seq', coalesce(max(seq), 0) + 1, false) from event;
alter table event alter column seq set default
  case when pg_current_xact_id() is not null then nextval('event_seq') end;

-- The history of one contract: all but the codes that other channels had accepted. Those are by far the most,
-- and an entry for each would cost the hot path a twentieth of its time and twice its log.
create index event_by_contract on event (bank_code, contract_id, seq)
  where contract_id is not null and (kind <> 'verification' or outcome <> 'done');
-- The acts with one token.
create index event_by_serial on event (bank_code, serial, seq)
  where serial is not null and kind <> 'verification';
