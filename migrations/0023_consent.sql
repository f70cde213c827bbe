-- Whether the holder of a case lets details of it be passed on: every word stays, the last one stands.

create table case_consent (
    case_id text not null references reporter_case (id),
    -- the order of the words of one case
    number bigint not null,
    given boolean not null,
    at bigint not null,
    primary key (case_id, number)
);
