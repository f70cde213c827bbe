-- Nobody changes or deletes an entry of the audit trail, the program itself included.

create function audit_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is append-only';
end
$$;

create trigger audit_keeps_entries before update or delete on audit for each row execute function audit_refuses();
create trigger audit_forgets_nothing before truncate on audit for each statement execute function audit_refuses();
