ALTER TABLE "subscription_changes" ADD COLUMN "trial_rule" text;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "trial_end_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_trial_rule" CHECK ("subscription_changes"."trial_rule" in ('from_start', 'restart'));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_trial" CHECK ((trial_rule is null) = (trial_end_at is null));