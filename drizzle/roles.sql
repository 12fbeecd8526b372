-- Roles, database and schemas. Run by a superuser, once; running it again changes nothing but the passwords.
-- `npm run db:roles` prints it with the names and passwords in {{braces}} filled in.

-- @section server: in any database
do $$
declare
  role text;
begin
  foreach role in array array['kraftverk_owner', 'kraftverk_service', 'kraftverk_member'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I', role);
    end if;
  end loop;
end $$;

-- owner: migrations only. service: worker and webhook intake. member: web, held by row-level security.
alter role kraftverk_owner with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
  password {{owner_password}};
alter role kraftverk_service with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
  password {{service_password}};
alter role kraftverk_member with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
  password {{member_password}};

-- The owner hands the queue's functions on to the other roles; they belong to the service role.
grant kraftverk_service to kraftverk_owner;

-- @section create: in any database, once, alone (not inside a transaction)
create database {{database}} owner kraftverk_owner;

-- @section database: connected to {{database}}
revoke all on database {{database}} from public;
grant connect on database {{database}} to kraftverk_owner, kraftverk_service, kraftverk_member;
revoke create on schema public from public;
grant usage on schema public to kraftverk_service, kraftverk_member;
create schema if not exists graphile_worker authorization kraftverk_service;
-- The queue makes this table when it is missing, and would ask for the right to make schemas with it.
create table if not exists graphile_worker.migrations (
  id int primary key,
  ts timestamptz not null default now(),
  breaking boolean not null default false
);
alter table graphile_worker.migrations owner to kraftverk_service;
