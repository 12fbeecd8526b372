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
-- Also what each bill came to: a change for less sets something off, which is paid back once. A function of its own, beside `order_bills`,
-- which whoever still runs the release before has prepared as it is; the next release drops that one.
create function app.bills_of_order(wanted text)
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
revoke all on function app.bills_of_order(text) from public;
--> statement-breakpoint
grant execute on function app.bills_of_order(text) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
-- As in 0007, and now also that the posting and the accounts of all lines are there, which foreign keys said before. It looks at the
-- lines that were added and at nothing written earlier: they are all that their posting has when they are as many as it says and stand at
-- the places from nought on, of which each is taken once.
create or replace function app.check_ledger_entries() returns trigger language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off as $$
declare wrong text;
begin
  select whole.posting_id into wrong
  from (
    select of_one.posting_id, sum(of_one.lines) lines, min(of_one.first) first, max(of_one.last) last,
      bool_and(of_one.total = 0) balanced, bool_and(of_one.in_place) in_place
    from (
      select e.posting_id, count(*) lines, min(e.position) first, max(e.position) last, sum(e.amount) total,
        bool_and(e.currency is not distinct from (select a.currency from ledger_accounts a where a.id = e.account_id)) in_place
      from added e group by e.posting_id, e.currency
    ) of_one group by of_one.posting_id
  ) whole
  where (whole.balanced and whole.in_place and whole.first = 0 and whole.last = whole.lines - 1
    and whole.lines = (select p.entry_count from ledger_postings p where p.id = whole.posting_id)) is not true
  limit 1;
  if found then
    raise exception 'posting % does not balance, line for line and currency for currency', wrong using errcode = 'check_violation', constraint = 'ledger_entries_balance';
  end if;
  return null;
end $$;
