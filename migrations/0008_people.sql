-- People on the staff: who they are, what proves them, where they are signed in, and who guesses.

create table person (
    id text primary key not null,
    -- Keyed digests of the login and of the name, each the only one of its kind.
    login_digest text not null unique,
    name_digest text not null unique,
    data_key bytea not null,
    login bytea not null,
    name bytea not null,
    -- Names of roles with spaces between.
    roles text not null,
    -- invited, active or disabled
    state text not null,
    -- Argon2id under a pepper, in PHC form; none before the invitation is used.
    password text,
    -- The admin who asked first for this admin's second factor to be taken away.
    reset_asked_by text,
    created bigint not null,
    changed bigint not null
);

create table invitation (
    digest text primary key not null,
    person text not null,
    created bigint not null,
    expires bigint not null,
    used bigint,
    revoked bigint
);
create index invitation_person on invitation (person);

create table factor (
    id text primary key not null,
    person text not null,
    -- totp, recovery or passkey
    kind text not null,
    -- Which of the recovery codes.
    slot bigint not null,
    -- Sealed under the key of the person.
    secret bytea not null,
    created bigint not null,
    -- Nothing until it was shown to work.
    confirmed bigint,
    -- The last time step or counter that was accepted.
    last_step bigint not null,
    used bigint
);
create index factor_person on factor (person);

create table staff_session (
    digest text primary key not null,
    person text not null,
    -- half after the password, full after the second factor
    stage text not null,
    created bigint not null,
    used bigint not null,
    factor_at bigint,
    guesses bigint not null
);
create index staff_session_person on staff_session (person);

create table staff_guess (
    what text primary key not null,
    -- The digest of the login it is about, so that a reset can forget all of its buckets.
    login text not null,
    failures bigint not null,
    begun bigint not null,
    last bigint not null
);
create index staff_guess_login on staff_guess (login);
create index staff_guess_last on staff_guess (last);
