-- Functions, grants and row-level security. Roles are made by drizzle/roles.sql.
-- Every table has row-level security, forced. The service role (worker, webhook intake) sees all rows by an explicit
-- policy; the member role (web) sees what the settings of its transaction allow (server/kernel/actor.ts); unset means nothing.

create schema app;
--> statement-breakpoint
grant usage on schema app to kraftverk_member, kraftverk_service;
--> statement-breakpoint
insert into app_clock (id) values (1);
--> statement-breakpoint

-- Business time (docs/architecture.md, Time).
create function app_now() returns timestamptz language sql stable parallel safe
  as $$ select now() + make_interval(secs => offset_ms / 1000.0) from public.app_clock where id = 1 $$;
--> statement-breakpoint

create function app.user_id() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.user_id', true), '') $$;
--> statement-breakpoint
create function app.customer_id() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.customer_id', true), '') $$;
--> statement-breakpoint
create function app.is_staff() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.staff_role', true), '') <> '' $$;
--> statement-breakpoint
create function app.is_partner() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.actor', true), '') = 'partner' $$;
--> statement-breakpoint
create function app.tokens() returns text[] language sql stable parallel safe
  as $$ select string_to_array(nullif(current_setting('app.tokens', true), ''), ',') $$;
--> statement-breakpoint

-- Definer functions run as the service role: they are the only way to look something up before there is a context,
-- and the only way to the queue's own tables. Each one takes exactly what the caller already knows.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.enqueue(specs json) returns bigint language plpgsql security definer
  set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare added bigint;
begin
  select count(*) into added from (
    select array_agg(s) as all_specs from json_populate_recordset(null::graphile_worker.job_spec, specs) s
  ) a, lateral graphile_worker.add_jobs(a.all_specs) where a.all_specs is not null;
  return added;
