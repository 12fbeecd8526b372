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

-- Ledger: postings are added, never changed, by grants and by triggers; staff read, people read what is theirs.
grant select, insert on ledger_accounts, ledger_postings, ledger_entries, ledger_seals, ledger_verifications to kraftverk_service;
--> statement-breakpoint
grant select, insert, update on ledger_balances to kraftverk_service;
--> statement-breakpoint
grant select on ledger_accounts, ledger_postings, ledger_entries, ledger_balances, ledger_seals, ledger_verifications to kraftverk_member;
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['ledger_accounts', 'ledger_postings', 'ledger_entries', 'ledger_balances', 'ledger_seals', 'ledger_verifications'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
  end loop;
  foreach t in array array['ledger_accounts', 'ledger_postings', 'ledger_entries', 'ledger_seals', 'ledger_verifications'] loop
    execute format('create trigger %I before update or delete or truncate on public.%I for each statement execute function app.refuse_change()', t || '_append_only', t);
  end loop;
end $$;
--> statement-breakpoint
create policy member_own on ledger_accounts for select to kraftverk_member using (owner_id = (select app.customer_id()));
--> statement-breakpoint
create policy member_own on ledger_entries for select to kraftverk_member using (exists (select 1 from ledger_accounts account where account.id = account_id and account.owner_id = (select app.customer_id())));
--> statement-breakpoint
create policy member_own on ledger_postings for select to kraftverk_member using (exists (select 1 from ledger_entries entry where entry.posting_id = ledger_postings.id));
--> statement-breakpoint
create policy member_own on ledger_balances for select to kraftverk_member using (exists (select 1 from ledger_accounts account where account.id = account_id));
--> statement-breakpoint
-- A posting's lines sum to zero per currency, are as many as it says, and are in their accounts' currencies: at once for
-- the lines of a statement (so none can be slipped into an older posting), and at the commit for a posting without any.
create function app.check_ledger_entries() returns trigger language plpgsql as $$
declare wrong text;
begin
  select p.id into wrong
  from (select distinct posting_id from added) touched
    join ledger_postings p on p.id = touched.posting_id
    join lateral (
      select count(*) lines, bool_and(e.currency = a.currency) same_currency
      from ledger_entries e join ledger_accounts a on a.id = e.account_id where e.posting_id = p.id
    ) whole on true
  where whole.lines <> p.entry_count or not whole.same_currency
    or exists (select 1 from ledger_entries e where e.posting_id = p.id group by e.currency having sum(e.amount) <> 0)
  limit 1;
  if found then
    raise exception 'posting % does not balance, line for line and currency for currency', wrong using errcode = 'check_violation', constraint = 'ledger_entries_balance';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger ledger_entries_balance after insert on ledger_entries referencing new table as added for each statement execute function app.check_ledger_entries();
--> statement-breakpoint
create function app.check_ledger_posting() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from ledger_entries where posting_id = new.id) then
    raise exception 'posting % has no entries', new.id using errcode = 'check_violation', constraint = 'ledger_postings_whole';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger ledger_postings_whole after insert on ledger_postings deferrable initially deferred for each row execute function app.check_ledger_posting();
--> statement-breakpoint

-- Catalogue and stock.
do $$
declare t text;
begin
  foreach t in array array['product_media', 'stock_locations', 'stock_levels', 'stock_reservations', 'stock_reservation_transitions', 'stock_movements', 'stock_shortages'] loop
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
  end loop;
  foreach t in array array['product_media', 'stock_locations'] loop
    execute format('create policy member_read on public.%I for select to kraftverk_member using (true)', t);
  end loop;
  foreach t in array array['stock_levels', 'stock_reservations', 'stock_reservation_transitions', 'stock_movements', 'stock_shortages'] loop
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
  end loop;
end $$;
--> statement-breakpoint

-- Staff edit what a product says and which forms it comes in; prices change through the provider, in the worker.
grant update (name, summary, description, includes, art, category, option_names, tax_rate_bps, recommended, active, position) on products to kraftverk_member;
--> statement-breakpoint
create policy staff_write on products for update to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()));
--> statement-breakpoint
grant insert, update (sku, options, track_stock, active, position) on variants to kraftverk_member;
--> statement-breakpoint
create policy staff_add on variants for insert to kraftverk_member with check ((select app.is_staff()));
--> statement-breakpoint
create policy staff_write on variants for update to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()));
--> statement-breakpoint
grant insert on stock_movements to kraftverk_member;
--> statement-breakpoint
create policy staff_move on stock_movements for insert to kraftverk_member
  with check ((select app.is_staff()) and order_id is null and reason in ('received', 'counted', 'damaged', 'returned', 'correction'));
