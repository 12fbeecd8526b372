-- Rights, policies, triggers and functions of what 0004 made

-- API keys.
alter table api_keys enable row level security;
--> statement-breakpoint
alter table api_keys force row level security;
--> statement-breakpoint
create policy service_all on api_keys for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on api_keys to kraftverk_service;
--> statement-breakpoint
-- A key is made once and then only ever used, or ended: nobody can give it another secret, owner or scope.
grant select, insert, update (last_used_at, revoked_at, revoked_by) on api_keys to kraftverk_member;
--> statement-breakpoint
create policy member_own on api_keys for all to kraftverk_member
  using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()));
--> statement-breakpoint
create policy staff_read on api_keys for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_end on api_keys for update to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()) and revoked_at is not null);
--> statement-breakpoint
-- What a customer does to their own keys stands in the book beside what staff do.
create policy own_keys on audit_entries for insert to kraftverk_member
  with check (action in ('api_keys.make', 'api_keys.revoke') and actor = 'customer:' || (select app.customer_id()));
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.api_key_lookup(hash text, at timestamptz)
  returns table (key_id text, name text, scopes jsonb, rate_limit integer, last_used_at timestamptz, user_id text, customer_id text,
    email text, user_name text, email_verified boolean, locale text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.id, k.name, k.scopes, k.rate_limit, k.last_used_at, u.id, k.customer_id, u.email, u.name, u.email_verified_at is not null, u.locale
  from public.api_keys k join public.users u on u.id = k.user_id
  where k.token_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > at) and u.disabled_at is null $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.api_key_lookup(text, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.api_key_lookup(text, timestamptz) to kraftverk_member, kraftverk_service;
--> statement-breakpoint

-- Pictures of products: everybody sees them, staff keep and order them, nobody changes a file.
alter table media_files enable row level security;
--> statement-breakpoint
alter table media_files force row level security;
--> statement-breakpoint
create policy service_all on media_files for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on media_files to kraftverk_service;
--> statement-breakpoint
grant select, insert on media_files to kraftverk_member;
--> statement-breakpoint
create policy member_read on media_files for select to kraftverk_member using (true);
--> statement-breakpoint
create policy staff_add on media_files for insert to kraftverk_member with check ((select app.is_staff()));
--> statement-breakpoint
grant insert, delete on product_media to kraftverk_member;
--> statement-breakpoint
create policy staff_add on product_media for insert to kraftverk_member with check ((select app.is_staff()));
--> statement-breakpoint
create policy staff_remove on product_media for delete to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
-- Staff put new products into the catalogue; the provider's ids are the worker's to write.
grant insert (id, kind, name, summary, description, includes, art, category, option_names, tax_rate_bps, recommended, credits_per_unit,
  credits_valid_days, active, position, stripe_product_id, created_at)
  on products to kraftverk_member;
--> statement-breakpoint
create policy staff_add on products for insert to kraftverk_member with check ((select app.is_staff()) and stripe_product_id is null);
-- Identity: where sessions end, so does every sign-in that waits for its second step.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create or replace function app.change_staff_role(target text, new_role text) returns text language plpgsql security definer
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
  update public.half_sign_ins set used_at = now() where user_id = target and used_at is null;
  return 'done';
end $$;
--> statement-breakpoint
create or replace function app.accept_staff_invitation(hash text, acceptor text, at timestamptz) returns text language plpgsql security definer
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
  update public.half_sign_ins set used_at = at where user_id = acceptor and used_at is null;
  return given;
end $$;
--> statement-breakpoint
create or replace function app.set_account_disabled(target text, disabled boolean, at timestamptz) returns text language plpgsql security definer
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
  if disabled then
    update public.sessions set revoked_at = at where user_id = target and revoked_at is null;
    update public.half_sign_ins set used_at = at where user_id = target and used_at is null;
  end if;
  return 'done';
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint


-- What each role of the staff may write: no more than the procedures let it (`server/trpc/authorization-table.ts`). All of them read.
create function app.staff_is(variadic roles text[]) returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.staff_role', true), '') = any(roles) $$;
--> statement-breakpoint
do $$
declare
  t text;
  selling constant text := $q$(select app.staff_is('owner', 'marketing'))$q$;
  acting constant text := $q$(select app.staff_is('owner', 'finance', 'support'))$q$;
begin
  -- Campaigns: the partner and whoever campaigns.
  foreach t in array array['campaigns', 'campaign_products', 'campaign_prices', 'campaign_announcements', 'price_periods'] loop
    execute format('drop policy member_write on public.%I', t);
    execute format('create policy member_write on public.%I for all to kraftverk_member using (app.is_partner() or %s) with check (app.is_partner() or %s)', t, selling, selling);
  end loop;
  create policy staff_read on campaign_announcements for select to kraftverk_member using ((select app.is_staff()));
  foreach t in array array['campaign_drafts', 'campaign_versions', 'campaign_price_orders', 'stripe_price_looks',
      'announcement_endpoints', 'announcement_deliveries', 'announcement_attempts'] loop
    execute format('drop policy staff_all on public.%I', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
  end loop;
  execute format('create policy staff_write on campaign_drafts for all to kraftverk_member using (%s) with check (%s)', selling, selling);
  foreach t in array array['campaign_versions', 'campaign_price_orders'] loop
    execute format('create policy staff_add on public.%I for insert to kraftverk_member with check (%s)', t, selling);
  end loop;
  create policy owner_write on announcement_endpoints for all to kraftverk_member using ((select app.is_owner())) with check ((select app.is_owner()));
  execute format('create policy staff_redeliver on announcement_deliveries for update to kraftverk_member using (%s) with check (%s)', selling, selling);
  revoke insert on announcement_deliveries from kraftverk_member;

  -- Products and what they come in; what lies on the shelves.
  drop policy staff_write on products;
  execute format('create policy staff_write on products for update to kraftverk_member using (%s) with check (%s)', selling, selling);
  drop policy staff_add on variants;
  execute format('create policy staff_add on variants for insert to kraftverk_member with check (%s)', selling);
  drop policy staff_write on variants;
  execute format('create policy staff_write on variants for update to kraftverk_member using (%s) with check (%s)', selling, selling);
  drop policy staff_move on stock_movements;
  create policy staff_move on stock_movements for insert to kraftverk_member
    with check ((select app.staff_is('owner', 'support')) and order_id is null and reason in ('received', 'counted', 'damaged', 'returned', 'correction'));

  -- The inbox, and what needs a person. Whoever settles the cause of an alert settles the alert.
  drop policy staff_all on webhook_events;
  create policy staff_read on webhook_events for select to kraftverk_member using ((select app.is_staff()));
  execute format('create policy staff_act on webhook_events for update to kraftverk_member using (%s) with check (%s)', acting, acting);
  foreach t in array array['webhook_batches', 'webhook_batch_items'] loop
    execute format('drop policy staff_all on public.%I', t);
    execute format('create policy staff_act on public.%I for all to kraftverk_member using (%s) with check (%s)', t, acting, acting);
  end loop;
  drop policy staff_all on alerts;
  create policy staff_read on alerts for select to kraftverk_member using ((select app.is_staff()));
  create policy staff_settle on alerts for update to kraftverk_member
    using ((select app.staff_is('owner', 'finance', 'support', 'marketing'))) with check ((select app.staff_is('owner', 'finance', 'support', 'marketing')));

  -- Money back, mail, and what is written about customers.
  drop policy staff_decide on withdrawals;
  create policy staff_decide on withdrawals for update to kraftverk_member
    using ((select app.staff_is('owner', 'finance'))) with check ((select app.staff_is('owner', 'finance')));
  drop policy member_append on refund_transitions;
  create policy member_append on refund_transitions for insert to kraftverk_member
    with check ((select app.staff_is('owner', 'finance')) and exists (select 1 from refunds subject where subject.id = subject_id));
  drop policy member_queue on emails;
  create policy member_queue on emails for insert to kraftverk_member
    with check (user_id = (select app.user_id()) or (select app.staff_is('owner', 'support')));
  drop policy staff_change on emails;
  create policy staff_change on emails for update to kraftverk_member
    using ((select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')));
  drop policy staff_append on customer_notes;
  execute format('create policy staff_append on customer_notes for insert to kraftverk_member with check (%s and author_id = (select app.user_id()))', acting);
  drop policy staff_set on customer_flags;
  execute format('create policy staff_set on customer_flags for insert to kraftverk_member with check (%s and set_by = (select app.user_id()))', acting);
  drop policy staff_clear on customer_flags;
  execute format('create policy staff_clear on customer_flags for delete to kraftverk_member using (%s)', acting);
  drop policy staff_end on api_keys;
  create policy staff_end on api_keys for update to kraftverk_member
    using ((select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')) and revoked_at is not null);
  drop policy staff_own on impersonations;
  create policy staff_own on impersonations for all to kraftverk_member
    using (staff_user_id = (select app.user_id()) and (select app.staff_is('owner', 'support')))
    with check (staff_user_id = (select app.user_id()) and (select app.staff_is('owner', 'support')));
end $$;
--> statement-breakpoint
-- Jobs of the queue, by those who act on what failed.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create or replace function app.queue_retry(job bigint) returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare moved text;
begin
  if not app.staff_is('owner', 'finance', 'support') then return null; end if;
  update graphile_worker._private_jobs j set attempts = 0, max_attempts = greatest(j.max_attempts, 3), run_at = now(), last_error = null
  from graphile_worker._private_tasks t where t.id = j.task_id and j.id = job and j.locked_at is null returning t.identifier into moved;
  if moved is not null then perform pg_notify('jobs:insert', '{"r":0,"count":1}'); end if;
  return moved;
end $$;
--> statement-breakpoint
create or replace function app.queue_remove(job bigint) returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare removed text;
begin
  if not app.staff_is('owner', 'finance', 'support') then return null; end if;
  delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
  where t.id = j.task_id and j.id = job and j.locked_at is null returning t.identifier into removed;
  return removed;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint

-- Credits. Worker and intake write; what is spent on the spot goes through two functions that take the customer as an
-- argument, decide each item alone and write everything that follows in one statement. People read what is theirs.
grant select, insert, update on credit_accounts, credit_grants, credit_reservations, credit_budgets, credit_reclaims, credit_adjustments to kraftverk_service;
--> statement-breakpoint
grant select, insert on credit_operations, credit_allocations to kraftverk_service;
--> statement-breakpoint
grant select on credit_accounts, credit_grants, credit_reservations, credit_budgets, credit_operations, credit_allocations, credit_reclaims, credit_adjustments to kraftverk_member;
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['credit_accounts', 'credit_grants', 'credit_reservations', 'credit_budgets', 'credit_operations', 'credit_allocations', 'credit_reclaims', 'credit_adjustments'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
    if t not in ('credit_allocations', 'credit_reclaims', 'credit_adjustments') then
      execute format('create policy member_own on public.%I for select to kraftverk_member using (customer_id = (select app.customer_id()))', t);
    end if;
  end loop;
  foreach t in array array['credit_operations', 'credit_allocations'] loop
    execute format('create trigger %I before update or delete or truncate on public.%I for each statement execute function app.refuse_change()', t || '_append_only', t);
  end loop;
end $$;
--> statement-breakpoint
create policy member_own on credit_allocations for select to kraftverk_member using (exists (select 1 from credit_operations operation where operation.id = operation_id and operation.customer_id = (select app.customer_id())));
--> statement-breakpoint
-- Staff ask for adjustments, and say yes or no to somebody else's; who asked and for what cannot be changed.
grant insert, update (decision, decided_by, decided_at) on credit_adjustments to kraftverk_member;
--> statement-breakpoint
create policy staff_ask on credit_adjustments for insert to kraftverk_member
  with check (coalesce(current_setting('app.staff_role', true), '') in ('owner', 'finance', 'support') and requested_by = (select app.user_id())
    and outcome is null and carried_out_at is null and coalesce(decided_by, requested_by) = requested_by);
--> statement-breakpoint
create policy staff_decide on credit_adjustments for update to kraftverk_member
  using (coalesce(current_setting('app.staff_role', true), '') in ('owner', 'finance') and decision is null)
  with check (decision is not null and decided_by = (select app.user_id()));
--> statement-breakpoint
-- These rows are changed in place: room on their pages keeps them there.
alter table credit_accounts set (fillfactor = 70);
--> statement-breakpoint
alter table credit_grants set (fillfactor = 60);
--> statement-breakpoint
alter table ledger_balances set (fillfactor = 60);
--> statement-breakpoint
alter table ledger_accounts set (fillfactor = 70);
--> statement-breakpoint
-- Staff say what becomes of credits that were spent before their purchase was paid back; the worker carries it out.
grant update (decision, decided_by, decided_at, decision_reason) on credit_reclaims to kraftverk_member;
--> statement-breakpoint
create policy staff_decide on credit_reclaims for update to kraftverk_member
  using (coalesce(current_setting('app.staff_role', true), '') in ('owner', 'finance') and decision is null) with check (decision is not null);
--> statement-breakpoint
-- A grant says for ever what was handed out, to whom, until when; only where its credits went is written down later.
create trigger credit_grants_kept before delete or update of customer_id, key, source, source_id, cost_basis, credits, priority, effective_at, expires_at, api_key_id, feature, money_amount, money_currency, created_at
  on credit_grants for each row execute function app.refuse_change();
--> statement-breakpoint
insert into ledger_accounts (id, kind, currency, side, guarded, created_at)
  values ('revenue:CREDIT', 'revenue', 'CREDIT', 'credit', false, now()) on conflict do nothing;
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint

-- When the present period of a budget began: days, weeks and months are the shop's.
create function app.budget_window(period text, at timestamptz) returns timestamptz language sql stable parallel safe
  as $$ select case when period = 'total' then '-infinity'::timestamptz
    else date_trunc(period, at at time zone 'Europe/Stockholm') at time zone 'Europe/Stockholm' end $$;
--> statement-breakpoint

-- Counts what a key spends (or gives back, below zero) against the budget it has; false, and nothing counted, where that
-- would be passed. `forced`: what happened already is counted whatever the budget says.
create function app.count_on_budget(api_key text, credits bigint, at timestamptz, forced boolean) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  budget record;
  starts timestamptz;
  so_far bigint;
begin
  select k.customer_id, k.budget_credits, k.budget_period into budget from public.api_keys k where k.id = api_key and k.budget_credits is not null;
  if not found then return true; end if;
  starts := app.budget_window(budget.budget_period, at);
  select b.used into so_far from public.credit_budgets b
    where b.api_key_id = api_key and b.period = budget.budget_period and b.window_starts_at = starts;
  so_far := greatest(0, coalesce(so_far, 0) + credits);
  if credits > 0 and not forced and so_far > budget.budget_credits then return false; end if;
  insert into public.credit_budgets as b (api_key_id, period, customer_id, used, window_starts_at)
    values (api_key, budget.budget_period, budget.customer_id, so_far, starts)
    on conflict (api_key_id, period) do update set used = excluded.used, window_starts_at = excluded.window_starts_at;
  return true;
end $$;
--> statement-breakpoint

-- Wakes whoever wants to know that a customer has less than so many credits left: when the number is passed, not below it.
create function app.signal_low_credits(customer text, before bigint, after bigint) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from public.credit_accounts a, unnest(a.signal_below) threshold
      where a.customer_id = customer and before >= threshold and after < threshold) then
    perform app.enqueue(json_build_array(json_build_object('identifier', 'credits.signal-low',
      'payload', json_build_object('customerId', customer), 'job_key', 'credits.signal-low:' || customer, 'max_attempts', 12)));
  end if;
end $$;
--> statement-breakpoint

-- Spends, reserves or takes in late reports of any customers' credits: each item is decided alone, in order, and all that
-- follows is written in one go. Customers are locked in one order. An item: no, op (consume, reserve, report), customer,
-- apiKey, feature, credits, reason, reference, key, hash, actor, at, and the ids it gets (operation, posting, reservation,
-- until). Answers per item: done or replayed with what was taken from which grant, conflict (the key was used for something
-- else), again (the same key is in this batch), insufficient, or over_budget.
-- `customers`, `api_keys` and `reporting` name whom it is about once, so that nothing is read twice.
create function app.spend_credits(items json, customers text[], api_keys text[], reporting text[]) returns json
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  item record;
  present text := '';
  budgeted text[] := '{}';
  watched text[];
  seen text[] := '{}';
  n int := 0; i int; first int := 1; line int;
  g_id text[]; g_left bigint[]; g_paid boolean[]; g_key text[]; g_feature text[]; g_from timestamptz[]; g_until timestamptz[];
  g_used bigint[]; g_held bigint[];
  usable bigint; need bigint; take bigint; paid bigint; promo bigint; before bigint; after bigint;
  paid_used bigint; promo_used bigint; paid_held bigint; promo_held bigint; owed bigint;
  taken json[];
  results json[] := '{}';
  low text[] := '{}'; low_before bigint[] := '{}'; low_after bigint[] := '{}';
  u_id text[] := '{}'; u_used bigint[] := '{}'; u_held bigint[] := '{}';
  b_id text[] := '{}'; b_posted bigint[] := '{}'; b_held bigint[] := '{}';
  d_customer text[] := '{}'; d_debt bigint[] := '{}';
  o_id text[] := '{}'; o_customer text[] := '{}'; o_op text[] := '{}'; o_key text[] := '{}'; o_hash text[] := '{}'; o_credits bigint[] := '{}';
  o_after bigint[] := '{}'; o_api text[] := '{}'; o_reason text[] := '{}'; o_reference text[] := '{}'; o_actor text[] := '{}'; o_at timestamptz[] := '{}';
  o_posting text[] := '{}'; o_lines int[] := '{}'; o_reservation text[] := '{}'; o_until timestamptz[] := '{}'; o_feature text[] := '{}';
  a_op text[] := '{}'; a_pos int[] := '{}'; a_grant text[] := '{}'; a_available bigint[] := '{}'; a_held bigint[] := '{}';
  e_posting text[] := '{}'; e_pos int[] := '{}'; e_account text[] := '{}'; e_amount bigint[] := '{}';
begin
  if cardinality(reporting) > 0 then
    insert into public.credit_accounts (customer_id, created_at)
      select r.customer, now() from unnest(reporting) r(customer)
      where not exists (select 1 from public.credit_accounts a where a.customer_id = r.customer) order by 1 on conflict do nothing;
  end if;
  select coalesce(array_agg(a.customer_id) filter (where a.signal_below <> '{}'), '{}') into watched from (
    select x.customer_id, x.signal_below from public.credit_accounts x where x.customer_id = any(customers) order by x.customer_id for no key update) a;
  if cardinality(api_keys) > 0 then
    select coalesce(array_agg(k.id), '{}') into budgeted from public.api_keys k where k.id = any(api_keys) and k.budget_credits is not null;
  end if;

  for item in
    select x.*, known.id as known_id, known.body_hash as known_hash, known.balance_after as known_after
    from json_to_recordset(items) x(no int, op text, customer text, "apiKey" text, feature text, credits bigint, key text, hash text,
      at timestamptz, operation text, posting text, reservation text, until timestamptz, reason text, reference text, actor text)
    left join public.credit_operations known on known.key = x.customer || ':' || x.key
    union all select null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null
    order by 3 nulls last, 1
  loop
    if item.customer is distinct from present then
      -- The customer before this one is done: what came of it is written at the end, with all the others.
      if n > 0 then
        for i in 1..n loop
          if g_used[i] <> 0 or g_held[i] <> 0 then
            u_id := u_id || g_id[i]; u_used := u_used || g_used[i]; u_held := u_held || g_held[i];
          end if;
        end loop;
        if paid_used <> 0 or paid_held <> 0 then
          b_id := b_id || ('liability_paid:' || present); b_posted := b_posted || -paid_used; b_held := b_held || paid_held;
        end if;
        if promo_used <> 0 or promo_held <> 0 then
          b_id := b_id || ('liability_promo:' || present); b_posted := b_posted || -promo_used; b_held := b_held || promo_held;
        end if;
        if after < before and present = any(watched) then low := low || present; low_before := low_before || before; low_after := low_after || after; end if;
      end if;
      if owed > 0 then d_customer := d_customer || present; d_debt := d_debt || owed; end if;
      exit when item.customer is null;
      present := item.customer;
      select coalesce(array_agg(g.id order by g.priority, g.expires_at nulls last, g.created_at, g.id), '{}'),
          array_agg(g.remaining order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(g.cost_basis = 'paid' order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(g.api_key_id order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(g.feature order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(g.effective_at order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(coalesce(g.expires_at, 'infinity') order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          coalesce(sum(g.remaining) filter (where g.effective_at <= item.at and coalesce(g.expires_at, 'infinity') > item.at), 0)
        into g_id, g_left, g_paid, g_key, g_feature, g_from, g_until, before
        from public.credit_grants g where g.customer_id = present and g.open and g.remaining > 0;
      n := cardinality(g_id); first := 1; after := before;
      g_used := array_fill(0::bigint, array[n]); g_held := g_used;
      paid_used := 0; promo_used := 0; paid_held := 0; promo_held := 0; owed := 0;
    end if;

    if item.known_id is not null then
      results := results || case when item.known_hash = item.hash then json_build_object('no', item.no, 'outcome', 'replayed',
          'operation', item.known_id, 'after', item.known_after,
          'reservation', (select r.id from public.credit_reservations r where r.operation_id = item.known_id),
          'taken', (select json_agg(json_build_object('grantId', l.grant_id, 'credits', -l.available) order by l.position)
            from public.credit_allocations l where l.operation_id = item.known_id))
        else json_build_object('no', item.no, 'outcome', 'conflict') end;
      continue;
    end if;
    if (item.customer || ' ' || item.key) = any(seen) then
      results := results || json_build_object('no', item.no, 'outcome', 'again');
      continue;
    end if;
    while first <= n and g_left[first] = 0 loop first := first + 1; end loop;
    usable := 0;
    for i in first..n loop
      if g_left[i] > 0 and g_from[i] <= item.at and g_until[i] > item.at and (g_key[i] is null or g_key[i] = item."apiKey")
        and (g_feature[i] is null or g_feature[i] = item.feature)
      then usable := usable + g_left[i]; end if;
    end loop;
    if usable < item.credits and item.op <> 'report' then
      results := results || json_build_object('no', item.no, 'outcome', 'insufficient', 'after', usable);
      continue;
    end if;
    if item."apiKey" = any(budgeted) and not app.count_on_budget(item."apiKey", item.credits, item.at, item.op = 'report') then
      results := results || json_build_object('no', item.no, 'outcome', 'over_budget', 'after', usable);
      continue;
    end if;

    need := item.credits; paid := 0; promo := 0; line := 0; taken := '{}';
    for i in first..n loop
      exit when need = 0;
      if g_left[i] > 0 and g_from[i] <= item.at and g_until[i] > item.at and (g_key[i] is null or g_key[i] = item."apiKey")
        and (g_feature[i] is null or g_feature[i] = item.feature)
      then
        take := least(need, g_left[i]);
        need := need - take;
        g_left[i] := g_left[i] - take;
        if item.op = 'reserve' then g_held[i] := g_held[i] + take; else g_used[i] := g_used[i] + take; end if;
        if g_paid[i] then paid := paid + take; else promo := promo + take; end if;
        a_op := a_op || item.operation; a_pos := a_pos || line; a_grant := a_grant || g_id[i];
        a_available := a_available || -take; a_held := a_held || case when item.op = 'reserve' then take else 0 end;
        taken := taken || json_build_object('grantId', g_id[i], 'credits', take);
        line := line + 1;
      end if;
    end loop;
    after := after - (item.credits - need);
    if need > 0 then
      a_op := a_op || item.operation; a_pos := a_pos || line; a_grant := a_grant || null::text; a_available := a_available || -need; a_held := a_held || 0::bigint;
      taken := taken || json_build_object('grantId', null, 'credits', need);
      owed := owed + need;
    end if;
    if item.op = 'reserve' then
      paid_held := paid_held + paid; promo_held := promo_held + promo;
    else
      paid_used := paid_used + paid; promo_used := promo_used + promo;
    end if;

    line := 0;
    if paid > 0 then
      e_posting := e_posting || item.posting; e_pos := e_pos || line; e_account := e_account || ('liability_paid:' || present); e_amount := e_amount || paid; line := line + 1;
    end if;
    if promo > 0 then
      e_posting := e_posting || item.posting; e_pos := e_pos || line; e_account := e_account || ('liability_promo:' || present); e_amount := e_amount || promo; line := line + 1;
    end if;
    if need > 0 then
      e_posting := e_posting || item.posting; e_pos := e_pos || line; e_account := e_account || ('receivable:' || present); e_amount := e_amount || need; line := line + 1;
    end if;
    e_posting := e_posting || item.posting; e_pos := e_pos || line; e_account := e_account || 'revenue:CREDIT'::text; e_amount := e_amount || -item.credits;
    o_id := o_id || item.operation; o_customer := o_customer || present; o_op := o_op || item.op; o_key := o_key || (present || ':' || item.key);
    o_hash := o_hash || item.hash; o_credits := o_credits || item.credits; o_after := o_after || (usable - item.credits + need);
    o_api := o_api || item."apiKey"; o_reason := o_reason || item.reason; o_reference := o_reference || item.reference; o_actor := o_actor || item.actor;
    o_at := o_at || item.at; o_posting := o_posting || item.posting; o_lines := o_lines || (line + 1);
    o_reservation := o_reservation || item.reservation; o_until := o_until || item.until; o_feature := o_feature || item.feature;
    seen := seen || (item.customer || ' ' || item.key);
    results := results || json_build_object('no', item.no, 'outcome', 'done', 'operation', item.operation, 'after', usable - item.credits + need,
      'reservation', case when item.op = 'reserve' then item.reservation end, 'taken', array_to_json(taken));
  end loop;

  if cardinality(o_id) > 0 then
    insert into public.credit_operations (id, customer_id, kind, key, body_hash, credits, balance_after, api_key_id, reason, reference, actor, at)
      select * from unnest(o_id, o_customer, o_op, o_key, o_hash, o_credits, o_after, o_api, o_reason, o_reference, o_actor, o_at);
    update public.credit_grants g set used = g.used + u.used, held = g.held + u.held,
        open = g.credits - g.used - u.used - g.expired - g.reclaimed > 0
      from unnest(u_id, u_used, u_held) u(id, used, held) where g.id = u.id;
    insert into public.credit_allocations (operation_id, position, grant_id, available, held)
      select * from unnest(a_op, a_pos, a_grant, a_available, a_held);
    if cardinality(d_customer) > 0 then
      update public.credit_accounts a set debt = a.debt + d.debt from unnest(d_customer, d_debt) d(customer, debt) where a.customer_id = d.customer;
      insert into public.ledger_accounts (id, kind, currency, side, guarded, owner_id, created_at)
        select 'receivable:' || d.customer, 'receivable', 'CREDIT', 'debit', true, d.customer, now() from unnest(d_customer) d(customer)
        order by 1 on conflict do nothing;
      insert into public.ledger_balances as b (account_id, posted, held)
        select 'receivable:' || d.customer, d.debt, 0 from unnest(d_customer, d_debt) d(customer, debt)
        on conflict (account_id) do update set posted = b.posted + excluded.posted;
    end if;
    insert into public.ledger_postings (id, key, kind, source, phase, entry_count, actor, at)
      select o.posting, 'credits:' || o.id, 'credits.' || o.op, o.id, case o.op when 'reserve' then 'pending' else 'posted' end, o.lines, o.actor, o.at
      from unnest(o_posting, o_id, o_op, o_lines, o_actor, o_at) o(posting, id, op, lines, actor, at);
    update public.ledger_balances b set posted = b.posted + c.posted, held = b.held + c.held
      from unnest(b_id, b_posted, b_held) c(id, posted, held) where b.account_id = c.id;
    insert into public.ledger_entries (posting_id, position, account_id, currency, amount)
      select e.posting, e.position, e.account, 'CREDIT', e.amount from unnest(e_posting, e_pos, e_account, e_amount) e(posting, position, account, amount);
    if 'reserve' = any(o_op) then
      insert into public.credit_reservations (id, customer_id, api_key_id, feature, credits, operation_id, posting_id, expires_at, created_at)
        select o.reservation, o.customer, o.api, o.feature, o.credits, o.id, o.posting, o.until, o.at
        from unnest(o_reservation, o_customer, o_api, o_feature, o_credits, o_id, o_posting, o_until, o_at)
          o(reservation, customer, api, feature, credits, id, posting, until, at) where o.reservation is not null;
    end if;
    for i in 1..cardinality(low) loop perform app.signal_low_credits(low[i], low_before[i], low_after[i]); end loop;
  end if;
  return array_to_json(results);
end $$;
--> statement-breakpoint

-- Ends a reservation: confirm with what it came to (less gives the rest back to the same grants, more takes it like a new
-- consumption, or is refused), release, or lapse. Once: the same ending again answers the first. What comes back to a grant
-- that ran out meanwhile, or was asked back, is taken by the jobs that are enqueued here.
create function app.end_reservation(reservation text, customer text, ending_as text, actual bigint, moment timestamptz, operation text, posting text,
  who text) returns json
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  r record; part record; g record;
  reserved_paid bigint := 0; reserved_promo bigint := 0; paid bigint := 0; promo bigint := 0;
  rest bigint := actual; extra bigint; use bigint; back bigint; usable bigint; after bigint; line int := 0; late boolean := false;
begin
  perform 1 from public.credit_accounts a where a.customer_id = customer for no key update;
  select * into r from public.credit_reservations x where x.id = reservation and x.customer_id = customer;
  if not found then return json_build_object('outcome', 'missing'); end if;
  if r.ending is not null then
    return case when r.ending = ending_as and (ending_as <> 'confirm' or r.confirmed_credits = actual)
      then (select json_build_object('outcome', 'replayed', 'operation', o.id, 'after', o.balance_after,
          'taken', (select json_agg(json_build_object('grantId', l.grant_id, 'credits', -(l.available + l.held)) order by l.position)
            from public.credit_allocations l where l.operation_id = o.id and l.available + l.held <> 0))
        from public.credit_operations o where o.id = r.end_operation_id)
      else json_build_object('outcome', 'ended', 'ending', r.ending) end;
  end if;
  extra := greatest(actual - r.credits, 0);
  select coalesce(sum(x.remaining), 0) into usable from public.credit_grants x where x.customer_id = customer and x.open and x.effective_at <= moment
    and coalesce(x.expires_at, 'infinity') > moment and (x.api_key_id is null or x.api_key_id = r.api_key_id)
    and (x.feature is null or x.feature = r.feature);
  if extra > usable then return json_build_object('outcome', 'insufficient', 'after', usable); end if;
  if r.api_key_id is not null and actual <> r.credits and not app.count_on_budget(r.api_key_id, actual - r.credits, moment, false)
  then return json_build_object('outcome', 'over_budget', 'after', usable); end if;
  -- What the first grants of the receipt are not used for goes back to the last ones.
  select usable - extra + coalesce(sum(greatest(p.back - p.owed_back, 0)) filter (where p.lasts), 0) into after from (
    select x.owed_back, coalesce(x.expires_at, 'infinity') > moment as lasts,
      l.held - least(l.held, greatest(0, actual - (sum(l.held) over (order by l.position) - l.held))) as back
    from public.credit_allocations l join public.credit_grants x on x.id = l.grant_id where l.operation_id = r.operation_id) p;

  insert into public.credit_operations (id, customer_id, kind, key, body_hash, credits, balance_after, api_key_id, reason, reference, actor, at)
    select operation, customer, ending_as, customer || ':' || ending_as || ':' || reservation, '', actual, after, o.api_key_id, o.reason, o.reference, who, moment
    from public.credit_operations o where o.id = r.operation_id;
  for part in select l.grant_id, l.held from public.credit_allocations l where l.operation_id = r.operation_id order by l.position loop
    use := least(rest, part.held); back := part.held - use; rest := rest - use;
    update public.credit_grants x set used = x.used + use, held = x.held - part.held, open = x.credits - x.used - use - x.expired - x.reclaimed > 0
      where x.id = part.grant_id returning x.* into g;
    if g.cost_basis = 'paid' then reserved_paid := reserved_paid + part.held; paid := paid + use;
    else reserved_promo := reserved_promo + part.held; promo := promo + use; end if;
    insert into public.credit_allocations (operation_id, position, grant_id, available, held) values (operation, line, part.grant_id, back, -part.held);
    line := line + 1;
    late := late or (back > 0 and (g.owed_back > 0 or coalesce(g.expires_at, 'infinity') <= moment));
  end loop;
  if extra > 0 then
    rest := extra;
    for g in select * from public.credit_grants x where x.customer_id = customer and x.open and x.remaining > 0 and x.effective_at <= moment
        and coalesce(x.expires_at, 'infinity') > moment and (x.api_key_id is null or x.api_key_id = r.api_key_id)
        and (x.feature is null or x.feature = r.feature)
        order by x.priority, x.expires_at nulls last, x.created_at, x.id loop
      exit when rest = 0;
      use := least(rest, g.remaining); rest := rest - use;
      update public.credit_grants x set used = x.used + use, open = x.credits - x.used - use - x.expired - x.reclaimed > 0 where x.id = g.id;
      if g.cost_basis = 'paid' then paid := paid + use; else promo := promo + use; end if;
      insert into public.credit_allocations (operation_id, position, grant_id, available, held) values (operation, line, g.id, -use, 0);
      line := line + 1;
    end loop;
    perform app.signal_low_credits(customer, usable, usable - extra);
  end if;

  insert into public.ledger_postings (id, key, kind, source, phase, settles, entry_count, actor, at)
    values (posting, 'credits:' || operation, 'credits.reserve', r.operation_id, case when actual = 0 then 'void' else 'posted' end, r.posting_id,
      case when actual = 0 then 1 + (reserved_paid > 0)::int + (reserved_promo > 0)::int else 1 + (paid > 0)::int + (promo > 0)::int end, who, moment);
  insert into public.ledger_entries (posting_id, position, account_id, currency, amount)
    select posting, (row_number() over (order by e.place) - 1)::int, e.account, 'CREDIT', e.amount from (values
      (0, 'liability_paid:' || customer, case when actual = 0 then reserved_paid else paid end),
      (1, 'liability_promo:' || customer, case when actual = 0 then reserved_promo else promo end),
      (2, 'revenue:CREDIT', -(case when actual = 0 then r.credits else actual end))) e(place, account, amount) where e.amount <> 0;
  update public.ledger_balances b set posted = b.posted - case when b.account_id like 'liability_paid:%' then paid else promo end,
      held = b.held - case when b.account_id like 'liability_paid:%' then reserved_paid else reserved_promo end
    where b.account_id in ('liability_paid:' || customer, 'liability_promo:' || customer);
  update public.credit_reservations x set ending = ending_as, ended_at = moment, end_operation_id = operation,
      confirmed_credits = case when ending_as = 'confirm' then actual end
    where x.id = reservation;
  if late then
    perform app.enqueue(json_build_array(json_build_object('identifier', 'credits.sweep', 'payload', json_build_object(), 'max_attempts', 3)));
  end if;
  return json_build_object('outcome', 'done', 'operation', operation, 'after', after,
    'taken', (select coalesce(json_agg(json_build_object('grantId', l.grant_id, 'credits', -(l.available + l.held)) order by l.position), '[]')
      from public.credit_allocations l where l.operation_id = operation and l.available + l.held <> 0));
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.spend_credits(json, text[], text[], text[]), app.end_reservation(text, text, text, bigint, timestamptz, text, text, text),
  app.count_on_budget(text, bigint, timestamptz, boolean), app.signal_low_credits(text, bigint, bigint) from public;
--> statement-breakpoint
grant execute on function app.spend_credits(json, text[], text[], text[]), app.end_reservation(text, text, text, bigint, timestamptz, text, text, text) to kraftverk_member, kraftverk_service;
-- Here the credits end.
--> statement-breakpoint

-- What is done when credits run low.
alter table credit_settings enable row level security;
--> statement-breakpoint
alter table credit_settings force row level security;
--> statement-breakpoint
create policy service_all on credit_settings for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on credit_settings to kraftverk_service;
--> statement-breakpoint
grant select, insert, update on credit_settings to kraftverk_member;
--> statement-breakpoint
create policy member_own on credit_settings for all to kraftverk_member
  using (customer_id = (select app.customer_id())) with check (customer_id = (select app.customer_id()));
--> statement-breakpoint
create policy staff_read on credit_settings for select to kraftverk_member using ((select app.is_staff()));
