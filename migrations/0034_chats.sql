-- Commands of staff in chats.

-- who somebody in a chat is on the staff; the name there is kept as a keyed digest
create table chat_link (
    chat text not null,
    member text not null,
    person text not null,
    linked bigint not null,
    primary key (chat, member)
);

create index chat_link_person on chat_link (person);

-- codes that link, by keyed digest: one a person, good once
create table chat_code (
    person text primary key not null,
    digest text not null unique,
    expires bigint not null
);

-- what came already; a second copy does nothing
create table chat_call (
    mark text primary key not null,
    at bigint not null
);

create index chat_call_at on chat_call (at);