--> statement-breakpoint

-- What lies where is the sum of its movements, what is set aside the sum of its standing reservations: triggers see to
-- it, and refuse any other hand. They act as the service role, for staff may add a movement and write no level.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.apply_stock_movement() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into public.stock_levels (variant_id, location_id) values (new.variant_id, new.location_id) on conflict do nothing;
  update public.stock_levels set on_hand = on_hand + new.delta
    where variant_id = new.variant_id and location_id = new.location_id;
  return null;
end $$;
--> statement-breakpoint
create function app.apply_stock_reservation() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  update public.stock_levels
    set reserved = reserved + case when new.status = 'reserved' then new.quantity else 0 end
      - case when tg_op = 'UPDATE' and old.status = 'reserved' then old.quantity else 0 end
    where variant_id = new.variant_id and location_id = new.location_id;
  return null;
end $$;
--> statement-breakpoint

-- Sets the goods of a payment page aside, all or nothing, as one statement of the transaction that writes its intent.
-- Takes nothing but the purchase, which the caller must hold the token of: lines and end are read from its row. Levels are
-- locked first and in one order, so that buyers wait for each other instead of deadlocking. What the cart's other pages
-- had set aside comes back: a cart needs its goods once. Answers what there is too little of, having reserved nothing.
create function app.reserve_stock(checkout text) returns table (short_variant_id text, wanted bigint, available bigint)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  purchase record;
  want record;
  shelf record;
  missing bigint;
  taken bigint;
  reservation text;
begin
  select c.id, c.cart_id, c.expires_at, c.created_at, c.lines into purchase from public.checkouts c
    where c.id = checkout and c.status = 'created' and c.access_token_hash = any(coalesce(app.tokens(), '{}'::text[]));
  if not found then raise exception 'There is no such purchase.' using errcode = 'no_data_found'; end if;
  if exists (select 1 from public.stock_reservations r where r.checkout_id = checkout) then return; end if;
  perform 1 from public.stock_levels l
    where l.variant_id in (
      select line ->> 'variantId' from jsonb_array_elements(purchase.lines) line
      union select r.variant_id from public.stock_reservations r join public.checkouts c on c.id = r.checkout_id
        where c.cart_id = purchase.cart_id and r.status = 'reserved')
    order by l.variant_id, l.location_id for update;
  with freed as (
    update public.stock_reservations r set status = 'released' from public.checkouts c
      where c.id = r.checkout_id and c.cart_id = purchase.cart_id and r.status = 'reserved' returning r.id)
  insert into public.stock_reservation_transitions (subject_id, event, from_state, to_state, actor, cause, at)
    select id, 'released', 'reserved', 'released', 'system:reserve_stock', checkout, purchase.created_at from freed;
  return query
    select w.variant_id, w.quantity, coalesce(sum(l.on_hand - l.reserved), 0)
    from (select line ->> 'variantId' as variant_id, sum((line ->> 'quantity')::int) as quantity
      from jsonb_array_elements(purchase.lines) line group by 1) w
    join public.variants v on v.id = w.variant_id and v.track_stock
    left join (public.stock_levels l join public.stock_locations s on s.id = l.location_id and s.active) on l.variant_id = w.variant_id
    group by w.variant_id, w.quantity having coalesce(sum(l.on_hand - l.reserved), 0) < w.quantity;
  if found then return; end if;
  for want in
    select v.id as variant_id, sum((line ->> 'quantity')::int) as quantity
    from jsonb_array_elements(purchase.lines) line join public.variants v on v.id = line ->> 'variantId' and v.track_stock
    group by 1 order by 1
  loop
    missing := want.quantity;
    -- From one place where that can be, else from as few as there are.
    for shelf in
      select l.location_id, l.on_hand - l.reserved as free from public.stock_levels l
      join public.stock_locations s on s.id = l.location_id and s.active
      where l.variant_id = want.variant_id and l.on_hand > l.reserved
      order by (l.on_hand - l.reserved >= want.quantity) desc, s.position, l.location_id
    loop
      exit when missing = 0;
      taken := least(missing, shelf.free);
      missing := missing - taken;
      reservation := 'srv_' || md5(checkout || ' ' || want.variant_id || ' ' || shelf.location_id);
      insert into public.stock_reservations (id, checkout_id, variant_id, location_id, quantity, status, expires_at, created_at)
        values (reservation, checkout, want.variant_id, shelf.location_id, taken, 'reserved', purchase.expires_at, purchase.created_at);
      insert into public.stock_reservation_transitions (subject_id, event, to_state, actor, cause, at)
        values (reservation, 'created', 'reserved', 'system:reserve_stock', checkout, purchase.created_at);
    end loop;
  end loop;
