CREATE TABLE "change_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text,
	"rules" jsonb,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "change_rules_of_shop" CHECK (rules is not null or organization_id is not null)
);
--> statement-breakpoint
ALTER TABLE "prices" DROP CONSTRAINT "prices_trial_end";--> statement-breakpoint
ALTER TABLE "plan_versions" DROP CONSTRAINT "plan_versions_trial_end";--> statement-breakpoint
ALTER TABLE "subscription_changes" DROP CONSTRAINT "subscription_changes_kind";--> statement-breakpoint
ALTER TABLE "subscription_changes" DROP CONSTRAINT "subscription_changes_timing";--> statement-breakpoint
ALTER TABLE "subscriptions" DROP CONSTRAINT "subscriptions_trial_end";--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "included_seats" integer;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "seat_amount" bigint;--> statement-breakpoint
ALTER TABLE "plan_version_prices" ADD COLUMN "seat_amount" bigint;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "quantity" integer;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "extra_seats" integer;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "leavers" jsonb;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "quantity" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "included_seats" integer;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "seat_amount" bigint;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "extra_seats" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "carried_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "stripe_customer_id" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "balance_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "change_rules" ADD CONSTRAINT "change_rules_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "change_rules_newest" ON "change_rules" USING btree ("organization_id","set_at","id");--> statement-breakpoint
CREATE INDEX "subscriptions_extra_seats" ON "subscriptions" USING btree ("organization_id") WHERE extra_seats > 0;--> statement-breakpoint
CREATE INDEX "subscriptions_stripe_customer" ON "subscriptions" USING btree ("stripe_customer_id") WHERE stripe_customer_id is not null;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_seats" CHECK ((included_seats is null) = (seat_amount is null));--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_seats_renew" CHECK (seat_amount is null or ("interval" is not null and included_seats > 0 and seat_amount > 0));--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_trial_end" CHECK ("prices"."trial_without_card" in ('cancel', 'pause', 'create_invoice'));--> statement-breakpoint
ALTER TABLE "plan_version_prices" ADD CONSTRAINT "plan_version_prices_seat_amount" CHECK (seat_amount > 0);--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_trial_end" CHECK ("plan_versions"."trial_without_card" in ('cancel', 'pause', 'create_invoice'));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_seats" CHECK (kind <> 'seats' or (quantity > 0 and extra_seats >= 0 and amount is not null));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_kind" CHECK ("subscription_changes"."kind" in ('cancel', 'keep', 'plan', 'pause', 'resume', 'retry', 'version', 'free', 'discount', 'seats'));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_timing" CHECK ("subscription_changes"."timing" in ('now', 'next_invoice', 'period_end', 'new_cycle'));--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_seats" CHECK (quantity >= 0 and extra_seats >= 0);--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_trial_end" CHECK ("subscriptions"."trial_without_card" in ('cancel', 'pause', 'create_invoice'));