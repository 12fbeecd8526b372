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
-- The mailed link also says of a trial without a card when it ends, what that brings and what would be charged.
drop function app.card_link(text, timestamptz);
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.card_link(hash text, at timestamptz)
  returns table (subscription_id text, stripe_subscription_id text, status text, product_name jsonb, currency text, owed bigint,
    payment_status text, pay_url text, next_attempt_at timestamptz, card_brand text, card_last4 text, card_page_id text, trying boolean,
    trial_end_at timestamptz, trial_without_card text, amount bigint)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, s.stripe_subscription_id, s.status, p.name, s.currency, bill.owed, bill.status, bill.pay_url,
    bill.next_payment_attempt_at, card.card_brand, card.card_last4, s.card_page_id,
    s.status in ('past_due', 'unpaid') and (
      exists (select 1 from public.subscription_changes c where c.subscription_id = s.id and c.kind = 'retry'
        and c.status in ('requested', 'sent', 'unknown'))
      or (s.card_since >= s.overdue_since and not exists (select 1 from public.subscription_changes c where c.subscription_id = s.id
        and c.kind = 'retry' and c.idempotency_key like s.id || ':retry:' || s.stripe_card_id || ':%')
        and not exists (select 1 from public.payment_attempts a join public.payments y on y.id = a.payment_id
          join public.invoices i on i.id = y.invoice_id where i.subscription_id = s.id and a.at >= s.card_since))),
    case when s.stripe_card_id is null and s.trial_without_card is not null and s.status in ('trialing', 'paused') then s.trial_end_at end,
    s.trial_without_card, s.amount
  from public.card_links l join public.subscriptions s on s.id = l.subscription_id join public.products p on p.id = s.product_id
    left join public.organizations o on o.id = s.organization_id
    left join lateral (select y.status, i.pay_url, i.next_payment_attempt_at,
        (select sum(w.total_amount - w.amount_paid) from public.invoices w
          where w.subscription_id = s.id and (w.status = 'open' or w.id = i.id))::bigint as owed
      from public.invoices i left join public.payments y on y.invoice_id = i.id
      where i.subscription_id = s.id and i.status in ('open', 'uncollectible')
      order by i.created_at desc, i.id desc limit 1) bill on true
    left join lateral (select y.card_brand, y.card_last4
      from public.payments y join public.invoices i on i.id = y.invoice_id
      where i.subscription_id = s.id and y.card_last4 is not null order by y.created_at desc, y.id desc limit 1) card on true
  where l.token_hash = hash and l.expires_at > at and s.status not in ('canceled', 'incomplete_expired')
    and l.customer_id = case when s.organization_id is null then s.customer_id else o.billing_customer_id end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.card_link(text, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.card_link(text, timestamptz) to kraftverk_member, kraftverk_service;
