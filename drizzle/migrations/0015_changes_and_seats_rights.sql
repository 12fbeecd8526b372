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
