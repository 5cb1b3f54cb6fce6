-- Of an erased account the number stays, which the history names, and nothing that says whose it was.
alter table account add erased_at timestamptz;

-- What was begun for it before takes no seat afterwards. After the trigger that waits for the row of the account.
create function party_of_somebody() returns trigger language plpgsql as $$
begin
  if exists (select from account where id = new.account and erased_at is not null) then
    raise exception 'The account was erased.' using errcode = '23514', constraint = 'party_of_somebody';
  end if;
  return new;
end $$;
create trigger party_of_somebody_there before insert or update of account on party
  for each row execute function party_of_somebody();
