-- Registrations that are filled in before there is a System ID: by form or from a file.

-- The form or file that it was filled in from, and which line of it: the same one never makes a registration twice.
alter table registration
  add prepared_from uuid,
  add prepared_line int,
  add constraint one_registration_per_prepared_line unique (created_by, prepared_from, prepared_line);

-- A form may also be for a registration that is to be prepared; there can be several of them.
alter table draft
  add preparation uuid,
  drop constraint draft_is_for_one_thing,
  drop constraint one_draft_for_each,
  add constraint draft_is_for_one_thing check (num_nonnulls(system_id, registration, preparation) = 1),
  add constraint one_draft_for_each unique nulls not distinct (account, system_id, registration, preparation);

-- A file that was checked and waits for the word to make registrations of its rows.
create table import (
  id uuid primary key,
  account uuid not null references account,
  file_name text not null,
  -- What is to be known about how it was read: the encoding, columns that are not read.
  remarks jsonb not null,
  uploaded_at timestamptz not null,
  made_at timestamptz
);
create index import_uploaded on import (uploaded_at);

create table import_row (
  import uuid not null references import on delete cascade,
  line int not null,
  answers jsonb not null,
  -- Empty: the row is right.
  problems jsonb not null,
  primary key (import, line)
);
create index import_row_wrong on import_row (import, line) where problems <> '[]';
