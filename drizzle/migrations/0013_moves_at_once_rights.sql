-- Rights, policies, triggers and functions of what 0012 made
-- Moves of a plan's version. Staff who move money may leave one subscription where it is.
grant update (obstacle, undo_change_id, undo_obstacle, undo_by, undo_reason) on plan_migration_steps to kraftverk_member;
--> statement-breakpoint
create policy staff_take_back on plan_migration_steps for update to kraftverk_member
  using ((select app.staff_is('owner', 'finance'))) with check ((select app.staff_is('owner', 'finance')));
--> statement-breakpoint
-- Spending and knowing keys at less cost.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- As before, but the grants of all customers are read at once: a statement for each cost more than deciding for it.
create or replace function app.spend_credits(items json, customers text[], api_keys text[], reporting text[]) returns json
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  set enable_material = off set enable_bitmapscan = off as $$
declare
  item record;
  present text := '';
  budgeted text[] := '{}';
  watched text[];
  seen text[] := '{}';
  -- Of all open grants, those of the customer at hand stand from `first` to `n`; `total` is the last of all.
  total int; n int := 0; i int; first int := 1; line int;
  g_owner text[]; g_id text[]; g_left bigint[]; g_paid boolean[]; g_key text[]; g_feature text[]; g_from timestamptz[]; g_until timestamptz[];
  g_used bigint[]; g_held bigint[];
  usable bigint; need bigint; take bigint; paid bigint; promo bigint; before bigint; after bigint; signals boolean;
  paid_used bigint; promo_used bigint; paid_held bigint; promo_held bigint; owed bigint;
  taken json[];
  results json[] := '{}';
  low text[] := '{}'; low_before bigint[] := '{}'; low_after bigint[] := '{}';
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

  -- The grants of all of them, in the order of the customers and, within one, in the order in which they are spent.
  select array_agg(g.customer_id order by g.customer_id, g.priority, g.expires_at nulls last, g.created_at, g.id),
      array_agg(g.id order by g.customer_id, g.priority, g.expires_at nulls last, g.created_at, g.id),
      array_agg(g.remaining order by g.customer_id, g.priority, g.expires_at nulls last, g.created_at, g.id),
      array_agg(g.cost_basis = 'paid' order by g.customer_id, g.priority, g.expires_at nulls last, g.created_at, g.id),
      array_agg(g.api_key_id order by g.customer_id, g.priority, g.expires_at nulls last, g.created_at, g.id),
      array_agg(g.feature order by g.customer_id, g.priority, g.expires_at nulls last, g.created_at, g.id),
      array_agg(g.effective_at order by g.customer_id, g.priority, g.expires_at nulls last, g.created_at, g.id),
      array_agg(coalesce(g.expires_at, 'infinity') order by g.customer_id, g.priority, g.expires_at nulls last, g.created_at, g.id),
      count(*)
    into g_owner, g_id, g_left, g_paid, g_key, g_feature, g_from, g_until, total
    from public.credit_grants g where g.customer_id = any(customers) and g.open and g.remaining > 0;
  g_used := array_fill(0::bigint, array[total]); g_held := g_used;

  for item in
    select x.*, known.id as known_id, known.body_hash as known_hash, known.balance_after as known_after
    from json_to_recordset(items) x(no int, op text, customer text, "apiKey" text, feature text, credits bigint, key text, hash text,
      at timestamptz, operation text, posting text, reservation text, until timestamptz, reason text, reference text, actor text)
    left join lateral (select o.id, o.body_hash, o.balance_after from public.credit_operations o
      where o.key = x.customer || ':' || x.key limit 1) known on true
    union all select null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null
    order by 3 nulls last, 1
  loop
    if item.customer is distinct from present then
      -- The customer before this one is done: what came of it is written at the end, with all the others.
      if present <> '' then
        if paid_used <> 0 or paid_held <> 0 then
          b_id := b_id || ('liability_paid:' || present); b_posted := b_posted || -paid_used; b_held := b_held || paid_held;
        end if;
        if promo_used <> 0 or promo_held <> 0 then
          b_id := b_id || ('liability_promo:' || present); b_posted := b_posted || -promo_used; b_held := b_held || promo_held;
        end if;
        if after < before then low := low || present; low_before := low_before || before; low_after := low_after || after; end if;
      end if;
      if owed > 0 then d_customer := d_customer || present; d_debt := d_debt || owed; end if;
      exit when item.customer is null;
      present := item.customer;
      first := n + 1;
      while first <= total and g_owner[first] < present loop first := first + 1; end loop;
      n := first - 1;
      while n < total and g_owner[n + 1] = present loop n := n + 1; end loop;
      -- What anybody may spend of it: that is what is watched.
      signals := present = any(watched); before := 0;
      if signals then
        for i in first..n loop
          if g_from[i] <= item.at and g_until[i] > item.at and g_key[i] is null and g_feature[i] is null then before := before + g_left[i]; end if;
        end loop;
      end if;
      after := before;
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
        if signals and g_key[i] is null and g_feature[i] is null then after := after - take; end if;
        if item.op = 'reserve' then g_held[i] := g_held[i] + take; else g_used[i] := g_used[i] + take; end if;
        if g_paid[i] then paid := paid + take; else promo := promo + take; end if;
        a_op := a_op || item.operation; a_pos := a_pos || line; a_grant := a_grant || g_id[i];
        a_available := a_available || -take; a_held := a_held || case when item.op = 'reserve' then take else 0 end;
        taken := taken || json_build_object('grantId', g_id[i], 'credits', take);
        line := line + 1;
      end if;
    end loop;
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
      from unnest(g_id, g_used, g_held) u(id, used, held) where g.id = u.id and (u.used <> 0 or u.held <> 0);
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
-- Many keys at once, each as `app.api_key_lookup` finds it; no row for one that opens nothing. `no` counts from one.
create function app.api_keys_lookup(hashes text[], instants timestamptz[])
  returns table (no int, key_id text, name text, scopes jsonb, rate_limit integer, last_used_at timestamptz, user_id text, customer_id text,
    email text, user_name text, email_verified boolean, locale text)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query select asked.place::int, k.id, k.name, k.scopes, k.rate_limit, k.last_used_at, u.id, k.customer_id, u.email, u.name,
      u.email_verified_at is not null, u.locale
    from unnest(hashes, instants) with ordinality as asked(hash, at, place)
      join public.api_keys k on k.token_hash = asked.hash join public.users u on u.id = k.user_id
    where k.organization_id is null and k.revoked_at is null and (k.expires_at is null or k.expires_at > asked.at) and u.disabled_at is null;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.api_keys_lookup(text[], timestamptz[]) from public;
--> statement-breakpoint
grant execute on function app.api_keys_lookup(text[], timestamptz[]) to kraftverk_member, kraftverk_service;
