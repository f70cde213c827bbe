-- With a hundred thousand open cases the list and its counts are read from indexes alone, which want every column of their
-- conditions in them; and who is to be alarmed about is found by level.
drop index incident_list;
create index incident_list on incident (lane, due, id, state, level, kind, language, danger, holder, pool, claimable)
    where state <> 'closed' and claimable and pool <> 'practice';
drop index incident_facets;
create index incident_facets on incident (state, lane, level, kind, language, danger, holder, pool, claimable)
    where state <> 'closed' and claimable and pool <> 'practice';
create index incident_untold on incident (lane, level, arrived, id)
    where state = 'open' and claimable and pool <> 'practice';
