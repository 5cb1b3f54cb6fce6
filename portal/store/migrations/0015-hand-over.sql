-- Seats that change hands, end, or are left.

-- An offer of a seat is an invitation to one that its party still has.
alter table invitation add hands_over boolean not null default false;

-- When the party leaves, if it has said so; until then it can take that back.
alter table party add leaves_at timestamptz;
create index party_leaves on party (leaves_at) where leaves_at is not null;

-- Who had a seat once. It is written by the database, so that no operation can forget it, and together with the entry of the
-- history that ended it: the next one.
create table former_party (
  registration text not null references registration,
  seat text not null check (seat in ('integrator', 'end-user')),
  account uuid not null references account,
  holder uuid not null,
  ended_n int not null,
  primary key (registration, seat, ended_n),
  foreign key (registration, ended_n) references history deferrable initially deferred
);
create function party_has_gone() returns trigger language plpgsql as $$
begin
  insert into former_party (registration, seat, account, holder, ended_n)
  select old.registration, old.seat, old.account, old.holder, history_n + 1
  from registration where number = old.registration;
  return null;
end $$;
create trigger party_has_gone after delete on party for each row execute function party_has_gone();
