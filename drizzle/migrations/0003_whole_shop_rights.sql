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

-- Withdrawals and refunds.

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

-- Identity, second factors, audit.

-- Back office and reporting.
