-- Organisations: a seat is an account's, or an organisation's whose members act for it.

create table organisation (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);

-- Who acts for whom: every account for itself, and a member for its organisation too.
create table acts_for (
  account uuid not null references account,
  -- The account itself, or the organisation.
  holder uuid not null,
  organisation uuid references organisation,
  role text check (role in ('administrator', 'member')),
  since timestamptz,
  primary key (account, holder),
  check (holder = coalesce(organisation, account)),
  check ((organisation is null) = (role is null) and (organisation is null) = (since is null))
);
-- Whoever acts for an organisation acts for one.
create unique index one_organisation_an_account on acts_for (account) where organisation is not null;
create index acts_for_holder on acts_for (holder);

insert into acts_for (account, holder) select id, id from account;
create function account_acts_for_itself() returns trigger language plpgsql as $$
begin
  insert into acts_for (account, holder) values (new.id, new.id);
  return null;
end $$;
create trigger account_acts_for_itself after insert on account
  for each row execute function account_acts_for_itself();

-- `account`: who took the seat. Whose it is, is the organisation's, if it was taken for one.
alter table party add organisation uuid references organisation;
alter table party add holder uuid not null generated always as (coalesce(organisation, account)) stored;
alter table party drop constraint party_registration_account_key;
drop index party_account;
alter table party add constraint party_never_both_seats unique (registration, holder);
create index party_holder on party (holder);
create index party_organisation on party (organisation) where organisation is not null;

-- Who may see a registration and act for a seat of it.
create view acting as
  select party.registration, party.seat, acts_for.account, party.organisation, party.holder
  from party join acts_for on acts_for.holder = party.holder;

-- Whoever takes a seat takes it for his organisation. And nobody acts in both seats of a registration: not by a seat of
-- his own beside one of his organisation's either. Taking a seat and joining an organisation wait for each other at the
-- rows of the account and of the organisation, so each sees what the other did.
create function party_is_whose() returns trigger language plpgsql as $$
begin
  perform from account where id = new.account for share;
  if tg_op = 'INSERT' or new.account <> old.account then
    new.organisation := (
      select organisation from acts_for where account = new.account and organisation is not null);
  end if;
  perform from organisation where id = new.organisation for share;
  if exists (
    select from party other
    join acts_for theirs on theirs.holder = other.holder
    join acts_for ours on ours.account = theirs.account and ours.holder = coalesce(new.organisation, new.account)
    where other.registration = new.registration and other.seat <> new.seat)
  then
    raise exception 'Nobody acts in both seats of a registration.'
      using errcode = '23514', constraint = 'party_never_both_seats';
  end if;
  return new;
end $$;
create trigger party_is_whose before insert or update of account, organisation on party
  for each row execute function party_is_whose();

create function member_never_in_both_seats() returns trigger language plpgsql as $$
begin
  perform from account where id = new.account for no key update;
  perform from organisation where id = new.organisation for no key update;
  if exists (
    select from party own
    join party theirs on theirs.registration = own.registration and theirs.holder = new.organisation
    where own.holder = new.account)
  then
    raise exception 'Nobody acts in both seats of a registration.'
      using errcode = '23514', constraint = 'party_never_both_seats';
  end if;
  return new;
end $$;
create trigger member_never_in_both_seats before insert on acts_for
  for each row when (new.organisation is not null) execute function member_never_in_both_seats();

-- For whom an association was made: any colleague can take it back. None: for who made it.
alter table association add made_for uuid;

-- A colleague is invited by mail: only an account that has verified that very address accepts.
create table organisation_invitation (
  id uuid primary key,
  organisation uuid not null references organisation on delete cascade,
  address text not null,
  token_hash bytea not null unique,
  mail uuid not null references outbox,
  invited_by uuid not null references account,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('accepted', 'refused', 'withdrawn', 'expired')),
  check ((ended_at is null) = (ended_as is null))
);
create unique index one_open_invitation_an_address on organisation_invitation (organisation, lower(address))
  where ended_at is null;
create index organisation_invitation_open on organisation_invitation (expires_at) where ended_at is null;

-- Several people use one account: each session is asked once who it is, for the history.
alter table account add shared boolean not null default false;
alter table session add person text;