end $$;
--> statement-breakpoint
create function app.session_lookup(hash text, at timestamptz)
  returns table (session_id text, user_id text, customer_id text, email text, name text, email_verified boolean, locale text,
    staff_role text, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, u.id, c.id, u.email, u.name, u.email_verified_at is not null, u.locale, u.staff_role, s.created_at, s.last_seen_at, s.expires_at
  from public.sessions s join public.users u on u.id = s.user_id left join public.customers c on c.user_id = u.id
  where s.token_hash = hash and s.revoked_at is null and s.expires_at > at and u.disabled_at is null $$;
--> statement-breakpoint
create function app.login_lookup(wanted text)
  returns table (user_id text, password_hash text, email_verified boolean, disabled boolean, locale text, staff_role text, customer_id text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.password_hash, u.email_verified_at is not null, u.disabled_at is not null, u.locale, u.staff_role, c.id
  from public.users u left join public.customers c on c.user_id = u.id where u.email_normalized = wanted $$;
--> statement-breakpoint
create function app.account_token_lookup(hash text)
  returns table (user_id text, purpose text, email_normalized text, expires_at timestamptz, used_at timestamptz, current_email text, customer_id text,
    staff_role text, locale text, disabled boolean, password_hash text, email_verified boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.user_id, t.purpose, t.email_normalized, t.expires_at, t.used_at, u.email_normalized, c.id,
    u.staff_role, u.locale, u.disabled_at is not null, u.password_hash, u.email_verified_at is not null
  from public.account_tokens t join public.users u on u.id = t.user_id left join public.customers c on c.user_id = u.id
  where t.token_hash = hash $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on all functions in schema app from public;
--> statement-breakpoint
grant execute on all functions in schema app to kraftverk_member, kraftverk_service;
--> statement-breakpoint
create function app.applied_migrations() returns integer language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp as $$
declare applied integer;
begin
  select count(*) into applied from drizzle.__drizzle_migrations;
  return applied;
end $$;
--> statement-breakpoint
revoke all on function app.applied_migrations() from public;
--> statement-breakpoint
grant execute on function app.applied_migrations() to kraftverk_member, kraftverk_service;
--> statement-breakpoint
grant execute on function app_now() to kraftverk_member, kraftverk_service;
--> statement-breakpoint

grant select, insert, update, delete on all tables in schema public to kraftverk_service;
--> statement-breakpoint
grant usage on all sequences in schema public to kraftverk_service;
--> statement-breakpoint
do $$
declare t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
  end loop;
end $$;
--> statement-breakpoint

-- Counters of the rate limits: hashes and numbers, lost in a crash without harm.
alter table rate_limits set unlogged;
--> statement-breakpoint
grant select, insert, update, delete on rate_limits to kraftverk_member;
--> statement-breakpoint
create policy member_all on rate_limits for all to kraftverk_member using (true) with check (true);
--> statement-breakpoint

-- Open to every visitor, written by the service role alone.
do $$
declare t text;
begin
  foreach t in array array['app_clock', 'products', 'variants', 'prices', 'price_periods'] loop
    execute format('grant select on public.%I to kraftverk_member', t);
    execute format('create policy member_read on public.%I for select to kraftverk_member using (true)', t);
  end loop;
end $$;
--> statement-breakpoint

-- Campaigns: everybody reads what decides a price; partner and staff write.
do $$
declare t text;
begin
  foreach t in array array['campaigns', 'campaign_products', 'campaign_prices', 'campaign_announcements'] loop
    execute format('grant select, insert, update, delete on public.%I to kraftverk_member', t);
    execute format('create policy member_write on public.%I for all to kraftverk_member using (app.is_partner() or app.is_staff()) with check (app.is_partner() or app.is_staff())', t);
  end loop;
  foreach t in array array['campaigns', 'campaign_products', 'campaign_prices'] loop
    execute format('create policy member_read on public.%I for select to kraftverk_member using (true)', t);
  end loop;
end $$;
--> statement-breakpoint

-- The price history is written in the transaction that changes a campaign.
grant insert, update on price_periods to kraftverk_member;
--> statement-breakpoint
create policy member_write on price_periods for all to kraftverk_member using (app.is_partner() or app.is_staff()) with check (app.is_partner() or app.is_staff());
--> statement-breakpoint

-- Histories: staff read; web appends to those of the lifecycles it moves.
do $$
declare t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' and tablename like '%\_transitions' loop
    execute format('grant select on public.%I to kraftverk_member', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using (app.is_staff())', t);
  end loop;
  foreach t in array array['campaign_transitions', 'checkout_transitions', 'email_transitions', 'webhook_event_transitions'] loop
    execute format('grant insert on public.%I to kraftverk_member', t);
    execute format('create policy member_append on public.%I for insert to kraftverk_member with check (true)', t);
  end loop;
end $$;
--> statement-breakpoint

-- People and what belongs to them.
grant select, insert, update on users, sessions, account_tokens, customers to kraftverk_member;
--> statement-breakpoint
create policy member_own on users for all to kraftverk_member using (id = (select app.user_id())) with check (id = (select app.user_id()) and staff_role is not distinct from nullif(current_setting('app.staff_role', true), ''));
--> statement-breakpoint
create policy staff_read on users for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy member_own on sessions for all to kraftverk_member using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()));
--> statement-breakpoint
create policy member_own on account_tokens for all to kraftverk_member using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()));
--> statement-breakpoint
create policy member_own on customers for all to kraftverk_member using (user_id = (select app.user_id()) or id = (select app.customer_id())) with check (user_id = (select app.user_id()));
--> statement-breakpoint
create policy staff_read on customers for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
grant select on provider_customers to kraftverk_member;
--> statement-breakpoint
create policy member_own on provider_customers for select to kraftverk_member using (customer_id = (select app.customer_id()) or (select app.is_staff()));
--> statement-breakpoint
grant select, insert on audit_entries to kraftverk_member;
--> statement-breakpoint
create policy staff_all on audit_entries for all to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()));
--> statement-breakpoint

-- Carts and attempts to pay: by the browser's token or the signed-in customer.
grant select, insert, update on carts, checkouts to kraftverk_member;
--> statement-breakpoint
grant select, insert, update, delete on cart_lines to kraftverk_member;
--> statement-breakpoint
create policy member_own on carts for all to kraftverk_member
  using (access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])) or customer_id = (select app.customer_id()))
  with check (access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])) or customer_id = (select app.customer_id()));
--> statement-breakpoint
create policy staff_read on carts for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
-- Only through a cart of one's own: staff see all carts, and change none.
create policy member_own on cart_lines for all to kraftverk_member
  using (exists (select 1 from carts where carts.id = cart_id
    and (carts.access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])) or carts.customer_id = (select app.customer_id()))))
  with check (exists (select 1 from carts where carts.id = cart_id
    and (carts.access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])) or carts.customer_id = (select app.customer_id()))));
