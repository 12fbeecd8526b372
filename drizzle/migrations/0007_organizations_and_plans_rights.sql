-- Rights, policies, triggers and functions of what 0006 made

-- Plans: what they are called, cost and hold is everybody's to see; a draft is for staff alone, and theirs to write.
insert into features (key, kind, position, documented, derived, name) values
  ('canUseAllModules', 'boolean', 0, true, false, '{"sv": "Alla moduler", "en": "All modules"}'),
  ('canExportMD', 'boolean', 1, false, false, '{"sv": "Export till Markdown", "en": "Export to Markdown"}'),
  ('canExportPDF', 'boolean', 2, true, false, '{"sv": "Export till PDF", "en": "Export to PDF"}'),
  ('canExportJSON', 'boolean', 3, true, false, '{"sv": "Export till JSON", "en": "Export to JSON"}'),
  ('canUseGptTestReal', 'boolean', 4, true, false, '{"sv": "Riktiga GPT-test", "en": "Real GPT tests"}'),
  ('hasCloudHistory', 'boolean', 5, false, false, '{"sv": "Historik i molnet", "en": "Cloud history"}'),
  ('hasEvaluatorAI', 'boolean', 6, false, false, '{"sv": "AI-bedömning", "en": "Evaluator AI"}'),
  ('hasAPI', 'boolean', 7, true, false, '{"sv": "API-nycklar", "en": "API keys"}'),
  ('canExportBundleZip', 'boolean', 8, true, false, '{"sv": "Allt i en ZIP-fil", "en": "Everything in a ZIP file"}'),
  ('hasWhiteLabel', 'boolean', 9, true, false, '{"sv": "Egen profilering", "en": "Your own branding"}'),
  ('hasSeatsGT1', 'boolean', 10, true, true, '{"sv": "Flera platser", "en": "Multiple seats"}'),
  ('seats', 'number', 11, false, false, '{"sv": "Platser", "en": "Seats"}');
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['features', 'plans', 'plan_versions', 'plan_version_transitions', 'plan_version_prices', 'plan_entitlements'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
  end loop;
  foreach t in array array['features', 'plans'] loop
    execute format('create policy member_read on public.%I for select to kraftverk_member using (true)', t);
  end loop;
  create policy member_read on plan_versions for select to kraftverk_member using (status <> 'draft' or (select app.is_staff()));
  create policy staff_read on plan_version_transitions for select to kraftverk_member using ((select app.is_staff()));
  foreach t in array array['plan_version_prices', 'plan_entitlements'] loop
    execute format('create policy member_read on public.%I for select to kraftverk_member using (exists (select 1 from public.plan_versions v where v.id = plan_version_id))', t);
    execute format('create policy staff_draft on public.%I for all to kraftverk_member
      using ((select app.staff_is(''owner'', ''marketing'')) and exists (select 1 from public.plan_versions v where v.id = plan_version_id and v.status = ''draft''))
      with check ((select app.staff_is(''owner'', ''marketing'')) and exists (select 1 from public.plan_versions v where v.id = plan_version_id and v.status = ''draft''))', t);
    execute format('grant insert, update, delete on public.%I to kraftverk_member', t);
  end loop;
  create policy staff_write on plan_versions for all to kraftverk_member
    using ((select app.staff_is('owner', 'marketing'))) with check ((select app.staff_is('owner', 'marketing')));
  create policy staff_append on plan_version_transitions for insert to kraftverk_member with check ((select app.staff_is('owner', 'marketing')));
end $$;
--> statement-breakpoint
-- What was published is never written again: its prices and entitlements are what somebody pays for.
grant insert, update (status, name, summary, reason, published_at, retired_at), delete on plan_versions to kraftverk_member;
--> statement-breakpoint
grant insert on plan_version_transitions to kraftverk_member;
--> statement-breakpoint
create function app.keep_published_version() returns trigger language plpgsql as $$
begin
  if old.status <> 'draft' and (tg_op = 'DELETE' or (new.name, new.summary, new.reason) is distinct from (old.name, old.summary, old.reason)) then
    raise exception 'a published version of a plan is never changed';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint
create trigger keep_published before update or delete on plan_versions for each row execute function app.keep_published_version();
--> statement-breakpoint

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
--> statement-breakpoint

-- Entitlements: what an organization's plan holds, and what staff made of it. Its members see them; the service role and the
-- functions below write those of plans, staff write overrides, and nobody changes what was.
do $$
declare t text;
begin
  foreach t in array array['public.entitlements', 'runs.telemetry'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy service_all on %s for all to kraftverk_service using (true) with check (true)', t);
    execute format('create policy staff_read on %s for select to kraftverk_member using ((select app.is_staff()))', t);
    execute format('create policy member_own on %s for select to kraftverk_member using (organization_id in (select app.my_organizations()))', t);
    execute format('grant select on %s to kraftverk_member', t);
  end loop;
end $$;
--> statement-breakpoint
grant usage on schema runs to kraftverk_service, kraftverk_member;
--> statement-breakpoint
grant select, insert, update on entitlements to kraftverk_service;
--> statement-breakpoint
grant select, insert on runs.telemetry to kraftverk_service;
--> statement-breakpoint
grant insert, update (replaced_at) on entitlements to kraftverk_member;
--> statement-breakpoint
create policy staff_say on entitlements for insert to kraftverk_member
  with check ((select app.staff_is('owner', 'support')) and source = 'override' and replaced_at is null);
--> statement-breakpoint
create policy staff_replace on entitlements for update to kraftverk_member
  using ((select app.staff_is('owner', 'support')) and source = 'override' and replaced_at is null)
  with check ((select app.staff_is('owner', 'support')) and source = 'override');
--> statement-breakpoint
create function app.keep_entitlement() returns trigger language plpgsql as $$
begin
  if old.replaced_at is not null or to_jsonb(new) - 'replaced_at' is distinct from to_jsonb(old) - 'replaced_at' then
    raise exception 'an entitlement is replaced, never changed';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger keep_entitlement before update on entitlements for each row execute function app.keep_entitlement();
--> statement-breakpoint
-- What an organization may do now, with the reason: what staff said goes before what the plan says.
create view entitlements_effective with (security_invoker = true) as
  select present.organization_id, said.feature, said.value, present.source, present.plan_version_id, present.starts_at,
    present.ends_at, present.reason, present.created_by
  from (
    select distinct on (e.organization_id, e.feature) e.*
    from entitlements e
    where e.replaced_at is null and e.starts_at <= app_now() and (e.ends_at is null or e.ends_at > app_now())
    order by e.organization_id, e.feature, e.source = 'override' desc
  ) present
  cross join lateral (
    select present.feature, present.value
    union all
    select 'hasSeatsGT1', to_jsonb((present.value #>> '{}')::numeric > 1) where present.feature = 'seats'
  ) said;
--> statement-breakpoint
grant select on entitlements_effective to kraftverk_member, kraftverk_service;
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
grant create on schema public to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- Makes an organization's entitlements those of a plan: of the version that its subscription to that plan was bought at, else
-- of the one on sale. An unknown code is the pilot. Overrides stay. Asked again it changes nothing. A change of plan is told in
-- runs.telemetry with what caused it (the setting app.cause of the transaction).
create function public.pf_apply_plan_entitlements(org_id text, plan_code text) returns void language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  wanted text;
  version text;
  present text;
  at timestamptz := public.app_now();
begin
  perform 1 from public.organizations o where o.id = org_id for update;
  if not found then raise exception 'there is no organization %', org_id using errcode = 'no_data_found'; end if;
  select p.code into wanted from public.plans p where p.code = pf_apply_plan_entitlements.plan_code;
  wanted := coalesce(wanted, 'pilot');
  select v.id into version from public.subscriptions s join public.plan_versions v on v.id = s.plan_version_id
    where s.organization_id = org_id and v.plan_code = wanted and s.status in ('trialing', 'active', 'past_due')
    order by s.created_at desc, s.id desc limit 1;
  if version is null then
    select v.id into version from public.plan_versions v where v.plan_code = wanted and v.status = 'published';
  end if;
  -- A shop without plans says nothing of anybody.
  if version is null then return; end if;
  select v.plan_code into present from public.entitlements e join public.plan_versions v on v.id = e.plan_version_id
    where e.organization_id = org_id and e.source = 'plan' and e.replaced_at is null limit 1;
  update public.entitlements e set replaced_at = greatest(at, e.starts_at)
    where e.organization_id = org_id and e.source = 'plan' and e.replaced_at is null and not (e.plan_version_id = version
      and exists (select 1 from public.plan_entitlements p where p.plan_version_id = version and p.feature = e.feature and p.value = e.value));
  insert into public.entitlements (id, organization_id, feature, value, source, plan_version_id, starts_at, created_by, created_at)
    select 'ent_' || replace(gen_random_uuid()::text, '-', ''), org_id, p.feature, p.value, 'plan', version, at, 'system:plans', at
    from public.plan_entitlements p where p.plan_version_id = version
    on conflict (organization_id, feature, source) where replaced_at is null do nothing;
  if wanted is distinct from present and (present is not null or wanted <> 'pilot') then
    insert into runs.telemetry (id, organization_id, from_plan, to_plan, cause_event, at)
      values ('tel_' || replace(gen_random_uuid()::text, '-', ''), org_id, present, wanted, nullif(current_setting('app.cause', true), ''), at);
  end if;
end $$;
--> statement-breakpoint
create function app.begin_on_pilot() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform public.pf_apply_plan_entitlements(new.id, 'pilot');
  return null;
end $$;
--> statement-breakpoint
-- What a process keeps of one organization for a moment: what somebody is in it, its plan, what holds now, and when that
-- changes by itself. Null: there is none.
create function app.entitlements_of(organization text, member text) returns json language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as $$
  select json_build_object(
    'role', (select m.role from public.organization_members m
      where m.organization_id = o.id and m.user_id = member and m.left_at is null),
    'plan', (select json_build_object('code', v.plan_code, 'versionId', v.id) from public.entitlements e
      join public.plan_versions v on v.id = e.plan_version_id
      where e.organization_id = o.id and e.source = 'plan' and e.replaced_at is null limit 1),
    'entitlements', coalesce((select json_object_agg(e.feature, e.value) from public.entitlements_effective e where e.organization_id = o.id), '{}'),
    'nextChangeAt', (select min(b.at) from public.entitlements e, lateral (values (e.starts_at), (e.ends_at)) b(at)
      where e.organization_id = o.id and e.replaced_at is null and b.at > public.app_now()))
  from public.organizations o where o.id = organization and o.closed_at is null $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke create on schema public from kraftverk_service;
--> statement-breakpoint
revoke all on function public.pf_apply_plan_entitlements(text, text), app.begin_on_pilot(), app.entitlements_of(text, text) from public;
--> statement-breakpoint
grant execute on function public.pf_apply_plan_entitlements(text, text) to kraftverk_service;
--> statement-breakpoint
grant execute on function app.entitlements_of(text, text) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
create trigger organizations_begin_on_pilot after insert on organizations for each row execute function app.begin_on_pilot();
--> statement-breakpoint
-- Whoever looks after an organization's money sees its plan and its bills, whoever pays them.
create policy billing_own on subscriptions for select to kraftverk_member
  using (organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])));
--> statement-breakpoint
create policy billing_own on invoices for select to kraftverk_member
  using (subscription_id in (select s.id from subscriptions s where s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing']))));
--> statement-breakpoint
alter table provider_customers add constraint provider_customers_organization_fk foreign key (organization_id) references organizations (id) on delete restrict;
--> statement-breakpoint
create policy billing_own on provider_customers for select to kraftverk_member
  using (organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])));
