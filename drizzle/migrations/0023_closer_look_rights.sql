-- Rights, policies, triggers and functions of what 0022 made
-- As in 0021, and money off also goes by the end that was told: what its first charge came without is paid back.
alter policy member_wish on subscription_changes
  with check (status = 'requested' and effective_at is null and completed_at is null
    and late_at is null and late_amount is null and (told_end_at is null or ((timing = 'period_end' or kind = 'free' or (kind = 'discount' and discount_bps > 0)) and exists (select 1 from subscriptions s
      where s.id = subscription_id and s.current_period_end_at = told_end_at)))
    and (refund_amount is null or (select app.staff_is('owner', 'finance')))
    and (showing_id is null or exists (select 1 from retention_showings w where w.id = showing_id and w.answer is null
      and w.subscription_id = subscription_changes.subscription_id and w.kind = subscription_changes.kind
      and (w.kind <> 'discount' or (w.discount_bps, w.months) = (subscription_changes.discount_bps, subscription_changes.discount_months))
      and (w.kind <> 'free' or w.free_until_at = subscription_changes.free_until_at)))
    and (kind not in ('free', 'version', 'discount') or (select app.staff_is('owner', 'finance'))
      or (kind <> 'version' and showing_id is not null))
    and exists (select 1 from subscriptions s where s.id = subscription_id and s.customer_id = subscription_changes.customer_id
      and ((select app.staff_is('owner', 'finance')) or (kind in ('keep', 'pause') and (select app.staff_is('support')))
        or case when s.organization_id is null then s.customer_id = (select app.customer_id())
          else s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])) end)));
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- How many of a person's membership a mailed link is about, beside what it shows of it: a plan is one, whatever its seats.
create function app.card_link_units(hash text, at timestamptz) returns table (units integer)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when s.organization_id is null then s.quantity else 1 end
  from app.card_link(hash, at) link join public.subscriptions s on s.id = link.subscription_id $$;
--> statement-breakpoint
-- As in 0007, with a plan that is kept: nearly every policy of a member's asks for them, some twice in a statement.
create or replace function app.my_organizations() returns setof text
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query select m.organization_id from public.organization_members m join public.organizations o on o.id = m.organization_id
    where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null
    union all select o.id from public.organizations o where o.id = app.key_organization() and o.closed_at is null;
end $$;
--> statement-breakpoint
create or replace function app.my_organizations(roles text[]) returns setof text
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query select m.organization_id from public.organization_members m join public.organizations o on o.id = m.organization_id
    where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null and m.role = any(roles);
end $$;
--> statement-breakpoint
-- What every page of a member's asks: their organizations, the personal one first, then companies by name. One look instead of a
-- statement whose two tables each ask for them again.
create function app.own_organizations(most integer) returns table (id text, kind text, name text, role text)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query select o.id, o.kind, o.name, m.role from public.organization_members m join public.organizations o on o.id = m.organization_id
    where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null
    order by o.kind = 'company', o.name, o.id limit most;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.card_link_units(text, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.card_link_units(text, timestamptz) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
revoke all on function app.own_organizations(integer) from public;
--> statement-breakpoint
grant execute on function app.own_organizations(integer) to kraftverk_member;
