-- Nobody changes or deletes an entry of the audit trail, the program itself included.

create trigger audit_keeps_entries before update on audit
begin
    select raise(abort, 'the audit trail is append-only');
end;

create trigger audit_forgets_nothing before delete on audit
begin
    select raise(abort, 'the audit trail is append-only');
end;
