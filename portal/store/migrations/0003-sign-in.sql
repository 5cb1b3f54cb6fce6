-- Who signs in through a provider only has no password here.
alter table account alter column password_hash drop not null;

-- Somebody at an OpenID Connect provider: what the provider itself never gives to anybody else. Never an e-mail address,
-- which can change hands.
create table identity (
  iss text not null,
  sub text not null,
  account uuid not null references account,
  linked_at timestamptz not null,
  primary key (iss, sub)
);
create index identity_account on identity (account);

-- Through which provider the session began: on logging off, its person may log off there too.
alter table session add column provider text;

-- A browser that was sent to a provider and has not come back yet. Any portal process can take it up again.
create table log_on (
  state_hash bytea primary key,
  -- Only the browser that was sent may come back.
  browser_hash bytea not null,
  provider text not null,
  nonce text not null,
  code_verifier text not null,
  next text not null,
  expires_at timestamptz not null
);

-- Who came back from a provider and has no account yet: the rest is asked for, or an account that exists is proven.
create table newcomer (
  id uuid primary key,
  browser_hash bytea not null,
  provider text not null,
  iss text not null,
  sub text not null,
  -- What the provider said. The address is there only if the provider verified it.
  email text,
  name text,
  kind text check (kind in ('branch', 'partner', 'end-user')),
  next text not null,
  expires_at timestamptz not null
);

-- An account that waits for the proof that its address is its person's own.
create table new_account (
  id uuid primary key,
  email text not null,
  name text not null,
  organisation text not null,
  kind text not null check (kind in ('branch', 'partner', 'end-user')),
  -- Of somebody who came through a provider.
  iss text,
  sub text,
  -- The browser whose request waits, and where to go on: the link may be opened in another one.
  carrier_hash bytea,
  next text not null,
  expires_at timestamptz not null,
  check ((iss is null) = (sub is null))
);

-- Links in mails, each good for one thing once. A link to a forgotten password of an address that has no account leads
-- nowhere: it is written so that both take as long.
create table mail_link (
  token_hash bytea primary key,
  new_account uuid references new_account on delete cascade,
  account uuid references account,
  expires_at timestamptz not null
);
create index mail_link_new_account on mail_link (new_account);
create index mail_link_account on mail_link (account);

-- How many mails somebody has asked for.
create index outbox_account on outbox (lower(address), created_at) where recipient = 'account';
