-- A program that a person has just let in with the browser: for a minute it can have its token, once.
create table program_log_on (
  code_hash bytea primary key,
  -- SHA-256 of the secret that only the program knows, as base64url.
  challenge text not null,
  account uuid not null references account,
  -- As the program calls itself: "datestone on LAPTOP-7".
  name text not null,
  expires_at timestamptz not null
);
