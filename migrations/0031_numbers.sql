-- What the numbers of the desk are counted from. Nothing here is personal data of a reporter.

-- who on the staff did it; the reporter is never told
alter table progress add column person text;

-- first deeds of a window, for times and rates
create index progress_first on progress (what, at) where is_first;
create index progress_person on progress (person, at) where person is not null;
create index incident_arrived on incident (arrived) where claimable;
create index verdict_at on verdict (at);

-- what was at stake in an incident, by its last assessment
create table measure (
    incident text primary key not null references incident (id),
    -- what may still be there: the policy's bands, or that nobody said
    band text not null check (band in ('none', 'small', 'medium', 'large', 'unknown')),
    -- cents that are gone if nobody ever acts
    stake bigint not null check (stake >= 0),
    -- milliseconds after which half of that is gone
    half_life bigint not null check (half_life > 0),
    -- thousandths of what is left that help saves
    help_works bigint not null check (help_works between 0 and 1000)
);

-- the signs that spoke for the leading playbook when an incident was judged
create table verdict_sign (
    verdict text not null references verdict (id),
    kind text not null,
    sign text not null,
    primary key (verdict, kind, sign)
);

-- who looks after a piece of feedback, and what came of it
create table feedback_care (
    feedback text primary key not null references feedback (id),
    owner text not null,
    since bigint not null,
    outcome text check (outcome in ('improved', 'playbook', 'answered', 'known', 'nothing')),
    settled bigint,
    check ((outcome is null) = (settled is null))
);
