ALTER TABLE "prices" ADD COLUMN "trial_without_card" text;--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD COLUMN "notice_days" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_versions" ADD COLUMN "trial_days" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_versions" ADD COLUMN "trial_without_card" text;--> statement-breakpoint
ALTER TABLE "retention_showings" ADD COLUMN "interval" text;--> statement-breakpoint
ALTER TABLE "retention_showings" ADD COLUMN "interval_count" smallint;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_without_card" text;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_trial_end" CHECK ("prices"."trial_without_card" in ('cancel', 'pause'));--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_trial_card" CHECK (trial_without_card is null or (trial_days > 0 and setup_fee_amount = 0));--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_notice" CHECK (notice_days between 0 and 365);--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_trial" CHECK (trial_days = 0 or trial_days between 2 and 365);--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_trial_end" CHECK ("plan_versions"."trial_without_card" in ('cancel', 'pause'));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_discount_months" CHECK (kind <> 'discount' or (discount_bps = 0) = (discount_months is null));--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_trial_end" CHECK ("subscriptions"."trial_without_card" in ('cancel', 'pause'));