-- How far an import came, by the digest of its file, so that one that was cut off goes on where it stood.

create table import_run (
    file text not null,
    endpoint text not null,
    rows_done bigint not null,
    updated bigint not null,
    primary key (file, endpoint)
);
