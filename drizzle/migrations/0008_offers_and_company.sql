CREATE TABLE "company_details" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"org_number" text NOT NULL,
	"vat_number" text NOT NULL,
	"address" text NOT NULL,
	"email" text NOT NULL,
	"phone" text,
	"bank" text,
	"set_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "retention_offers" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"product_ids" text[] DEFAULT '{}'::text[] NOT NULL,
	"reasons" text[] DEFAULT '{}'::text[] NOT NULL,
	"discount_bps" integer,
	"months" smallint,
	"product_id" text,
	"variant_id" text,
	"active_from" timestamp with time zone,
	"active_until" timestamp with time zone,
	"again_after_months" smallint DEFAULT 12 NOT NULL,
	"position" smallint DEFAULT 100 NOT NULL,
	"on" boolean DEFAULT true NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "retention_offers_kind" CHECK ("retention_offers"."kind" in ('discount', 'pause', 'plan', 'free')),
	CONSTRAINT "retention_offers_discount" CHECK ((kind = 'discount') = (discount_bps is not null)),
	CONSTRAINT "retention_offers_share" CHECK (discount_bps between 1 and 10000),
	CONSTRAINT "retention_offers_months" CHECK (months between 1 and 36 and (kind not in ('discount', 'free') or months is not null)),
	CONSTRAINT "retention_offers_plan" CHECK ((kind = 'plan') = (variant_id is not null) and (variant_id is null) = (product_id is null))
);
--> statement-breakpoint
CREATE TABLE "retention_showings" (
	"id" text PRIMARY KEY NOT NULL,
	"offer_id" text NOT NULL,
	"subscription_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"reason" text,
	"comment" text,
	"kind" text NOT NULL,
	"discount_bps" integer,
	"months" smallint,
	"product_id" text,
	"variant_id" text,
	"amount" bigint,
	"stripe_price_id" text,
	"free_until_at" timestamp with time zone,
	"renews_at" timestamp with time zone,
	"answer" text,
	"answered_at" timestamp with time zone,
	"idempotency_key" text NOT NULL,
	"shown_at" timestamp with time zone NOT NULL,
	CONSTRAINT "retention_showings_idempotencyKey_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "retention_showings_answer" CHECK ("retention_showings"."answer" in ('accepted', 'declined')),
	CONSTRAINT "retention_showings_answered" CHECK ((answer is null) = (answered_at is null))
);
--> statement-breakpoint
ALTER TABLE "subscription_changes" DROP CONSTRAINT "subscription_changes_kind";--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "discount_bps" integer;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "discount_months" smallint;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "showing_id" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "had_trial" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_refused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "discount_bps" integer;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "discount_amount" bigint;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "discount_until_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "place" bigint;--> statement-breakpoint
ALTER TABLE "retention_offers" ADD CONSTRAINT "retention_offers_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_offers" ADD CONSTRAINT "retention_offers_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_showings" ADD CONSTRAINT "retention_showings_offer_id_retention_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."retention_offers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_showings" ADD CONSTRAINT "retention_showings_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_showings" ADD CONSTRAINT "retention_showings_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_showings" ADD CONSTRAINT "retention_showings_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_showings" ADD CONSTRAINT "retention_showings_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "company_details_set" ON "company_details" USING btree ("set_at","id");--> statement-breakpoint
CREATE INDEX "retention_offers_created" ON "retention_offers" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "retention_showings_offer" ON "retention_showings" USING btree ("offer_id","shown_at","id");--> statement-breakpoint
CREATE INDEX "retention_showings_customer" ON "retention_showings" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "retention_showings_subscription" ON "retention_showings" USING btree ("subscription_id","answered_at");--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_showing_id_retention_showings_id_fk" FOREIGN KEY ("showing_id") REFERENCES "public"."retention_showings"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "emails_sent" ON "emails" USING btree ("sent_at") WHERE sent_at is not null;--> statement-breakpoint
CREATE INDEX "payment_attempts_declined" ON "payment_attempts" USING btree ("at") WHERE outcome = 'declined';--> statement-breakpoint
CREATE INDEX "payments_paid" ON "payments" USING btree ("paid_at") WHERE paid_at is not null;--> statement-breakpoint
CREATE INDEX "refunds_completed" ON "refunds" USING btree ("completed_at") WHERE completed_at is not null;--> statement-breakpoint
CREATE INDEX "subscription_changes_showing" ON "subscription_changes" USING btree ("showing_id") WHERE showing_id is not null;--> statement-breakpoint
CREATE INDEX "invoices_created" ON "invoices" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "invoices_total" ON "invoices" USING btree ("total_amount","id");--> statement-breakpoint
CREATE INDEX "invoices_status_created" ON "invoices" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "invoices_number_prefix" ON "invoices" USING btree ("number" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "subscriptions_started" ON "subscriptions" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "subscriptions_ended" ON "subscriptions" USING btree ("ended_at") WHERE ended_at is not null;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_discount" CHECK ((kind = 'discount') = (discount_bps is not null));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_kind" CHECK ("subscription_changes"."kind" in ('cancel', 'keep', 'plan', 'pause', 'resume', 'retry', 'version', 'free', 'discount'));