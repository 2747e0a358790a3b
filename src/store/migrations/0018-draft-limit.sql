-- A draft can be put off by the customer, never beyond an hour after it was opened.
alter table draft add column opened_at timestamptz;
update draft set opened_at = expires_at - interval '30 minutes';
alter table draft alter column opened_at set not null;
