-- Rights, policies, triggers and functions of what 0018 made
-- How many of a membership one subscription may have is staff's to say, as everything of a product is.
grant update (most_units) on public.products to kraftverk_member;
--> statement-breakpoint
grant insert (most_units) on public.products to kraftverk_member;
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- Also from when each bill is: what was taken later of a membership is paid back by its own days. Whoever still runs the release
-- before reads the columns that it knows by their names.
drop function app.order_bills(text);
--> statement-breakpoint
create function app.order_bills(wanted text)
  returns table (invoice_id text, subscription_id text, amount_paid bigint, period_start_at timestamptz, period_end_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, i.subscription_id, i.amount_paid, i.period_start_at, i.period_end_at
  from public.invoices i join public.subscriptions s on s.id = i.subscription_id
  where s.order_id = wanted and i.status = 'paid' and app.may_see_order(wanted) $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.order_bills(text) from public;
--> statement-breakpoint
grant execute on function app.order_bills(text) to kraftverk_member, kraftverk_service;
