ALTER TABLE "subscription_changes" DROP CONSTRAINT "subscription_changes_kind";--> statement-breakpoint
ALTER TABLE "subscription_changes" DROP CONSTRAINT "subscription_changes_seats";--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "most_units" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_most_units" CHECK (most_units = 1 or (kind = 'membership' and most_units between 2 and 99));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_kind" CHECK ("subscription_changes"."kind" in ('cancel', 'keep', 'plan', 'pause', 'resume', 'retry', 'version', 'free', 'discount', 'seats', 'units'));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_seats" CHECK (kind not in ('seats', 'units') or (quantity > 0 and extra_seats >= 0 and amount is not null));