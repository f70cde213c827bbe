-- A staff step can be waived with a reason, and a word on a step says whose it is.

create table step_word (
    incident text not null references incident (id),
    step text not null,
    state text not null check (state in ('done', 'cannot', 'open', 'not-sure', 'waived')),
    at bigint not null,
    -- the member of staff; nothing for the person's own word
    person text,
    -- sealed; why the step was waived
    reason bytea,
    primary key (incident, step)
);

insert into step_word (incident, step, state, at) select incident, step, state, at from step_state;

drop table step_state;
