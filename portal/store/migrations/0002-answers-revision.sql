-- The revision at which the answers of a registration were last changed. What was changed beside them since (the server
-- was heard from, a seat was taken) does not make an edit that is open out of date.
alter table registration add answers_revision int not null default 1;
update registration set answers_revision = revision;
