ALTER TABLE "retention_showings" ADD COLUMN "interval" text;--> statement-breakpoint
ALTER TABLE "retention_showings" ADD COLUMN "interval_count" smallint;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_discount_months" CHECK (kind <> 'discount' or (discount_bps = 0) = (discount_months is null));