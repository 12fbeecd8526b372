-- Rights, policies, triggers and functions of what 0006 made

-- Organisations. Members see their own; who may change what is in the policies, and what nobody may do for another alone
-- (founding, which makes the first owner) is a function. Everything of an organisation hangs on app.my_organizations().
do $$
declare t text;
begin
  foreach t in array array['organizations', 'organization_members'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
    execute format('grant select, insert, update on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
  end loop;
end $$;
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- The organisations that whoever asks is in now; closed ones are nobody's.
create function app.my_organizations() returns setof text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.organization_id from public.organization_members m join public.organizations o on o.id = m.organization_id
  where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null $$;
--> statement-breakpoint
-- Those of them in which the asker has one of these roles.
create function app.my_organizations(roles text[]) returns setof text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.organization_id from public.organization_members m join public.organizations o on o.id = m.organization_id
  where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null and m.role = any(roles) $$;
--> statement-breakpoint
-- What the asker is in an organisation; null: nothing.
create function app.organization_role(organization text) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.role from public.organization_members m join public.organizations o on o.id = m.organization_id
  where m.organization_id = organization and m.user_id = app.user_id() and m.left_at is null and o.closed_at is null $$;
--> statement-breakpoint
-- Everybody with an account has a personal organisation, whichever way the account came to be. Its id follows from the
-- account's, so that it can be made twice and is one.
create function app.ensure_personal_organization() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare tail text := regexp_replace(new.id, '^usr_', '');
begin
  insert into public.organizations (id, kind, created_by, created_at) values ('org_' || tail, 'personal', new.id, new.created_at)
    on conflict do nothing;
  insert into public.organization_members (id, organization_id, user_id, role, joined_at)
    values ('omb_' || tail, 'org_' || tail, new.id, 'owner', new.created_at) on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
-- Whoever has a customer pays for the own personal organisation.
create function app.pay_personally() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  update public.organizations set billing_customer_id = new.id
    where created_by = new.user_id and kind = 'personal' and billing_customer_id is null;
  return null;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.my_organizations(), app.my_organizations(text[]), app.organization_role(text),
  app.ensure_personal_organization(), app.pay_personally() from public;
--> statement-breakpoint
grant execute on function app.my_organizations(), app.my_organizations(text[]), app.organization_role(text) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
create policy member_own on organizations for select to kraftverk_member using (id in (select app.my_organizations()));
--> statement-breakpoint
create policy member_own on organization_members for select to kraftverk_member using (organization_id in (select app.my_organizations()));
--> statement-breakpoint
-- Those who have an account already. Rows of tables with forced row-level security are the service role's to write.
set local role kraftverk_service;
--> statement-breakpoint
insert into organizations (id, kind, created_by, created_at, billing_customer_id)
  select 'org_' || regexp_replace(u.id, '^usr_', ''), 'personal', u.id, u.created_at, c.id
  from users u left join customers c on c.user_id = u.id;
--> statement-breakpoint
insert into organization_members (id, organization_id, user_id, role, joined_at)
  select 'omb_' || regexp_replace(u.id, '^usr_', ''), 'org_' || regexp_replace(u.id, '^usr_', ''), u.id, 'owner', u.created_at from users u;
--> statement-breakpoint
reset role;
--> statement-breakpoint
create trigger users_personal_organization after insert on users for each row execute function app.ensure_personal_organization();
--> statement-breakpoint
create trigger customers_pay_personally after insert or update of user_id on customers for each row
  when (new.user_id is not null) execute function app.pay_personally();
