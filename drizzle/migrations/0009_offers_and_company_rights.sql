-- Rights, policies, triggers and functions of what 0008 made
--> statement-breakpoint
-- Offers to somebody who is leaving: staff who sell write them, members see those that are on, and what was shown to them.
do $$
declare t text;
begin
  foreach t in array array['retention_offers', 'retention_showings'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update on public.%I to kraftverk_service', t);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update on retention_offers to kraftverk_member;
--> statement-breakpoint
create policy member_read on retention_offers for select to kraftverk_member
  using ((select app.is_staff()) or ("on" and (select app.customer_id()) is not null));
--> statement-breakpoint
create policy staff_begin on retention_offers for insert to kraftverk_member
  with check ((select app.staff_is('owner', 'marketing')));
--> statement-breakpoint
create policy staff_write on retention_offers for update to kraftverk_member
  using ((select app.staff_is('owner', 'marketing'))) with check ((select app.staff_is('owner', 'marketing')));
--> statement-breakpoint
grant select, insert, update (answer, answered_at) on retention_showings to kraftverk_member;
--> statement-breakpoint
create policy member_own on retention_showings for select to kraftverk_member
  using ((select app.is_staff()) or exists (select 1 from subscriptions s where s.id = subscription_id
    and case when s.organization_id is null then s.customer_id = (select app.customer_id())
      else s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])) end));
--> statement-breakpoint
-- What is shown is what an offer that is on says, to whom and for the reason that it is meant for; free time lasts no longer
-- than it says (to the day: the shop's clock may differ from the database's).
create policy member_shown on retention_showings for insert to kraftverk_member
  with check (answer is null
    and exists (select 1 from retention_offers o, subscriptions s
      where o.id = offer_id and o."on" and s.id = subscription_id and s.customer_id = retention_showings.customer_id
      and (o.kind, o.discount_bps, o.months, o.variant_id) is not distinct from
        (retention_showings.kind, retention_showings.discount_bps, retention_showings.months, retention_showings.variant_id)
      and (cardinality(o.product_ids) = 0 or s.product_id = any(o.product_ids))
      and (cardinality(o.reasons) = 0 or coalesce(retention_showings.reason = any(o.reasons), false))
      and (o.kind = 'free') = (retention_showings.free_until_at is not null)
      and (o.kind <> 'free' or retention_showings.free_until_at
        <= s.current_period_end_at + o.months * s.interval_count * ('1 ' || s."interval")::interval + interval '1 day')
      and case when s.organization_id is null then s.customer_id = (select app.customer_id())
        else s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])) end));
--> statement-breakpoint
create policy member_answer on retention_showings for update to kraftverk_member
  using (exists (select 1 from subscriptions s where s.id = subscription_id
    and case when s.organization_id is null then s.customer_id = (select app.customer_id())
      else s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])) end))
  with check (answer is not null);
--> statement-breakpoint
-- Once answered it stays so.
create function app.keep_answer() returns trigger language plpgsql as $$
begin
  if old.answer is not null then
    raise exception 'the offer was answered' using errcode = 'check_violation', constraint = 'retention_showings_answered_once';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger retention_showings_answered_once before update on retention_showings
  for each row when (old.answer is distinct from new.answer) execute function app.keep_answer();
--> statement-breakpoint
-- Free time and money off are staff's to give, or what was shown to somebody who accepts it now.
alter policy member_wish on subscription_changes
  with check (status = 'requested' and effective_at is null and completed_at is null
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
grant update (grace_days) on plan_versions to kraftverk_member;
--> statement-breakpoint
grant update (grace_days) on products to kraftverk_member;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- A trial that was had: free time that staff gave is none.
update subscriptions set had_trial = true
  where exists (select 1 from subscription_transitions t where t.subject_id = subscriptions.id and t.event = 'trial_started');
--> statement-breakpoint
reset role;
-- Here the offers to those who leave end.
--> statement-breakpoint
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
