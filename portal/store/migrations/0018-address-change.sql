-- An address that an account is to have, and that waits for the proof that its mails are read by its person. One at a time.
create table address_change (
  account uuid primary key references account,
  token_hash bytea not null unique,
  email text not null,
  expires_at timestamptz not null
);
