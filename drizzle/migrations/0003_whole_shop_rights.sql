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

-- Withdrawals and refunds.

-- Campaigns and announcements.

-- Inbox, drift and reconciliation.

-- Identity, second factors, audit.

-- Back office and reporting.
