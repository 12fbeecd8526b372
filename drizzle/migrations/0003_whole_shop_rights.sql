-- Histories: web appends only to the history of a row that its own policies let it see.
do $$
declare noun text;
begin
  foreach noun in array array['campaign', 'checkout', 'email', 'webhook_event'] loop
    execute format('drop policy member_append on public.%I', noun || '_transitions');
    execute format('create policy member_append on public.%I for insert to kraftverk_member with check (exists (select 1 from public.%I subject where subject.id = subject_id))', noun || '_transitions', noun || 's');
  end loop;
end $$;
--> statement-breakpoint

-- Catalogue and stock.

-- Withdrawals and refunds. Web takes statements in (it may name only orders it sees) and staff's decisions; the worker
-- works them off. Money itself (payments, what Stripe answered) is written by the worker alone.
do $$
declare t text;
begin
  foreach t in array array['withdrawals', 'withdrawal_lines', 'withdrawal_transitions', 'refunds', 'refund_transitions'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select, insert on public.%I to kraftverk_member', t);
  end loop;
  foreach t in array array['withdrawal_transitions', 'refund_transitions'] loop
    execute format('create policy staff_read on public.%I for select to kraftverk_member using (app.is_staff())', t);
    execute format('create trigger %I before update or delete on public.%I for each row execute function app.refuse_change()', t || '_append_only', t);
  end loop;
end $$;
--> statement-breakpoint
grant usage on all sequences in schema public to kraftverk_service;
--> statement-breakpoint
create policy member_own on withdrawals for select to kraftverk_member using (exists (select 1 from orders where orders.id = order_id));
--> statement-breakpoint
create policy member_state on withdrawals for insert to kraftverk_member
  with check (status = 'received' and exists (select 1 from orders where orders.id = order_id and orders.customer_id = withdrawals.customer_id));
--> statement-breakpoint
grant update (status, review_reason, refusal, completed_at) on withdrawals to kraftverk_member;
--> statement-breakpoint
create policy staff_decide on withdrawals for update to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()));
--> statement-breakpoint
create policy member_own on withdrawal_lines for select to kraftverk_member using (exists (select 1 from withdrawals where withdrawals.id = withdrawal_id));
--> statement-breakpoint
create policy member_state on withdrawal_lines for insert to kraftverk_member
  with check (refund_amount is null and exists (select 1 from withdrawals w join order_lines l on l.order_id = w.order_id
    where w.id = withdrawal_id and w.status = 'received' and l.id = order_line_id));
--> statement-breakpoint
create policy member_append on withdrawal_transitions for insert to kraftverk_member
  with check (exists (select 1 from withdrawals subject where subject.id = subject_id));
--> statement-breakpoint
create policy member_own on refunds for select to kraftverk_member
  using ((select app.is_staff()) or exists (select 1 from payments where payments.id = payment_id));
--> statement-breakpoint
create policy staff_ask on refunds for insert to kraftverk_member
  with check (status = 'requested' and external_id is null and current_setting('app.staff_role', true) in ('owner', 'finance'));
--> statement-breakpoint
create policy member_append on refund_transitions for insert to kraftverk_member
  with check ((select app.is_staff()) and exists (select 1 from refunds subject where subject.id = subject_id));
--> statement-breakpoint
-- Whose order a number and an address name; what is mailed then goes to that address alone.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.order_lookup(wanted_number text, wanted_email text) returns table (order_id text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.id from public.orders o where o.number = wanted_number and lower(o.email) = lower(wanted_email) $$;
--> statement-breakpoint
-- Whoever may see an order learns what was paid for its membership and when its goods left; the rows stay hidden.
create function app.may_see_order(wanted text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select pg_has_role(session_user, 'kraftverk_service', 'member') or app.is_staff() or exists (select 1 from public.orders o
    where o.id = wanted and (o.customer_id = app.customer_id() or o.access_token_hash = any(coalesce(app.tokens(), '{}'::text[])))) $$;
--> statement-breakpoint
create function app.order_bills(wanted text) returns table (invoice_id text, subscription_id text, amount_paid bigint, period_end_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, i.subscription_id, i.amount_paid, i.period_end_at from public.invoices i join public.subscriptions s on s.id = i.subscription_id
  where s.order_id = wanted and i.status = 'paid' and app.may_see_order(wanted) $$;
--> statement-breakpoint
create function app.goods_left_at(wanted text) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select max(t.at) from public.fulfilment_transitions t join public.fulfilments f on f.id = t.subject_id
  where f.order_id = wanted and f.status = 'shipped' and t.to_state = 'shipped' and app.may_see_order(wanted) $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.order_lookup(text, text), app.may_see_order(text), app.order_bills(text), app.goods_left_at(text) from public;
--> statement-breakpoint
grant execute on function app.order_lookup(text, text), app.may_see_order(text), app.order_bills(text), app.goods_left_at(text) to kraftverk_member, kraftverk_service;
--> statement-breakpoint

-- Campaigns and announcements.

-- Inbox, drift and reconciliation.

-- Identity, second factors, audit.

-- Back office and reporting.
