-- Rights, policies, triggers and functions of what 0006 made

-- Subscription changes. Web takes wishes in (about memberships that it may change); the worker sends them and writes what
-- became of them.
do $$
declare t text;
begin
  foreach t in array array['subscription_changes', 'subscription_change_transitions'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select, insert on public.%I to kraftverk_member', t);
  end loop;
  create policy staff_read on public.subscription_change_transitions for select to kraftverk_member using (app.is_staff());
  create trigger subscription_change_transitions_append_only before update or delete on public.subscription_change_transitions
    for each row execute function app.refuse_change();
end $$;
--> statement-breakpoint
grant usage on all sequences in schema public to kraftverk_service;
--> statement-breakpoint
create policy member_own on subscription_changes for select to kraftverk_member
  using (customer_id = (select app.customer_id()) or (select app.is_staff()));
--> statement-breakpoint
create policy member_wish on subscription_changes for insert to kraftverk_member
  with check (status = 'requested' and effective_at is null and completed_at is null
    and (refund_amount is null or current_setting('app.staff_role', true) in ('owner', 'finance'))
    and exists (select 1 from subscriptions s where s.id = subscription_id and s.customer_id = subscription_changes.customer_id)
    and (customer_id = (select app.customer_id()) or (select app.is_staff())));
--> statement-breakpoint
create policy member_append on subscription_change_transitions for insert to kraftverk_member
  with check (exists (select 1 from subscription_changes subject where subject.id = subject_id));
-- Here the subscription changes end.
