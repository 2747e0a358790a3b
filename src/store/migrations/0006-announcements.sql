-- What a bank tells all its customers on the login page and on the home page.
create table announcement (
  bank_code    text not null references bank,
  id           text not null,
  published_on date not null,
  -- Its last day; without one it stays until it is taken down.
  last_day     date,
  heading      text not null,
  text         text not null,
  heading_en   text,
  text_en      text,
  primary key (bank_code, id)
);

-- How the bank calls itself on English pages: name, department, hours.
alter table bank add column english jsonb;
