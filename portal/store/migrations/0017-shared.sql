-- What servers say of themselves in check-ins, because the end user agreed to share it: gone with the consent. What they say
-- in requests is in "system"; a person sends those off.
create table shared_server (
  registration text not null references registration,
  system_id text not null references system,
  kind text not null,
  product text not null,
  version text not null,
  name text not null,
  -- Of the agent beside it.
  agent text not null,
  -- It runs on a backup, and nothing newer has reached it since.
  restored boolean not null,
  said_at timestamptz not null,
  primary key (registration, system_id)
);
