-- Advice that turned out harmful can be taken back, and every word on a step stays.

-- when the advice of a version was taken back; steps it gave are no longer shown
alter table playbook_version add column withdrawn bigint;
-- the weights of the learned sign, deflated, where they are not the ones of the program that kept it
alter table playbook_version add column weights bytea;

create table step_said (
    incident text not null references incident (id),
    -- the order of the words on one incident; the last one on a step stands
    number bigint not null,
    step text not null,
    -- the playbook whose step it is: a required step of another one is another step
    kind text,
    state text not null check (state in ('done', 'cannot', 'open', 'not-sure', 'waived')),
    at bigint not null,
    -- the member of staff; nothing for the person's own word
    person text,
    -- sealed; why the step was waived
    reason bytea,
    primary key (incident, number)
);

insert into step_said (incident, number, step, kind, state, at, person, reason)
select step_word.incident, row_number() over (partition by step_word.incident order by step_word.at, step_word.step),
       step_word.step, incident.kind, step_word.state, step_word.at, step_word.person, step_word.reason
from step_word join incident on incident.id = step_word.incident;

drop table step_word;

-- what the sweep forgets
create index guess_at on guess (at);
create index case_session_used on case_session (last_used);
create index case_session_created on case_session (created);
create index unmapped_received on unmapped (received);
create index conflict_received on conflict (received);
