-- Rights, policies, triggers and functions of what 0020 made
-- What is paid back where something came too late goes by the end that was told: the one that the membership has when it is asked for.
alter policy member_wish on subscription_changes
  with check (status = 'requested' and effective_at is null and completed_at is null
    and late_at is null and late_amount is null and (told_end_at is null or ((timing = 'period_end' or kind = 'free') and exists (select 1 from subscriptions s
      where s.id = subscription_id and s.current_period_end_at = told_end_at)))
    and (refund_amount is null or (select app.staff_is('owner', 'finance')))
    and (showing_id is null or exists (select 1 from retention_showings w where w.id = showing_id and w.answer is null
      and w.subscription_id = subscription_changes.subscription_id and w.kind = subscription_changes.kind
      and (w.kind <> 'discount' or (w.discount_bps, w.months) = (subscription_changes.discount_bps, subscription_changes.discount_months))
      and (w.kind <> 'free' or w.free_until_at = subscription_changes.free_until_at)))
    and (kind not in ('free', 'version', 'discount') or (select app.staff_is('owner', 'finance'))
      or (kind <> 'version' and showing_id is not null))
    and exists (select 1 from subscriptions s where s.id = subscription_id and s.customer_id = subscription_changes.customer_id
      and ((select app.staff_is('owner', 'finance')) or (kind in ('keep', 'pause') and (select app.staff_is('support')))
        or case when s.organization_id is null then s.customer_id = (select app.customer_id())
          else s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])) end)));
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- Also what each bill came to: a change for less sets something off, which is paid back once. Whoever still runs the release before reads
-- the columns that it knows by their names.
drop function app.order_bills(text);
--> statement-breakpoint
create function app.order_bills(wanted text)
  returns table (invoice_id text, subscription_id text, amount_paid bigint, total_amount bigint, period_start_at timestamptz, period_end_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, i.subscription_id, i.amount_paid, i.total_amount, i.period_start_at, i.period_end_at
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
