-- The audit trail names sessions and finds views; what the privacy duties need.

-- digest of the session or token that a deed was done with
alter table audit add column session text;

-- who looked at which incidents, for the alarm about unusual reading
create index audit_views on audit (at, actor, object)
    where action in ('incident.view', 'incident.claim', 'incident.reveal');
-- what the house raised about itself and its people
create index audit_alarms on audit (at, action, object) where action in ('insider.alarm', 'retention.braked');

-- incidents that must not be erased or purged, whatever their age
create table legal_hold (
    incident text primary key not null references incident (id),
    person text not null,
    at bigint not null,
    -- sealed under the incident's data key; why
    reason bytea not null
);

-- export and erasure of what is kept of one person: asked by one, done by another
create table privacy_request (
    id text primary key not null,
    what text not null check (what in ('export', 'erase')),
    -- the incident through which the person was named; no reference, because erasing takes the incident away
    incident text not null,
    asked_by text not null,
    asked bigint not null,
    decided_by text,
    decided bigint,
    granted boolean not null default false,
    done bigint
);

create index privacy_request_open on privacy_request (asked) where decided is null;
