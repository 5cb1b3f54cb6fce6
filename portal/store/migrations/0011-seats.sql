-- Seats: who is invited to the one that is free, and what the end user agreed to share.

create table invitation (
  id uuid primary key,
  registration text not null references registration,
  seat text not null check (seat in ('integrator', 'end-user')),
  how text not null check (how in ('mail', 'printed')),
  -- Of a mail: only an account that has verified this very address may accept it.
  address text,
  -- Of the link in the mail, or of the printed code.
  token_hash bytea not null unique,
  -- Whether it arrived is known of the mail.
  mail uuid references outbox,
  invited_by uuid not null references account,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('accepted', 'refused', 'withdrawn', 'replaced', 'expired', 'closed')),
  check ((how = 'mail') = (address is not null)),
  check ((how = 'mail') = (mail is not null)),
  check ((ended_at is null) = (ended_as is null))
);
-- A seat is offered to one at a time: another invitation ends the one before.
create unique index one_open_invitation on invitation (registration, seat) where ended_at is null;
create index invitation_registration on invitation (registration, invited_at desc);
create index invitation_open on invitation (expires_at) where ended_at is null;

-- Wrong codes of printed invitations, for the limit of a day. Only of who tried: nobody can use up another's.
create table invitation_try (
  account uuid not null references account,
  at timestamptz not null
);
create index invitation_try_account on invitation_try (account, at);

-- Consents are never changed: giving one and withdrawing it are two rows, each beside its entry in the history.
create table consent (
  registration text not null,
  n int not null,
  kind text not null check (kind in ('system', 'personal')),
  given boolean not null,
  -- Of the text that was shown.
  version text not null,
  by uuid not null references account,
  at timestamptz not null,
  primary key (registration, kind, n),
  foreign key (registration, n) references history deferrable initially deferred
);
create function consent_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'Consents are append-only.';
end $$;
create trigger consent_is_append_only before update or delete on consent
  for each row execute function consent_is_append_only();

-- Somebody who is invited has no seat yet, and perhaps no account.
alter table outbox drop constraint outbox_recipient_check;
alter table outbox add constraint outbox_recipient_check
  check (recipient in ('integrator', 'end-user', 'site-administrator', 'account', 'invited'));

-- What a draft of a new registration says about the end user.
alter table draft add invite jsonb;
