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
