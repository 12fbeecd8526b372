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
