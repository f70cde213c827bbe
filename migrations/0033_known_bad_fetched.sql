-- Lists of what is known to be bad are written beside the one in force and put in its place at once; those that are
-- fetched remember what they were told.

alter table known_list add column generation bigint not null default 0;

create table known_bad_entry (
    list text not null,
    -- which writing of the list it belongs to; the list names the one in force
    generation bigint not null,
    value text not null,
    primary key (list, generation, value)
);

insert into known_bad_entry (list, generation, value) select list, 0, value from known_bad;

drop table known_bad;

create table known_fetch (
    list text primary key not null,
    -- what the server named this content by
    etag text not null,
    modified text not null,
    checked bigint not null,
    succeeded bigint,
    -- why the last fetch came to nothing, a word; empty when it did not
    word text not null,
    -- entries that were there and would be there, while a person has to look
    was bigint,
    would bigint
);
