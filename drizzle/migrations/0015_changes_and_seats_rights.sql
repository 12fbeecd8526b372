-- Rights, policies, triggers and functions of what 0014 made
-- Trials. The mailed link also says of one that ended without a card and is being billed what a card is for, until the bill is there.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create or replace function app.card_link_trial(hash text, at timestamptz)
  returns table (trial_end_at timestamptz, trial_without_card text, amount bigint)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when s.stripe_card_id is null and s.trial_without_card is not null and (s.status in ('trialing', 'paused')
      or (s.status = 'active' and s.trial_without_card = 'create_invoice' and s.current_period_start_at = s.trial_end_at
        and not exists (select 1 from public.invoices i where i.subscription_id = s.id and i.status = 'paid' and i.total_amount > 0)))
      then s.trial_end_at end,
    s.trial_without_card, s.amount
  from app.card_link(hash, at) link join public.subscriptions s on s.id = link.subscription_id $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
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
  with check ((select app.staff_is('owner', 'finance')));
--> statement-breakpoint
create trigger change_rules_append_only before update or delete on change_rules for each row execute function app.refuse_change();
--> statement-breakpoint
-- Staff who move money change a membership for a member, at a price that has a receipt like every other.
create policy staff_add on price_receipts for insert to kraftverk_member with check ((select app.staff_is('owner', 'finance')));
