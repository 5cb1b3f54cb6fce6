-- What one reader was or is to be told of one registration, sent or not: by it the first notice is told from the others.
create index outbox_reader on outbox (registration, address);
drop index outbox_accepted;
