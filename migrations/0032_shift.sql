-- Tiers, promised times, who works when, and cases for practice.

-- the pools are the tiers: routine work and levels 4 and 5 go to the first, levels 1 to 3 to the second
update incident set pool = case when lane = 0 and level <= 3 then 'second' else 'first' end
where pool = 'all';

-- what a case was promised, and what became of it
create table promise (
    incident text primary key not null references incident (id),
    reply_due bigint not null,
    resolve_due bigint not null,
    -- the first word of staff; where nobody waits for one, the moment somebody took it up
    replied bigint,
    resolved bigint,
    -- when it was found that the time had run out
    reply_missed bigint,
    resolve_missed bigint
);

create index promise_reply on promise (reply_due) where replied is null and resolved is null;
create index promise_resolve on promise (resolve_due) where resolved is null;

-- how the desk counts on a member of staff; whoever has no row does everything
create table desk_person (
    name text primary key not null,
    first_tier boolean not null,
    second_tier boolean not null,
    -- languages they take cases in, by tag with blanks between; empty for all
    languages text not null,
    -- kinds of trouble they know well, by id with blanks between; empty for no preference
    skills text not null,
    -- open claims at once; nothing for the desk's own
    most bigint check (most > 0),
    -- windows such as `mon-fri 09:00-18:00`, one a line; empty when the house's hours are theirs
    hours text not null,
    zone text not null,
    changed bigint not null,
    check (first_tier or second_tier)
);

-- what one shift tells the next; sealed
create table hand_over (
    id text primary key not null,
    at bigint not null,
    person text not null,
    data_key bytea not null,
    body bytea not null
);

create index hand_over_at on hand_over (at, id);

-- the list and its counts know the tiers and no practice
drop index incident_list;
create index incident_list on incident (lane, due, id, state, level, kind, language, danger, holder, pool)
    where state <> 'closed' and claimable and pool <> 'practice';
drop index incident_facets;
create index incident_facets on incident (state, lane, level, kind, language, danger, holder, pool)
    where state <> 'closed' and claimable and pool <> 'practice';
drop index incident_waiting;
create index incident_waiting on incident (lane, due, id) where state = 'open' and claimable and pool <> 'practice';

-- who waits at level 1 in nobody's hands: asked every few seconds and on every first page
create index incident_level_one on incident (arrived, id)
    where state = 'open' and claimable and lane = 0 and level = 1 and pool <> 'practice';
