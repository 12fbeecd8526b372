-- Rights, policies, triggers and functions of what 0010 made
--> statement-breakpoint
-- Trials and offers
set local role kraftverk_service;
--> statement-breakpoint
-- Trials that a process of the release before wrote beside the newer one, as 0009 did for those that there were.
update subscriptions set had_trial = true
  where not had_trial and exists (select 1 from subscription_transitions t where t.subject_id = subscriptions.id and t.event = 'trial_started');
--> statement-breakpoint
reset role;
--> statement-breakpoint
grant update (trial_days, trial_without_card) on plan_versions to kraftverk_member;
--> statement-breakpoint
-- The mailed link also says of a trial without a card when it ends, what that brings and what would be charged. Beside
-- app.card_link, whose columns stay as the processes of the release before have prepared them.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.card_link_trial(hash text, at timestamptz)
  returns table (trial_end_at timestamptz, trial_without_card text, amount bigint)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when s.stripe_card_id is null and s.trial_without_card is not null and s.status in ('trialing', 'paused') then s.trial_end_at end,
    s.trial_without_card, s.amount
  from app.card_link(hash, at) link join public.subscriptions s on s.id = link.subscription_id $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.card_link_trial(text, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.card_link_trial(text, timestamptz) to kraftverk_member, kraftverk_service;
