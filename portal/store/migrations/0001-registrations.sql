-- Names in the order in which people look for them: Å beside A, Building 2 before Building 10.
create collation by_name (provider = icu, locale = 'und-u-kn-true');

-- Who signs in. An address belongs to one account, however it is capitalised.
create table account (
  id uuid primary key,
  email text not null,
  name text not null,
  organisation text not null,
  kind text not null check (kind in ('branch', 'partner', 'end-user')),
  password_hash text not null,
  email_verified_at timestamptz,
  created_at timestamptz not null
);
create unique index account_email on account (lower(email));

create table session (
  token_hash bytea primary key,
  account uuid not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_account on session (account);

-- Everything the portal knows of a System ID as such, whoever's it is.
create table system (
  system_id text primary key check (system_id ~ '^[0-9A-HJKMNP-TV-Z]{60}$'),
  -- Pinned at the first request or check-in that binds it, for ever.
  ed25519 text,
  -- The highest counter of its requests and of its check-ins.
  request_n bigint not null default 0,
  check_in_n bigint not null default 0,
  token text,
  previous_token text,
  token_forgiven boolean not null default false,
  -- A party settled a conflict: the next check-in is believed whatever its counter and token.
  resync boolean not null default false,
  -- Identical bytes get the same answer again.
  last_check_in_hash bytea,
  last_answer text,
  kind text,
  product text,
  version text,
  name text,
  instance text,
  -- The registration and the code that the system itself says it shows.
  shows text,
  accepted_sequence int not null default 0,
  shows_since timestamptz,
  -- Issue number of its registration codes.
  sequence int not null default 0,
  last_heard_at timestamptz,
  -- Grows with every claim that is made on it: who decided without a lock sees that there is one more.
  claims int not null default 0
);

create table registration (
  number text primary key check (number ~ '^[0-9]{8}$'),
  state text not null
    check (state in ('prepared', 'registered', 'confirmed', 'closed', 'merged', 'without-party')),
  -- Grows with every change of the record.
  revision int not null default 1,
  installation jsonb not null,
  site_administrator jsonb not null default '{}',
  warranty jsonb not null default '{}',
  site_name text not null generated always as (installation ->> 'site_name') stored,
  created_at timestamptz not null,
  created_by uuid not null references account,
  confirmed_at timestamptz,
  confirmed_by uuid references account,
  closed_at timestamptz,
  merged_into text references registration,
  -- Head of the history chain.
  history_n int not null default 0,
  history_hash bytea,
  check ((state = 'merged') = (merged_into is not null))
);

-- At most one integrator and one end user, and never the same account.
create table party (
  registration text not null references registration,
  seat text not null check (seat in ('integrator', 'end-user')),
  account uuid not null references account,
  since timestamptz not null,
  primary key (registration, seat),
  unique (registration, account)
);
create index party_account on party (account);

-- What a person brought to the portal: a request that the browser carried, or a System ID that was typed.
create table request (
  id uuid primary key,
  -- Bound to a cookie first, then to the account that signed in with it.
  cookie_hash bytea,
  account uuid references account,
  system_id text not null references system,
  how text not null check (how in ('carried', 'typed')),
  document_hash bytea,
  n bigint,
  proven boolean not null,
  server jsonb,
  instance text,
  return_to text,
  origin text,
  received_at timestamptz not null,
  proceeded_at timestamptz,
  cancelled_at timestamptz,
  -- What it did, once it did something.
  association uuid,
  constraint only_carried_requests_prove check (how = 'carried' or not proven)
);
create index request_document on request (document_hash) where document_hash is not null;
create index request_account on request (account, received_at desc);

-- A System ID and a registration, from the claim to the end.
create table association (
  id uuid primary key,
  registration text not null references registration,
  system_id text not null references system,
  state text not null
    check (state in ('claimed', 'current', 'retired', 'undone', 'beaten', 'withdrawn', 'superseded', 'merged', 'closed')),
  how text not null check (how in ('carried', 'typed')),
  -- Registered as new, rather than associated with a registration that existed.
  as_new boolean not null default false,
  made_by uuid not null references account,
  made_at timestamptz not null,
  proven_at timestamptz,
  ended_at timestamptz,
  -- The association that was current when this one became so.
  former uuid references association,
  -- The request that it answers: its record says so to the site.
  request_n bigint,
  check (state <> 'current' or proven_at is not null)
);
-- A System ID is current for at most one registration, and a registration has at most one current System ID.
create unique index one_registration_per_system_id on association (system_id) where state = 'current';
create unique index one_system_id_per_registration on association (registration) where state = 'current';
-- A retired System ID stays with its registration: nobody else can use it.
create unique index retired_system_id_is_reserved on association (system_id) where state in ('current', 'retired');
-- Several claims may wait on one System ID, but only one of each registration.
create unique index one_claim_per_registration on association (registration, system_id) where state = 'claimed';
create index association_registration on association (registration, made_at desc);
create index association_system_id on association (system_id);
create index association_claims_of on association (made_by) where state = 'claimed';
alter table request add constraint request_association foreign key (association) references association;

-- Every change of state, chained by hash per registration. Names, reasons and notes are not in the chain but committed
-- to; they lie in history_text and can be erased with their salt.
create table history (
  registration text not null references registration,
  n int not null,
  at timestamptz not null,
  entry text not null,
  hash bytea not null,
  primary key (registration, n)
);
create table history_text (
  registration text not null,
  n int not null,
  field text not null,
  salt bytea not null,
  text text not null,
  primary key (registration, n, field),
  foreign key (registration, n) references history
);
create function history_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The history is append-only.';
end $$;
create trigger history_is_append_only before update or delete on history
  for each row execute function history_is_append_only();

-- Work that follows a change, written in the transaction of the change.
create table outbox (
  id uuid primary key,
  registration text references registration,
  association uuid references association,
  recipient text not null check (recipient in ('integrator', 'end-user', 'site-administrator', 'account')),
  address text not null,
  template text not null,
  facts jsonb not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  leased_until timestamptz,
  -- When the mail server took it.
  accepted_at timestamptz,
  -- When it was clear that it never will: refused for good, stopped by its reader, or its address never verified.
  given_up_at timestamptz,
  last_error text
);
create index outbox_due on outbox (due_at) where accepted_at is null and given_up_at is null;
create index outbox_accepted on outbox (registration, address, accepted_at) where accepted_at is not null;
create index outbox_association on outbox (association) where recipient = 'end-user';

-- What the reader of an address said: that it is his or her own, or that nothing more is wanted.
create table mail_address (
  address text primary key check (address = lower(address)),
  verified_at timestamptz,
  stopped_at timestamptz
);

-- Two systems say that they are one, or a retired one speaks again. Found by machine, settled by a party.
create table conflict (
  id uuid primary key,
  system_id text not null references system,
  kind text not null check (kind in ('retired-speaks', 'restored', 'copy', 'signing-key')),
  opened_at timestamptz not null,
  settled_at timestamptz
);
create unique index one_open_conflict on conflict (system_id, kind) where settled_at is null;

-- An installation, known by its key, and the System ID under which it was heard last.
create table instance (
  public_key text primary key,
  system_id text not null references system,
  -- Heard from under two live System IDs: from then on it counts for nothing.
  copied_at timestamptz
);

-- Every System ID that an installation was heard under.
create table instance_system (
  public_key text not null references instance,
  system_id text not null references system,
  primary key (public_key, system_id)
);

-- A form that is being filled in: for a System ID that is to be registered as new, or of a registration that is edited.
create table draft (
  id uuid primary key,
  account uuid not null references account,
  system_id text references system,
  registration text references registration,
  answers jsonb not null default '{}',
  -- The revision of the registration that the person saw when the draft was begun.
  revision int,
  updated_at timestamptz not null,
  constraint draft_is_for_one_thing check ((system_id is null) <> (registration is null)),
  constraint one_draft_for_each unique nulls not distinct (account, system_id, registration)
);

-- The portal's own keys and the bundle that names them.
create table portal_key (
  purpose text not null check (purpose in ('root', 'record', 'code')),
  id text not null,
  secret bytea not null,
  created_at timestamptz not null,
  primary key (purpose, id)
);
create table bundle (
  version int primary key,
  document text not null,
  -- What the document says, in the order in which it was written.
  content json not null,
  created_at timestamptz not null
);