end $$;
--> statement-breakpoint

-- What anybody may know of the shelves: how many of each counted variant can be bought, and from six on only that.
create function app.stock_left() returns table (variant_id text, left_over integer)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select v.id, least(coalesce(sum(l.on_hand - l.reserved), 0), 6)::integer
  from public.variants v
  left join (public.stock_levels l join public.stock_locations s on s.id = l.location_id and s.active) on l.variant_id = v.id
  where v.track_stock group by v.id $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.reserve_stock(text), app.stock_left() from public;
--> statement-breakpoint
grant execute on function app.reserve_stock(text), app.stock_left() to kraftverk_member, kraftverk_service;
--> statement-breakpoint
create function app.guard_stock_level() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'stock_levels follow stock_movements and stock_reservations' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger stock_levels_follow before insert or update on stock_levels for each row execute function app.guard_stock_level();
--> statement-breakpoint
create trigger stock_levels_kept before delete on stock_levels for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger stock_movements_move after insert on stock_movements for each row execute function app.apply_stock_movement();
--> statement-breakpoint
create trigger stock_movements_append_only before update or delete on stock_movements for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger stock_reservations_hold after insert or update of status on stock_reservations for each row execute function app.apply_stock_reservation();
--> statement-breakpoint
create trigger stock_reservations_kept before delete or update of checkout_id, variant_id, location_id, quantity on stock_reservations for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger stock_reservation_transitions_append_only before update or delete on stock_reservation_transitions for each row execute function app.refuse_change();
--> statement-breakpoint

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
do $$
declare t text;
begin
  foreach t in array array['campaign_drafts', 'campaign_versions', 'campaign_price_orders', 'stripe_price_looks',
      'announcement_endpoints', 'announcement_deliveries', 'announcement_attempts'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select on public.%I to kraftverk_member', t);
    execute format('create policy staff_all on public.%I for all to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()))', t);
  end loop;
end $$;
--> statement-breakpoint
grant insert, update, delete on campaign_drafts to kraftverk_member;
--> statement-breakpoint
grant insert on campaign_versions, campaign_price_orders to kraftverk_member;
--> statement-breakpoint
grant insert, update on announcement_endpoints, announcement_deliveries to kraftverk_member;
--> statement-breakpoint
create trigger campaign_versions_append_only before update or delete on campaign_versions for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger announcement_attempts_append_only before update or delete on announcement_attempts for each row execute function app.refuse_change();
--> statement-breakpoint

-- Inbox, drift and reconciliation.
do $$
declare t text;
begin
  foreach t in array array['webhook_batches', 'webhook_batch_items', 'reconciliation_streams', 'reconciled_objects', 'drifts', 'retention_marks'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
  end loop;
  foreach t in array array['webhook_batches', 'webhook_batch_items'] loop
    execute format('grant insert, update on public.%I to kraftverk_member', t);
    execute format('create policy staff_all on public.%I for all to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()))', t);
  end loop;
end $$;
--> statement-breakpoint
-- The histories of our own test events go with them; no other history ever does.
drop trigger webhook_event_transitions_append_only on webhook_event_transitions;
--> statement-breakpoint
create trigger webhook_event_transitions_append_only before update on webhook_event_transitions for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger webhook_event_transitions_kept before delete on webhook_event_transitions for each row
  when (old.subject_id not like 'stripe:evt\_self\_%') execute function app.refuse_change();
--> statement-breakpoint
-- The queue for staff: web sees and moves jobs through these and nothing else. To anybody else they show nothing.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.queue_tasks() returns table (task text, waiting bigint, retrying bigint, running bigint, dead bigint, oldest_at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not app.is_staff() then return; end if;
  return query select t.identifier::text,
    count(*) filter (where j.locked_at is null and j.attempts = 0),
    count(*) filter (where j.locked_at is null and j.attempts between 1 and j.max_attempts - 1),
    count(*) filter (where j.locked_at is not null),
    count(*) filter (where j.locked_at is null and j.attempts >= j.max_attempts),
    min(j.run_at) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now())
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id group by 1 order by 1;
end $$;
--> statement-breakpoint
create function app.queue_jobs(wanted_state text, wanted_task text, before bigint, most integer)
  returns table (id bigint, task text, state text, payload text, attempts integer, max_attempts integer, last_error text,
    run_at timestamptz, created_at timestamptz, locked_at timestamptz, locked_by text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not app.is_staff() then return; end if;
  return query select * from (
    select j.id::bigint, t.identifier::text, case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'dead'
        when j.attempts > 0 then 'retrying' else 'waiting' end as state,
      (j.payload::jsonb - '_requestId')::text, j.attempts::integer, j.max_attempts::integer, j.last_error::text,
      j.run_at, j.created_at, j.locked_at, j.locked_by::text
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where (wanted_task is null or t.identifier = wanted_task) and (before is null or j.id < before)) jobs
  where wanted_state is null or jobs.state = wanted_state order by 1 desc limit most;
end $$;
--> statement-breakpoint
create function app.queue_retry(job bigint) returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare moved text;
begin
  if not app.is_staff() then return null; end if;
  update graphile_worker._private_jobs j set attempts = 0, max_attempts = greatest(j.max_attempts, 3), run_at = now(), last_error = null
  from graphile_worker._private_tasks t where t.id = j.task_id and j.id = job and j.locked_at is null returning t.identifier into moved;
  if moved is not null then perform pg_notify('jobs:insert', '{"r":0,"count":1}'); end if;
  return moved;
end $$;
--> statement-breakpoint
create function app.queue_remove(job bigint) returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare removed text;
begin
  if not app.is_staff() then return null; end if;
  delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
  where t.id = j.task_id and j.id = job and j.locked_at is null returning t.identifier into removed;
  return removed;
end $$;
--> statement-breakpoint
create function app.queue_schedule() returns table (name text, last_at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not app.is_staff() then return; end if;
  return query select c.identifier::text, c.last_execution from graphile_worker._private_known_crontabs c order by 1;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.queue_tasks(), app.queue_jobs(text, text, bigint, integer), app.queue_retry(bigint), app.queue_remove(bigint), app.queue_schedule() from public;
--> statement-breakpoint
grant execute on function app.queue_tasks(), app.queue_jobs(text, text, bigint, integer), app.queue_retry(bigint), app.queue_remove(bigint), app.queue_schedule() to kraftverk_member, kraftverk_service;
--> statement-breakpoint

-- Identity, second factors, audit.
do $$
declare t text;
begin
  foreach t in array array['totp_factors', 'recovery_codes', 'passkeys', 'passkey_challenges', 'half_sign_ins', 'email_changes',
    'staff_invitations', 'impersonations', 'audit_seals', 'audit_checks'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
  end loop;
  foreach t in array array['totp_factors', 'recovery_codes', 'passkeys', 'half_sign_ins', 'email_changes'] loop
    execute format('grant select, insert, update, delete on public.%I to kraftverk_member', t);
    execute format('create policy member_own on public.%I for all to kraftverk_member using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()))', t);
  end loop;
end $$;
--> statement-breakpoint
-- A challenge belongs to who registers, or to nobody yet: random, good once and for minutes.
grant select, insert, delete on passkey_challenges to kraftverk_member;
--> statement-breakpoint
create policy member_own on passkey_challenges for all to kraftverk_member
  using (user_id is null or user_id = (select app.user_id())) with check (user_id is null or user_id = (select app.user_id()));
--> statement-breakpoint
create function app.is_owner() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.staff_role', true), '') = 'owner' $$;
--> statement-breakpoint
grant select, insert, update on staff_invitations, impersonations to kraftverk_member;
--> statement-breakpoint
create policy owner_all on staff_invitations for all to kraftverk_member using ((select app.is_owner())) with check ((select app.is_owner()));
--> statement-breakpoint
create policy staff_own on impersonations for all to kraftverk_member
  using (staff_user_id = (select app.user_id()) and (select app.is_staff())) with check (staff_user_id = (select app.user_id()) and (select app.is_staff()));
--> statement-breakpoint
grant select on audit_seals, audit_checks to kraftverk_member;
--> statement-breakpoint
create policy staff_read on audit_seals for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_read on audit_checks for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create trigger audit_seals_append_only before update or delete on audit_seals for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger audit_checks_append_only before update or delete on audit_checks for each row execute function app.refuse_change();
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.has_second_factor(wanted text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from public.totp_factors f where f.user_id = wanted and f.confirmed_at is not null)
    or exists (select 1 from public.passkeys p where p.user_id = wanted) $$;
--> statement-breakpoint
drop function app.session_lookup(text, timestamptz);
--> statement-breakpoint
-- While staff look as a customer, the row also says as whom.
create function app.session_lookup(hash text, at timestamptz)
  returns table (session_id text, user_id text, customer_id text, email text, name text, email_verified boolean, locale text,
    staff_role text, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, authenticated_at timestamptz,
    second_factor boolean, has_second_factor boolean, impersonation_id text, impersonation_expires_at timestamptz,
    as_user_id text, as_customer_id text, as_email text, as_name text, as_email_verified boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, u.id, c.id, u.email, u.name, u.email_verified_at is not null, u.locale, u.staff_role, s.created_at, s.last_seen_at,
    s.expires_at, s.authenticated_at, s.second_factor, u.staff_role is not null and app.has_second_factor(u.id),
    i.id, i.expires_at, iu.id, ic.id, iu.email, iu.name, iu.email_verified_at is not null
  from public.sessions s join public.users u on u.id = s.user_id left join public.customers c on c.user_id = u.id
  left join public.impersonations i on i.session_id = s.id and i.ended_at is null and i.expires_at > at
    and u.staff_role in ('owner', 'support')
  left join public.customers ic on ic.id = i.as_customer_id
  left join public.users iu on iu.id = ic.user_id
  where s.token_hash = hash and s.revoked_at is null and s.expires_at > at and u.disabled_at is null $$;
--> statement-breakpoint
drop function app.login_lookup(text);
--> statement-breakpoint
create function app.login_lookup(wanted text)
  returns table (user_id text, password_hash text, email_verified boolean, disabled boolean, locale text, staff_role text, customer_id text,
    second_factor boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.password_hash, u.email_verified_at is not null, u.disabled_at is not null, u.locale, u.staff_role, c.id, app.has_second_factor(u.id)
  from public.users u left join public.customers c on c.user_id = u.id where u.email_normalized = wanted $$;
--> statement-breakpoint
create function app.half_sign_in_lookup(hash text, at timestamptz)
  returns table (user_id text, password_hash text, email_verified boolean, disabled boolean, locale text, staff_role text, customer_id text,
    second_factor boolean, user_agent text, redirect_to text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.password_hash, u.email_verified_at is not null, u.disabled_at is not null, u.locale, u.staff_role, c.id, true, h.user_agent, h.redirect_to
  from public.half_sign_ins h join public.users u on u.id = h.user_id left join public.customers c on c.user_id = u.id
  where h.token_hash = hash and h.used_at is null and h.expires_at > at and u.disabled_at is null $$;
--> statement-breakpoint
create function app.passkey_lookup(wanted text)
  returns table (user_id text, password_hash text, email_verified boolean, disabled boolean, locale text, staff_role text, customer_id text,
    second_factor boolean, passkey_id text, public_key text, sign_count bigint, transports text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.password_hash, u.email_verified_at is not null, u.disabled_at is not null, u.locale, u.staff_role, c.id, true,
    p.id, p.public_key, p.sign_count, p.transports
  from public.passkeys p join public.users u on u.id = p.user_id left join public.customers c on c.user_id = u.id
  where p.credential_id = wanted $$;
--> statement-breakpoint
create function app.staff_invitation_lookup(hash text, at timestamptz)
  returns table (id text, email text, role text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, i.email, i.role from public.staff_invitations i
  where i.token_hash = hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > at $$;
--> statement-breakpoint
-- The owner gives and takes roles; the last owner stays. Answers whether it was done.
create function app.change_staff_role(target text, new_role text) returns text language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare present text;
begin
  if not app.is_owner() then return 'forbidden'; end if;
  perform pg_advisory_xact_lock(hashtextextended('staff-roles', 0));
  select u.staff_role into present from public.users u where u.id = target;
  if present is null then return 'not_found'; end if;
  if present = 'owner' and new_role is distinct from 'owner'
    and not exists (select 1 from public.users u where u.staff_role = 'owner' and u.id <> target and u.disabled_at is null) then
    return 'last_owner';
  end if;
  update public.users set staff_role = new_role where id = target;
  update public.sessions set revoked_at = now() where user_id = target and revoked_at is null and user_id <> app.user_id();
  return 'done';
end $$;
--> statement-breakpoint
create function app.accept_staff_invitation(hash text, acceptor text, at timestamptz) returns text language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare given text; wanted text;
begin
  update public.staff_invitations i set accepted_at = at
    where i.token_hash = hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > at
    returning i.role, i.email_normalized into given, wanted;
  if given is null then return null; end if;
  update public.users set staff_role = given
    where id = acceptor and email_normalized = wanted and disabled_at is null;
  if not found then raise exception 'the invitation is for another address' using errcode = 'insufficient_privilege'; end if;
  update public.sessions set revoked_at = at where user_id = acceptor and revoked_at is null;
  return given;
end $$;
--> statement-breakpoint
create function app.set_account_disabled(target text, disabled boolean, at timestamptz) returns text language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare present text;
begin
  if coalesce(current_setting('app.staff_role', true), '') not in ('owner', 'support') then return 'forbidden'; end if;
  perform pg_advisory_xact_lock(hashtextextended('staff-roles', 0));
  select u.staff_role into present from public.users u where u.id = target;
  if not found then return 'not_found'; end if;
  if target = app.user_id() or (present is not null and not app.is_owner()) then return 'forbidden'; end if;
  if disabled and present = 'owner'
    and not exists (select 1 from public.users u where u.staff_role = 'owner' and u.id <> target and u.disabled_at is null) then
    return 'last_owner';
  end if;
  update public.users set disabled_at = case when disabled then at end where id = target;
  if disabled then update public.sessions set revoked_at = at where user_id = target and revoked_at is null; end if;
  return 'done';
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.is_owner(), app.has_second_factor(text), app.session_lookup(text, timestamptz), app.login_lookup(text),
  app.half_sign_in_lookup(text, timestamptz), app.passkey_lookup(text), app.staff_invitation_lookup(text, timestamptz),
  app.change_staff_role(text, text), app.accept_staff_invitation(text, text, timestamptz),
  app.set_account_disabled(text, boolean, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.is_owner(), app.has_second_factor(text), app.session_lookup(text, timestamptz), app.login_lookup(text),
  app.half_sign_in_lookup(text, timestamptz), app.passkey_lookup(text), app.staff_invitation_lookup(text, timestamptz),
  app.change_staff_role(text, text), app.accept_staff_invitation(text, text, timestamptz),
  app.set_account_disabled(text, boolean, timestamptz) to kraftverk_member, kraftverk_service;
--> statement-breakpoint

-- Back office and reporting.
-- Jobs that were given up, for staff: the queue's own tables belong to the service role.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.failed_jobs() returns table (id text, task text, error text, at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not app.is_staff() then return; end if;
  return query select j.id::text, t.identifier::text, j.last_error::text, j.updated_at
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.attempts >= j.max_attempts and j.locked_at is null order by j.updated_at limit 1000;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.failed_jobs() from public;
--> statement-breakpoint
grant execute on function app.failed_jobs() to kraftverk_member, kraftverk_service;
--> statement-breakpoint
-- A member of staff's own views; what staff write about customers is everybody's of the staff and is never rewritten.
grant select, insert, update, delete on saved_views to kraftverk_member;
--> statement-breakpoint
create policy staff_own on saved_views for all to kraftverk_member
  using (user_id = (select app.user_id()) and (select app.is_staff())) with check (user_id = (select app.user_id()) and (select app.is_staff()));
--> statement-breakpoint
grant select, insert on customer_notes to kraftverk_member;
--> statement-breakpoint
create policy staff_read on customer_notes for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_append on customer_notes for insert to kraftverk_member with check ((select app.is_staff()) and author_id = (select app.user_id()));
--> statement-breakpoint
create trigger customer_notes_append_only before update or delete on customer_notes for each row execute function app.refuse_change();
--> statement-breakpoint
grant select, insert, delete on customer_flags to kraftverk_member;
--> statement-breakpoint
create policy staff_read on customer_flags for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_set on customer_flags for insert to kraftverk_member with check ((select app.is_staff()) and set_by = (select app.user_id()));
--> statement-breakpoint
create policy staff_clear on customer_flags for delete to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['saved_views', 'customer_notes', 'customer_flags'] loop
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
  end loop;
end $$;
