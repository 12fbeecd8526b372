-- Rights, policies, triggers and functions of what 0026 made
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
