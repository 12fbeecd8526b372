ALTER TABLE "prices" ADD COLUMN "trial_days" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "setup_fee_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "setup_fee_stripe_price_id" text;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "part" text DEFAULT 'item' NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_end_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_notice_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "subscriptions_trial_notice" ON "subscriptions" USING btree ("trial_notice_at") WHERE trial_notice_at is not null;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_terms" CHECK ("interval" is not null or (trial_days = 0 and setup_fee_amount = 0));--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_trial_days" CHECK (trial_days = 0 or trial_days between 2 and 365);--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_setup_fee" CHECK (setup_fee_amount >= 0);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_part" CHECK ("order_lines"."part" in ('item', 'setup_fee'));