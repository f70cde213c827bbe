-- Versions of the playbooks: every set that ran or was drafted, by its digest. Not personal data, so the files are not
-- sealed; they are a JSON object of texts by name, deflated.

create table playbook_version (
    digest text primary key not null,
    state text not null default 'draft' check (state in ('draft', 'published', 'retired')),
    -- who brought it: the command line, or a start with a folder or with the program's own set
    origin text not null check (origin in ('command', 'folder', 'built-in')),
    note text,
    kept bigint not null,
    -- when a process last began to run it
    ran bigint,
    files bytea not null
);

-- two commands that publish at once meet here
create unique index playbook_version_published on playbook_version (state) where state = 'published';

-- what was published, in order; a rollback marks the last one that stood
create table playbook_publication (
    number bigint primary key not null,
    digest text not null references playbook_version (digest),
    at bigint not null,
    undone bigint
);

-- versions and kinds that gave an open incident steps before the one that judged it last, oldest first
alter table incident add column earlier text not null default '';

-- open incidents by the version that judged them: those of an older one are judged again
create index incident_playbooks on incident (playbooks, id) where state <> 'closed';
