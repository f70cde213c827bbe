-- Lists of what an operator knows to be bad: addresses, spenders and domains, matched against everything that comes in.
-- Public facts about strangers, so they are kept as they are.

create table known_list (
    name text primary key not null,
    category text not null,
    -- a digest over what the list holds
    version text not null,
    entries bigint not null,
    changed bigint not null,
    person text not null
);

create table known_bad (
    list text not null references known_list (name),
    value text not null,
    primary key (list, value)
);
