-- Which letter carries a mail, to which target it went and when it was taken there: for whoever asks what was sent to them.
alter table case_notice add column letter text;
alter table case_notice add column target text;
alter table case_notice add column sent bigint;

create index case_notice_letter on case_notice (letter) where letter is not null;

-- The words of a mail that the operator wrote: what /check holds a pasted mail against, whatever the files say by then.
alter table case_notice add column wording text;
