-- Rights, policies, triggers and functions of what 0014 made
-- By which rules plans change: whoever is signed in reads the shop's, an organization's own those who belong to it.
alter table change_rules enable row level security;
--> statement-breakpoint
alter table change_rules force row level security;
--> statement-breakpoint
create policy service_all on change_rules for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert on change_rules to kraftverk_service;
--> statement-breakpoint
grant select, insert on change_rules to kraftverk_member;
--> statement-breakpoint
create policy shop_read on change_rules for select to kraftverk_member
  using (organization_id is null and (select app.user_id()) is not null);
--> statement-breakpoint
create policy own_read on change_rules for select to kraftverk_member
  using ((select app.is_staff()) or app.organization_role(organization_id) is not null);
--> statement-breakpoint
create policy staff_write on change_rules for insert to kraftverk_member
  with check (case when organization_id is null then (select app.staff_is('owner')) else (select app.staff_is('owner', 'finance')) end);
--> statement-breakpoint
create trigger change_rules_append_only before update or delete on change_rules for each row execute function app.refuse_change();
--> statement-breakpoint
-- Staff who move money change a membership for a member, at a price that has a receipt like every other.
create policy staff_add on price_receipts for insert to kraftverk_member with check ((select app.staff_is('owner', 'finance')));
