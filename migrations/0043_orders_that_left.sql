-- That an order left once is kept for good: its word is that of the last attempt, and a copy may be on its way all the same.
alter table containment_order add column may_have_left boolean not null default false;
update containment_order set may_have_left = true
    where id in (select object from outbox where kind = 'order' and attempts > 0);

-- how much later than the case came the time for its end runs, since it was opened again
alter table promise add column resolve_shift bigint not null default 0;
