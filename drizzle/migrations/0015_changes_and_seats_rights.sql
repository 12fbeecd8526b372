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
--> statement-breakpoint
-- Seats beyond those that a plan holds are bought with its subscription.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- The extra seats of the subscription that an organization's plan comes from: none once the plan is another, whatever is still paid.
create function app.extra_seats(organization text) returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(max(s.extra_seats), 0) from public.subscriptions s join public.plan_versions v on v.id = s.plan_version_id
  where s.organization_id = organization and s.extra_seats > 0 and s.status in ('trialing', 'active', 'past_due', 'unpaid')
    and exists (select 1 from public.entitlements e join public.plan_versions held on held.id = e.plan_version_id
      where e.organization_id = organization and e.feature = 'seats' and e.source = 'plan' and e.replaced_at is null
        and held.plan_code = v.plan_code) $$;
--> statement-breakpoint
-- As before; while fewer seats are booked only so many can be taken up as remain then, beside those that go with it.
create or replace function app.seats_allowed(organization text) returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select greatest(1, coalesce(app.entitled_seats(organization), 1) - coalesce((
    select greatest(0, s.extra_seats - c.extra_seats - (select count(*)::integer from public.seats x
      where x.organization_id = organization and x.status <> 'revoked'
        and x.id in (select jsonb_array_elements_text(c.leavers))))
    from public.subscriptions s join public.subscription_changes c on c.subscription_id = s.id
    where s.organization_id = organization and s.extra_seats > 0 and c.kind = 'seats' and c.extra_seats < s.extra_seats
      and c.status in ('requested', 'sent', 'unknown', 'scheduled', 'awaiting_payment') limit 1), 0)) $$;
--> statement-breakpoint
-- Who has the seats of an organization or is promised one, for those who look after its money and for staff.
create function app.seat_holders(organization text) returns table (seat_id text, status text, who text, since timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select x.id, x.status, case when x.status = 'claimed' then coalesce(u.name, u.email) else i.email end, x.created_at
  from public.seats x left join public.users u on u.id = x.user_id left join public.organization_invitations i on i.id = x.invitation_id
  where x.organization_id = organization and x.status <> 'revoked'
    and (app.is_staff() or app.organization_role(organization) in ('owner', 'admin', 'billing')) $$;
--> statement-breakpoint
-- Nobody takes or gives a seat of an organization until the transaction ends.
create function app.hold_seats(organization text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if app.is_staff() or app.organization_role(organization) in ('owner', 'admin', 'billing') then
    perform 1 from public.organizations o where o.id = organization for no key update;
  end if;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.extra_seats(text), app.seat_holders(text), app.hold_seats(text) from public;
--> statement-breakpoint
grant execute on function app.extra_seats(text), app.seat_holders(text), app.hold_seats(text) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
-- As before; whatever says how many seats there are, what was bought beside them comes on top.
create or replace view entitlements_effective with (security_invoker = true) as
  select present.organization_id, said.feature, said.value, present.source, present.plan_version_id, present.starts_at,
    present.ends_at, present.reason, present.created_by
  from (
    select distinct on (e.organization_id, e.feature) e.*
    from entitlements e
    where e.replaced_at is null and e.starts_at <= (select app_now()) and (e.ends_at is null or e.ends_at > (select app_now()))
    order by e.organization_id, e.feature, e.source = 'override' desc
  ) present
  cross join lateral (
    select case when present.feature = 'seats' then app.extra_seats(present.organization_id) else 0 end as seats offset 0
  ) bought
  cross join lateral (
    select present.feature,
      case when bought.seats > 0 then to_jsonb((present.value #>> '{}')::numeric + bought.seats) else present.value end as value
    union all
    select 'hasSeatsGT1', to_jsonb((present.value #>> '{}')::numeric + bought.seats > 1) where present.feature = 'seats'
  ) said;
