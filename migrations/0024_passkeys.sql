-- Passkeys: what a browser was asked to sign, and which kind of second factor a session was opened with.

alter table staff_session add column factor text;

create table passkey_challenge (
    -- The session that it was made for; another takes its place.
    session text primary key not null,
    -- make or show
    what text not null,
    -- Sealed under the key of the person.
    state bytea not null,
    expires bigint not null
);
create index passkey_challenge_expires on passkey_challenge (expires);
