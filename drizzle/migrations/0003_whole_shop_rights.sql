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
do $$
declare t text;
begin
  foreach t in array array['webhook_batches', 'webhook_batch_items', 'reconciliation_streams', 'reconciled_objects', 'drifts'] loop
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

-- Identity, second factors, audit.

-- Back office and reporting.
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