--> statement-breakpoint
create policy staff_read on cart_lines for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy member_own on checkouts for all to kraftverk_member
  using (access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])) or customer_id = (select app.customer_id())
    or exists (select 1 from carts where carts.id = cart_id))
  with check (access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])) or customer_id = (select app.customer_id()));
--> statement-breakpoint
create policy staff_read on checkouts for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
grant select, insert on price_receipts to kraftverk_member;
--> statement-breakpoint
create policy member_own on price_receipts for all to kraftverk_member
  using (customer_id = (select app.customer_id()) or access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])) or (select app.is_staff()))
  with check (customer_id = (select app.customer_id()) or access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])));
--> statement-breakpoint
grant select, insert, update on idempotency_keys to kraftverk_member;
--> statement-breakpoint
create policy member_own on idempotency_keys for all to kraftverk_member
  using (scope = (select app.user_id()) or scope = any(coalesce((select app.tokens()), '{}'::text[])))
  with check (scope = (select app.user_id()) or scope = any(coalesce((select app.tokens()), '{}'::text[])));
--> statement-breakpoint

-- What was bought: web reads, the worker writes.
grant select on orders, order_lines, payments, payment_attempts, subscriptions, invoices, fulfilments to kraftverk_member;
--> statement-breakpoint
create policy member_own on orders for select to kraftverk_member
  using (customer_id = (select app.customer_id()) or access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])) or (select app.is_staff()));
--> statement-breakpoint
create policy member_own on order_lines for select to kraftverk_member using (exists (select 1 from orders where orders.id = order_id));
--> statement-breakpoint
create policy member_own on payments for select to kraftverk_member
  using (customer_id = (select app.customer_id()) or (select app.is_staff()) or exists (select 1 from orders where orders.id = order_id));
--> statement-breakpoint
create policy member_own on payment_attempts for select to kraftverk_member using (exists (select 1 from payments where payments.id = payment_id));
--> statement-breakpoint
create policy member_own on subscriptions for select to kraftverk_member
  using (customer_id = (select app.customer_id()) or (select app.is_staff()) or exists (select 1 from orders where orders.id = order_id));
--> statement-breakpoint
create policy member_own on invoices for select to kraftverk_member using (customer_id = (select app.customer_id()) or (select app.is_staff()));
--> statement-breakpoint
create policy member_own on fulfilments for select to kraftverk_member
  using (customer_id = (select app.customer_id()) or (select app.is_staff()) or exists (select 1 from orders where orders.id = order_id));
--> statement-breakpoint

-- Mail: web queues for the user it has just proven; staff see what was sent.
grant select, insert, update on emails to kraftverk_member;
--> statement-breakpoint
create policy member_queue on emails for insert to kraftverk_member with check (user_id = (select app.user_id()) or (select app.is_staff()));
--> statement-breakpoint
create policy member_read on emails for select to kraftverk_member using (user_id = (select app.user_id()) or (select app.is_staff()));
--> statement-breakpoint
create policy staff_change on emails for update to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()));
--> statement-breakpoint

-- The inbox and what needs a person: staff.
grant select, update on webhook_events, alerts to kraftverk_member;
--> statement-breakpoint
create policy staff_all on webhook_events for all to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()));
--> statement-breakpoint
create policy staff_all on alerts for all to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()));
--> statement-breakpoint
grant select on webhook_attempts, processes to kraftverk_member;
--> statement-breakpoint
create policy staff_read on webhook_attempts for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_read on processes for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint

-- Facts that may not be rewritten, whoever asks.
create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger audit_entries_append_only before update or delete on audit_entries for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger price_receipts_kept before delete on price_receipts for each row execute function app.refuse_change();
--> statement-breakpoint
-- Who a receipt belongs to may change (a guest is claimed); what it says may not.
create trigger price_receipts_append_only before update of product_id, variant_id, currency, amount, "interval", interval_count, campaign_id, stripe_price_id, rule, inputs, alternatives, created_at
  on price_receipts for each row execute function app.refuse_change();
--> statement-breakpoint
do $$
declare t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' and tablename like '%\_transitions' loop
    execute format('create trigger %I before update or delete on public.%I for each row execute function app.refuse_change()', t || '_append_only', t);
  end loop;
end $$;
