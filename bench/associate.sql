-- What the benchmark of *Associate* works on: one account with 20,000 registrations, each with a current System ID that has
-- not been heard from lately. Inserted as rows, because making them is not what is measured.

insert into account (id, email, name, organisation, kind, password_hash, email_verified_at, created_at)
values ('00000000-0000-4000-8000-000000000001', 'bench@example.com', 'Bench', 'Bench', 'partner', 'none', now(), now());

-- One for each connection, of the driver and of pgbench.
insert into session (token_hash, account, created_at, expires_at)
select sha256(('session-' || i)::bytea), '00000000-0000-4000-8000-000000000001', now(), now() + interval '1 day'
from generate_series(0, 15) as i;

-- Not a key, but of the shape of one: the database asks for nothing more.
create function bench_system_id(letter text, i bigint) returns text language sql immutable as
  $$ select letter || lpad(i::text, 59, '0') $$;

insert into system (system_id, kind, product, version, name, last_heard_at)
select bench_system_id('A', i), 'enterprise-server', 'Enterprise Server', '3.2.4.1180', 'ES-' || i,
  now() - interval '30 days'
from generate_series(0, 19999) as i;

insert into registration
  (number, state, installation, site_administrator, created_at, created_by, history_n, history_hash)
select (10000000 + i)::text, 'confirmed',
  jsonb_build_object('site_name', 'Site ' || i, 'company', 'Company ' || i % 500, 'city', 'City ' || i % 100,
    'country', 'DK'),
  jsonb_build_object('name', 'Administrator', 'email', 'administrator-' || i || '@example.com'), now(),
  '00000000-0000-4000-8000-000000000001', 1, sha256(i::text::bytea)
from generate_series(0, 19999) as i;

insert into party (registration, seat, account, since)
select number, 'integrator', '00000000-0000-4000-8000-000000000001', now() from registration;

insert into association (id, registration, system_id, state, how, as_new, made_by, made_at, proven_at, request_n)
select md5('association-' || i)::uuid, (10000000 + i)::text, bench_system_id('A', i), 'current', 'carried', true,
  '00000000-0000-4000-8000-000000000001', now() - interval '400 days', now() - interval '400 days', 1
from generate_series(0, 19999) as i;

insert into history (registration, n, at, entry, hash)
select number, 1, now(), '{}', history_hash from registration;

-- Proven requests for pgbench to use up, as the driver uses up the ones that it posts.
insert into system (system_id, kind, product, version, name, request_n, last_heard_at)
select bench_system_id('B', i), 'enterprise-server', 'Enterprise Server', '3.2.4.1180', 'ES-' || i, 1, now()
from generate_series(0, 159999) as i;

insert into request (id, account, system_id, how, document_hash, n, proven, server, received_at, proceeded_at)
select md5('request-' || i)::uuid, '00000000-0000-4000-8000-000000000001', bench_system_id('B', i), 'carried',
  sha256(('request-' || i)::bytea), 1, true,
  '{"kind": "enterprise-server", "product": "Enterprise Server", "version": "3.2.4.1180", "name": "ES"}', now(), now()
from generate_series(0, 159999) as i;
