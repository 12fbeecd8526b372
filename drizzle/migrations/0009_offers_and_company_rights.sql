-- Rights, policies, triggers and functions of what 0008 made
-- Who sells: every page says it, owners write it, nobody rewrites what stood there before.
alter table company_details enable row level security;
--> statement-breakpoint
alter table company_details force row level security;
--> statement-breakpoint
create policy service_all on company_details for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert on company_details to kraftverk_service;
--> statement-breakpoint
grant select, insert on company_details to kraftverk_member;
--> statement-breakpoint
create policy everybody_reads on company_details for select to kraftverk_member using (true);
--> statement-breakpoint
create policy owner_writes on company_details for insert to kraftverk_member
  with check (coalesce(current_setting('app.staff_role', true), '') = 'owner');
--> statement-breakpoint
create trigger company_details_append_only before update or delete on company_details for each row execute function app.refuse_change();
