-- What was seen of a subject in incidents that are closed by now: correlations look back over it.

create index incident_past on incident (subject, closed) where subject is not null and state = 'closed';
