ALTER TABLE "prices" DROP CONSTRAINT "prices_trial_end";--> statement-breakpoint
ALTER TABLE "plan_versions" DROP CONSTRAINT "plan_versions_trial_end";--> statement-breakpoint
ALTER TABLE "subscriptions" DROP CONSTRAINT "subscriptions_trial_end";--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_trial_end" CHECK ("prices"."trial_without_card" in ('cancel', 'pause', 'create_invoice'));--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_trial_end" CHECK ("plan_versions"."trial_without_card" in ('cancel', 'pause', 'create_invoice'));--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_trial_end" CHECK ("subscriptions"."trial_without_card" in ('cancel', 'pause', 'create_invoice'));