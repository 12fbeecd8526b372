-- Rights, policies, triggers and functions of what comes with this release
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- What a policy asks of another table it asks by a function, whose plan is kept: written out, that table's own policies come with
-- it, and theirs with them, and each statement about a membership or a bill made ready some forty looks that nobody's rows needed.
-- As in 0003, with a plan that is kept.
create or replace function app.may_see_order(wanted text) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return pg_has_role(session_user, 'kraftverk_service', 'member') or app.is_staff() or exists (select 1 from public.orders o
    where o.id = wanted and (o.customer_id = app.customer_id() or o.access_token_hash = any(coalesce(app.tokens(), '{}'::text[]))));
end $$;
--> statement-breakpoint
-- A company's subscription is its present payers', whoever bought it; anything else its buyer's.
create function app.is_own_subscription(wanted text) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return exists (select 1 from public.subscriptions s where s.id = wanted
    and case when s.organization_id is null then s.customer_id = app.customer_id()
      else s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])) end);
end $$;
--> statement-breakpoint
-- Subscriptions and bills of the companies whose money somebody looks after.
create function app.company_subscriptions() returns setof text
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query select s.id from public.subscriptions s
    where s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing']));
end $$;
--> statement-breakpoint
create function app.company_invoices() returns setof text
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query select i.id from public.invoices i join public.subscriptions s on s.id = i.subscription_id
    where s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing']));
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.is_own_subscription(text), app.company_subscriptions(), app.company_invoices() from public;
--> statement-breakpoint
grant execute on function app.is_own_subscription(text), app.company_subscriptions(), app.company_invoices() to kraftverk_member;
--> statement-breakpoint
alter policy member_own on subscriptions
  using (customer_id = (select app.customer_id()) or (select app.is_staff()) or app.may_see_order(order_id));
--> statement-breakpoint
alter policy member_own on subscription_changes using ((select app.is_staff()) or app.is_own_subscription(subscription_id));
--> statement-breakpoint
alter policy member_own on retention_showings using ((select app.is_staff()) or app.is_own_subscription(subscription_id));
--> statement-breakpoint
alter policy billing_own on invoices using (subscription_id in (select app.company_subscriptions()));
--> statement-breakpoint
alter policy member_own on payments
  using (customer_id = (select app.customer_id()) or (select app.is_staff()) or app.may_see_order(order_id));
--> statement-breakpoint
alter policy billing_own on payments using (invoice_id in (select app.company_invoices()));
--> statement-breakpoint
alter policy member_own on fulfilments
  using (customer_id = (select app.customer_id()) or (select app.is_staff()) or app.may_see_order(order_id));
--> statement-breakpoint
-- What a plan holds, applied.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
grant create on schema public to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- As before; a plan that is sold no longer, asked for an organization that has not bought it, is the pilot as an unknown one is. It was
-- left with what it had.
create or replace function public.pf_apply_plan_entitlements(org_id text, plan_code text) returns void language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  wanted text;
  version text;
  present text;
  at timestamptz := public.app_now();
begin
  perform 1 from public.organizations o where o.id = org_id for no key update;
  if not found then raise exception 'there is no organization %', org_id using errcode = 'no_data_found'; end if;
  select p.code into wanted from public.plans p where p.code = pf_apply_plan_entitlements.plan_code;
  wanted := coalesce(wanted, 'pilot');
  select v.id into version from public.subscriptions s join public.plan_versions v on v.id = s.plan_version_id
    where s.organization_id = org_id and v.plan_code = wanted
      and (s.status in ('trialing', 'active', 'past_due', 'unpaid') or (s.status = 'paused' and s.pause_at is not null and v.pause_keeps))
    order by s.created_at desc, s.id desc limit 1;
  if version is null then
    select v.id into version from public.plan_versions v where v.plan_code = wanted and v.status = 'published';
  end if;
  -- Neither bought nor on sale any more: what everybody falls back on.
  if version is null and wanted <> 'pilot' then
    wanted := 'pilot';
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
-- As in 0017; bought seats hold on, too, while a plan rests that holds on.
create or replace function app.extra_seats(organization text) returns integer
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
begin
  if not exists (select from public.subscriptions s where s.organization_id = organization and s.extra_seats > 0) then return 0; end if;
  return (select coalesce(max(s.extra_seats), 0) from public.subscriptions s join public.plan_versions v on v.id = s.plan_version_id
    where s.organization_id = organization and s.extra_seats > 0
      and (s.status in ('trialing', 'active', 'past_due', 'unpaid') or (s.status = 'paused' and s.pause_at is not null and v.pause_keeps))
      and exists (select 1 from public.entitlements e join public.plan_versions held on held.id = e.plan_version_id
        where e.organization_id = organization and e.feature = 'seats' and e.source = 'plan' and e.replaced_at is null
          and held.plan_code = v.plan_code));
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke create on schema public from kraftverk_service;
--> statement-breakpoint
grant update (pause_keeps) on plan_versions to kraftverk_member;
