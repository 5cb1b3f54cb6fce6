-- Portal administrators, what they look at and do, and the cases that they decide.

-- Made by whoever has the machine, never by a page.
create table administrator (
  id uuid primary key,
  account uuid not null references account,
  since timestamptz not null,
  -- The user of the machine who typed the command.
  made_by text not null,
  until timestamptz,
  ended_by text,
  check ((until is null) = (ended_by is null))
);
create unique index one_administrator_an_account on administrator (account) where until is null;

-- Each look at a registration, in the transaction that reads it, and each act on an account or a mail. What they change of a
-- registration is in its history.
create table administrator_act (
  id uuid primary key,
  administrator uuid not null references account,
  -- The log-on in which it was. It ends, and this stays.
  session uuid not null,
  act text not null check (act in ('gave-reason', 'looked', 'ended-sessions', 'retried-mail', 'gave-up-mail')),
  registration text references registration,
  account uuid references account,
  mail uuid,
  reason text,
  at timestamptz not null,
  check ((act in ('gave-reason', 'looked')) = (registration is not null)),
  check ((registration is not null or account is not null) = (reason is not null))
);
create index administrator_act_registration on administrator_act (registration, at desc) where registration is not null;
create index administrator_act_at on administrator_act (at desc);
create function administrator_act_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'What administrators did is append-only.';
end $$;
create trigger administrator_act_is_append_only before update or delete on administrator_act
  for each row execute function administrator_act_is_append_only();

-- The texts of a case lie beside the history of its registration, with their salt, and are committed to there.
create table case_file (
  id uuid primary key,
  registration text not null references registration,
  opened_by uuid not null references account,
  -- A party, or somebody who proved that the system is in their hands: then by this System ID.
  opened_as text not null check (opened_as in ('integrator', 'end-user', 'holder')),
  system_id text references system,
  cause text not null check (cause in ('party-gone', 'wrong-people')),
  -- That the opener asks for, or of the party that is gone.
  seat text not null check (seat in ('integrator', 'end-user')),
  opened_n int not null,
  opened_at timestamptz not null,
  objections_until timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('withdrawn', 'seat-given', 'party-removed', 'without-party', 'refused')),
  -- Of the party that was removed.
  ended_seat text check (ended_seat in ('integrator', 'end-user')),
  ended_n int,
  decided_by uuid references account,
  check ((opened_as = 'holder') = (system_id is not null)),
  check ((ended_at is null) = (ended_as is null) and (ended_at is null) = (ended_n is null)),
  check ((ended_at is null or ended_as = 'withdrawn') = (decided_by is null)),
  foreign key (registration, opened_n) references history,
  foreign key (registration, ended_n) references history
);
create unique index one_open_case on case_file (registration, opened_by) where ended_at is null;
create index case_file_registration on case_file (registration, opened_at desc);
create index case_file_opened_by on case_file (opened_by, opened_at desc);

-- A party's: once, by whoever acts for it.
create table objection (
  case_file uuid not null references case_file,
  -- The account, or the organisation.
  holder uuid not null,
  seat text not null check (seat in ('integrator', 'end-user')),
  account uuid not null references account,
  registration text not null,
  n int not null,
  at timestamptz not null,
  primary key (case_file, holder),
  foreign key (registration, n) references history
);
