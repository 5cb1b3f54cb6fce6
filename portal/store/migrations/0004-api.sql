-- What a program signs in with, in place of a person. The token itself is known to its owner only.
create table access_token (
  id uuid primary key,
  token_hash bytea not null unique,
  account uuid not null references account,
  name text not null,
  scopes text[] not null check (scopes <@ array['systems:read', 'systems:write', 'account'] and scopes <> '{}'),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_on date
);
create index access_token_account on access_token (account, created_at desc);

-- What was answered to a call that named a key, written in the transaction of what it did: the same call again gets the
-- same answer, and does nothing.
create table idempotency_key (
  account uuid not null references account,
  key text not null,
  -- Of the whole call: another one may not use its key.
  fingerprint bytea not null,
  -- Null where it held a secret.
  answer json,
  made_at timestamptz not null,
  primary key (account, key)
);
create index idempotency_key_made_at on idempotency_key (made_at);
