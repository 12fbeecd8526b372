ALTER TABLE "drifts" DROP CONSTRAINT "drifts_kind";--> statement-breakpoint
ALTER TABLE "organization_domains" ADD COLUMN "lapsed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "plan_versions" ADD COLUMN "pause_keeps" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_announcements" ADD COLUMN "headers" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "off_lines" jsonb;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_card_hash" text;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "headers" text;--> statement-breakpoint
CREATE INDEX "subscriptions_trial_card" ON "subscriptions" USING btree ("trial_card_hash") WHERE trial_card_hash is not null;--> statement-breakpoint
ALTER TABLE "drifts" ADD CONSTRAINT "drifts_kind" CHECK ("drifts"."kind" in ('subscription', 'invoice', 'payment', 'checkout', 'organization'));