-- Requests that were uploaded together: one page with a row each, to come back to.
create table upload (
  id uuid primary key,
  account uuid not null references account,
  uploaded_at timestamptz not null
);
create index upload_account on upload (account, uploaded_at);

create table upload_row (
  upload uuid not null references upload on delete cascade,
  line int not null,
  file_name text not null,
  -- What was taken, or why nothing was.
  request uuid references request on delete cascade,
  problem jsonb,
  primary key (upload, line),
  unique (upload, request),
  check ((request is null) = (problem is not null))
);
create index upload_row_request on upload_row (request);
