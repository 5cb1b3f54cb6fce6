-- The offline way: requests that come as a file or QR code, codes that people carry, and keys that are kept elsewhere.

-- A file or QR code can be copied, so what came in one proves nothing by itself.
alter table request drop constraint request_how_check;
alter table request add constraint request_how_check check (how in ('carried', 'typed', 'file'));
alter table association drop constraint association_how_check;
alter table association add constraint association_how_check check (how in ('carried', 'typed', 'file'));

-- Every registration code that was handed out. No two of a System ID share a number, whatever registrations it has had.
create table registration_code (
  system_id text not null references system,
  sequence int not null check (sequence between 1 and 4095),
  association uuid not null references association,
  code text not null check (code ~ '^[0-9A-HJKMNP-TV-Z]{25}$'),
  key_id int not null,
  -- The answers that the registration had then: others are another content, and another code.
  answers_revision int not null,
  issued_at timestamptz not null,
  issued_by uuid not null references account,
  -- Another one was asked for in its place: typing its confirmation proves nothing any more.
  replaced_at timestamptz,
  -- Wrong confirmation codes that were compared with it.
  tries int not null default 0,
  primary key (system_id, sequence)
);
create index registration_code_association on registration_code (association, sequence desc);

-- Wrong confirmation codes, for the limits of a day.
create table confirmation_try (
  account uuid not null references account,
  association uuid not null references association,
  at timestamptz not null
);
create index confirmation_try_account on confirmation_try (account, at);
create index confirmation_try_association on confirmation_try (association, at);

-- A record key is announced in the bundle before it signs.
alter table portal_key add signs_since timestamptz;
update portal_key set signs_since = created_at where purpose = 'record';

-- The bundle that the last answer carried, and the one that the system has shown to have: with its next check-in it says
-- that it had the answer.
alter table system
  add bundle_sent int not null default 0,
  add bundle_version int not null default 0;
