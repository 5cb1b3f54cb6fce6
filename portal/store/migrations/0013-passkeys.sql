-- What people are shown of where they are logged on: in words, and nothing that says where from.
alter table session add column id uuid not null unique default gen_random_uuid();
-- By which way its person came. The defaults are for processes of the version before, which run on for a moment.
alter table session add column way text not null default 'password' check (way in ('password', 'provider', 'passkey'));
update session set way = 'provider' where provider is not null;
alter table session add column browser text;
alter table session add column system text;
-- To the hour: nobody needs to know it better, and one write an hour is enough.
alter table session add column used_at timestamptz;
-- When its person last showed who they are; unknown where a provider did not say when it asked them.
alter table session add column proven_at timestamptz;
update session set used_at = created_at, proven_at = case when way = 'password' then created_at end;
alter table session alter column used_at set default now();
alter table session alter column used_at set not null;

-- A key in somebody's telephone, computer or security key. Only the public half is here.
create table passkey (
  id uuid primary key,
  account uuid not null references account,
  -- The host name that it was made for: it opens nothing elsewhere.
  rp_id text not null,
  credential_id bytea not null unique,
  -- SubjectPublicKeyInfo in DER.
  public_key bytea not null,
  -- Grows with each use where the authenticator counts; 0 where it does not.
  counter bigint not null,
  name text not null,
  made_at timestamptz not null,
  last_used_on date
);
create index passkey_account on passkey (account);

-- Sessions that began with a passkey end with it.
alter table session add column passkey uuid references passkey on delete set null;
create index session_passkey on session (passkey);

-- What a browser was asked to sign. Any portal process takes the answer, once, and only from this browser.
create table passkey_challenge (
  challenge_hash bytea primary key,
  browser_hash bytea not null,
  -- To which a passkey is to be added; none: somebody logs on.
  account uuid references account,
  expires_at timestamptz not null
);

-- A provider may have to ask again who it is, also somebody whom it knows in this browser.
alter table log_on add column fresh boolean not null default false;
