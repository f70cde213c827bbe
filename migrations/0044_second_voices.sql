-- What is asked of one admin and done by another lapses, and a key for an app is shown in one session alone.

-- When an admin asked that the second factor be taken away.
alter table person add column reset_asked bigint;
-- Which admin asked, and when, that this one be an admin no more.
alter table person add column demotion_asked_by text;
alter table person add column demotion_asked bigint;
-- Digest of the session that a key waits in until a code shows that an app has it.
alter table factor add column session text;
