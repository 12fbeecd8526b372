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
