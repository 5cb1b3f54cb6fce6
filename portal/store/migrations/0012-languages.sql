-- In which language people are written to.
alter table account add language text not null default 'en' check (language in ('en', 'de'));
alter table new_account add language text not null default 'en' check (language in ('en', 'de'));
