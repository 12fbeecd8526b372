-- Rights, policies, triggers and functions of what 0026 made
do $$
declare t text;
begin
  foreach t in array array['withdrawal_statements', 'withdrawal_statement_transitions'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select, insert on public.%I to kraftverk_member', t);
  end loop;
end $$;
--> statement-breakpoint
grant usage on all sequences in schema public to kraftverk_service;
--> statement-breakpoint
-- Anybody may say that an order is taken back, and sees what was said by the receipt's token. Whose order it is, is found by the
-- worker; whoever may see that order then sees the statement about it, and carries it out with a withdrawal of their own.
create policy member_own on withdrawal_statements for select to kraftverk_member
  using ((select app.is_staff()) or access_token_hash = any(coalesce((select app.tokens()), '{}'::text[]))
    or exists (select 1 from orders where orders.id = order_id));
--> statement-breakpoint
create policy member_state on withdrawal_statements for insert to kraftverk_member
  with check (status = 'received' and order_id is null and withdrawal_id is null and dismissal is null and completed_at is null);
--> statement-breakpoint
grant update (status, order_id, may_mail, withdrawal_id, dismissal, completed_at) on withdrawal_statements to kraftverk_member;
--> statement-breakpoint
create policy member_carry_out on withdrawal_statements for update to kraftverk_member
  using (status = 'unconfirmed' and exists (select 1 from orders where orders.id = order_id
    and (orders.customer_id = (select app.customer_id()) or orders.access_token_hash = any(coalesce((select app.tokens()), '{}'::text[])))))
  with check (status = 'carried_out' and dismissal is null
    and exists (select 1 from withdrawals w where w.id = withdrawal_id and w.order_id = withdrawal_statements.order_id));
--> statement-breakpoint
create policy staff_decide on withdrawal_statements for update to kraftverk_member
  using ((select app.staff_is('owner', 'finance'))) with check ((select app.staff_is('owner', 'finance')));
--> statement-breakpoint
create policy staff_read on withdrawal_statement_transitions for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy member_append on withdrawal_statement_transitions for insert to kraftverk_member
  with check (exists (select 1 from withdrawal_statements subject where subject.id = subject_id));
--> statement-breakpoint
create trigger withdrawal_statement_transitions_append_only before update on withdrawal_statement_transitions
  for each row execute function app.refuse_change();
--> statement-breakpoint
-- A history goes with its statement alone, which is one that no order was ever found for (retention).
create function app.keep_statement_history() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from public.withdrawal_statements s where s.id = old.subject_id and (s.order_id is not null or s.status <> 'dismissed')) then
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
--> statement-breakpoint
create trigger withdrawal_statement_transitions_kept before delete on withdrawal_statement_transitions
  for each row execute function app.keep_statement_history();
--> statement-breakpoint
-- What goes to the bank: the worker mirrors it, staff read it, nobody else sees it.
do $$
declare t text;
begin
  foreach t in array array['payouts', 'payout_transitions'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I to kraftverk_service using (true) with check (true)', t);
    execute format('grant select on public.%I to kraftverk_member', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update on payouts to kraftverk_service;
--> statement-breakpoint
grant select, insert on payout_transitions to kraftverk_service;
--> statement-breakpoint
create trigger payout_transitions_append_only before update or delete on payout_transitions for each row execute function app.refuse_change();
--> statement-breakpoint
-- A try goes a year after it was made, with what was overtaken (retention), and no sooner.
drop trigger announcement_attempts_append_only on announcement_attempts;
--> statement-breakpoint
create trigger announcement_attempts_append_only before update on announcement_attempts for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger announcement_attempts_kept before delete on announcement_attempts
  for each row when (old.at > now() - interval '364 days') execute function app.refuse_change();
