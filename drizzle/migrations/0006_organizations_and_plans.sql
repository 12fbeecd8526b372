CREATE TABLE "subscription_change_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscription_change_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subject_id" text NOT NULL,
	"event" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"actor" text NOT NULL,
	"reason" text,
	"cause" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscription_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"subscription_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"timing" text NOT NULL,
	"status" text NOT NULL,
	"effective_at" timestamp with time zone,
	"resume_at" timestamp with time zone,
	"from_product_id" text,
	"product_id" text,
	"variant_id" text,
	"price_receipt_id" text,
	"stripe_price_id" text,
	"amount" bigint,
	"currency" text,
	"interval" text,
	"interval_count" smallint,
	"quote" jsonb,
	"proration_at" timestamp with time zone,
	"stripe_invoice_id" text,
	"pay_url" text,
	"expires_at" timestamp with time zone,
	"reason" text,
	"comment" text,
	"refund_amount" bigint,
	"refund_payment_id" text,
	"failure_code" text,
	"requested_by" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"next_check_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	CONSTRAINT "subscription_changes_idempotencyKey_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "subscription_changes_status" CHECK ("subscription_changes"."status" in ('requested', 'sent', 'unknown', 'scheduled', 'awaiting_payment', 'applied', 'failed', 'undone', 'superseded')),
	CONSTRAINT "subscription_changes_kind" CHECK ("subscription_changes"."kind" in ('cancel', 'keep', 'plan', 'pause', 'resume', 'retry')),
	CONSTRAINT "subscription_changes_timing" CHECK ("subscription_changes"."timing" in ('now', 'period_end')),
	CONSTRAINT "subscription_changes_reason" CHECK ("subscription_changes"."reason" in ('too_expensive', 'unused', 'switched_service', 'missing_features', 'low_quality', 'customer_service', 'too_complex', 'other')),
	CONSTRAINT "subscription_changes_plan" CHECK ((kind = 'plan') = (stripe_price_id is not null)),
	CONSTRAINT "subscription_changes_refund" CHECK ((refund_amount is null) = (refund_payment_id is null))
);
--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "pause_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "resume_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_from_product_id_products_id_fk" FOREIGN KEY ("from_product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "subscription_change_transitions_subject" ON "subscription_change_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_changes_one_scheduled" ON "subscription_changes" USING btree ("subscription_id") WHERE status = 'scheduled';--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_changes_one_in_flight" ON "subscription_changes" USING btree ("subscription_id") WHERE status in ('requested', 'sent', 'unknown', 'awaiting_payment');--> statement-breakpoint
CREATE INDEX "subscription_changes_subscription" ON "subscription_changes" USING btree ("subscription_id","created_at");--> statement-breakpoint
CREATE INDEX "subscription_changes_due" ON "subscription_changes" USING btree ("next_check_at") WHERE next_check_at is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_resume" ON "subscriptions" USING btree ("resume_at") WHERE resume_at is not null;