-- A contract that the bank has opened but the customer has not enrolled yet has no login password: only
-- the hash of the enrolment password that came on paper, until a day. Enrolment uses it up.

alter table contract alter column login_password_hash drop not null;
alter table contract add column enrolment_hash text;
alter table contract add column enrolment_expires_at timestamptz;

-- The last start or exchange: for a day after it neither password nor mail address may be changed.
alter table contract add column token_changed_at timestamptz;

-- A new password ends what was begun elsewhere with the old one.
create index draft_by_contract on draft (bank_code, contract_id);
