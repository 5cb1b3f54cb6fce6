-- Passwords that were tried for an address and were not right, whether it has an account or not: so both are answered
-- alike. The address itself is not kept.
create table password_try (
  -- SHA-256 of the address in small letters.
  address_hash bytea primary key,
  wrong int not null,
  tried_at timestamptz not null,
  wait_until timestamptz not null
);
create index password_try_tried_at on password_try (tried_at);
