CREATE TABLE "drifts" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"object" text NOT NULL,
	"subject" text,
	"field" text NOT NULL,
	"ours" text,
	"theirs" text,
	"healed_by" text,
	"found_at" timestamp with time zone NOT NULL,
	"healed_at" timestamp with time zone,
	CONSTRAINT "drifts_kind" CHECK ("drifts"."kind" in ('subscription', 'invoice', 'payment', 'checkout'))
);
--> statement-breakpoint
CREATE TABLE "reconciled_objects" (
	"id" text PRIMARY KEY NOT NULL,
	"looked_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reconciliation_streams" (
	"name" text PRIMARY KEY NOT NULL,
	"cursor_at" timestamp with time zone NOT NULL,
	"walk_from" timestamp with time zone,
	"walk_down_to" timestamp with time zone,
	"ran_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"seen" integer DEFAULT 0 NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "customer_flags" (
	"about_id" text NOT NULL,
	"flag" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "customer_flags_about_id_flag_pk" PRIMARY KEY("about_id","flag"),
	CONSTRAINT "customer_flags_flag" CHECK ("customer_flags"."flag" in ('watch', 'complaint', 'care', 'no_contact', 'vip'))
);
--> statement-breakpoint
CREATE TABLE "customer_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"about_id" text NOT NULL,
	"author_id" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "customer_notes_size" CHECK (char_length(text) between 1 and 4000)
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"list" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_views_sizes" CHECK (char_length(name) between 1 and 60 and char_length(query) <= 2000)
);
--> statement-breakpoint
CREATE TABLE "webhook_batch_items" (
	"batch_id" text NOT NULL,
	"position" integer NOT NULL,
	"event_id" text NOT NULL,
	"would" text,
	"would_effect" text,
	"outcome" text,
	"note" text,
	CONSTRAINT "webhook_batch_items_batch_id_position_pk" PRIMARY KEY("batch_id","position"),
	CONSTRAINT "webhook_batch_items_would" CHECK ("webhook_batch_items"."would" in ('handled', 'ignored', 'fails')),
	CONSTRAINT "webhook_batch_items_outcome" CHECK ("webhook_batch_items"."outcome" in ('replayed', 'discarded', 'skipped'))
);
--> statement-breakpoint
CREATE TABLE "webhook_batches" (
	"id" text PRIMARY KEY NOT NULL,
	"act" text NOT NULL,
	"selection" jsonb NOT NULL,
	"idempotency_key" text NOT NULL,
	"created_by" text NOT NULL,
	"reason" text,
	"total" integer NOT NULL,
	"truncated" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"rehearsed_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	CONSTRAINT "webhook_batches_idempotencyKey_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "webhook_batches_act" CHECK ("webhook_batches"."act" in ('replay', 'discard'))
);
--> statement-breakpoint
DROP INDEX "customers_email";--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "name_folded" text GENERATED ALWAYS AS (lower(name)) STORED;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "last_name_folded" text GENERATED ALWAYS AS (lower(substr(name, nullif(strpos(name, ' '), 0) + 1))) STORED;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "amount" bigint;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "source" text DEFAULT 'delivered' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "emptied_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customer_flags" ADD CONSTRAINT "customer_flags_about_id_customers_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_flags" ADD CONSTRAINT "customer_flags_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_notes" ADD CONSTRAINT "customer_notes_about_id_customers_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_notes" ADD CONSTRAINT "customer_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_batch_items" ADD CONSTRAINT "webhook_batch_items_batch_id_webhook_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."webhook_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_batch_items" ADD CONSTRAINT "webhook_batch_items_event_id_webhook_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."webhook_events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "drifts_open" ON "drifts" USING btree ("object","field") WHERE healed_at is null;--> statement-breakpoint
CREATE INDEX "drifts_found" ON "drifts" USING btree ("found_at","id");--> statement-breakpoint
CREATE INDEX "reconciled_objects_looked" ON "reconciled_objects" USING btree ("looked_at");--> statement-breakpoint
CREATE INDEX "customer_notes_about" ON "customer_notes" USING btree ("about_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "saved_views" USING btree ("user_id","list","name");--> statement-breakpoint
CREATE INDEX "webhook_batch_items_event" ON "webhook_batch_items" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_batches_created" ON "webhook_batches" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "checkouts_unknown" ON "checkouts" USING btree ("created_at") WHERE status = 'unknown';--> statement-breakpoint
CREATE INDEX "customers_email_prefix" ON "customers" USING btree ("email_normalized" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "customers_name_prefix" ON "customers" USING btree ("name_folded" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "customers_last_name_prefix" ON "customers" USING btree ("last_name_folded" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "customers_created" ON "customers" USING btree ("created_at","id") WHERE merged_into_id is null;--> statement-breakpoint
CREATE INDEX "emails_status_created" ON "emails" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "emails_address_prefix" ON "emails" USING btree ("to_address" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "emails_template_prefix" ON "emails" USING btree ("template" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_total_placed" ON "orders" USING btree ("total_amount","id");--> statement-breakpoint
CREATE INDEX "orders_status_placed" ON "orders" USING btree ("status","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_number_prefix" ON "orders" USING btree ("number" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_email_prefix" ON "orders" USING btree ("email" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "payments_unknown" ON "payments" USING btree ("created_at") WHERE status = 'unknown';--> statement-breakpoint
CREATE INDEX "payments_card" ON "payments" USING btree ("card_last4","created_at");--> statement-breakpoint
CREATE INDEX "campaign_prices_product" ON "campaign_prices" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "subscriptions_created" ON "subscriptions" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "subscriptions_status_created" ON "subscriptions" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_waiting" ON "alerts" USING btree ("raised_at") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "webhook_events_kept" ON "webhook_events" USING btree ("received_at") WHERE emptied_at is null and status in ('handled', 'ignored', 'discarded');--> statement-breakpoint
CREATE INDEX "webhook_events_self" ON "webhook_events" USING btree ("received_at") WHERE source = 'self_test';--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("email_normalized","id");--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_source" CHECK ("webhook_events"."source" in ('delivered', 'reconciled', 'self_test'));