-- What lets a person tell our words from others', what they say of us afterwards, and what the operator has to announce.

-- keyed digest of the check number under a message of ours; nothing until it is numbered
alter table message add column mark text;

create unique index message_mark on message (mark) where mark is not null;
create index message_unnumbered on message (id) where mark is null and author = 'staff';

-- the words that the holder of a case chose; sealed under the incident's data key
create table case_phrase (
    case_id text primary key not null references reporter_case (id),
    phrase bytea not null,
    at bigint not null
);

-- wrong proofs beside a true check number
create table check_guess (
    incident text not null references incident (id),
    at bigint not null
);

create index check_guess_incident on check_guess (incident, at);

-- when the person was last warned of recovery scams, some weeks after closing
alter table incident add column warned bigint;

create index incident_unwarned on incident (closed)
    where state = 'closed' and class = 'security' and (warned is null or warned < closed);

create table feedback (
    id text primary key not null,
    -- one row a case; nothing for somebody without a case
    case_id text unique references reporter_case (id),
    at bigint not null,
    lane text not null check (lane in ('security', 'routine', 'none')),
    level bigint not null check (level between 0 and 5),
    language text not null,
    satisfaction bigint check (satisfaction between 1 and 5),
    solved text check (solved in ('yes', 'partly', 'no')),
    speed text check (speed in ('fast', 'fine', 'slow')),
    -- sealed under the incident's data key, else under one of its own
    body bytea,
    data_key bytea
);

create index feedback_at on feedback (at, id);

-- plain words of the operator's for everybody
create table operator_notice (
    id text primary key not null,
    kind text not null check (kind in ('outage', 'maintenance', 'market', 'outbreak', 'other')),
    en text not null,
    zh text not null,
    advice_en text not null,
    advice_zh text not null,
    begun bigint not null,
    changed bigint not null,
    expires bigint not null,
    cleared bigint
);

create index operator_notice_live on operator_notice (expires) where cleared is null;
