CREATE TABLE "announcement_attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "announcement_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" text NOT NULL,
	"ok" boolean NOT NULL,
	"status" smallint,
	"problem" text,
	"milliseconds" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "announcement_attempts_problem" CHECK (ok = (problem is null))
);
--> statement-breakpoint
CREATE TABLE "announcement_deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"endpoint_id" text NOT NULL,
	"campaign_id" text NOT NULL,
	"action" text NOT NULL,
	"version" bigint NOT NULL,
	"part" text NOT NULL,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "announcement_deliveries_state" CHECK ("announcement_deliveries"."state" in ('pending', 'delivered', 'given_up'))
);
--> statement-breakpoint
CREATE TABLE "announcement_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_secret_until" timestamp with time zone,
	"access_key" text,
	"disabled_at" timestamp with time zone,
	"disabled_by" text,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_drafts" (
	"campaign_id" text PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_price_orders" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"product_id" text NOT NULL,
	"currency" text NOT NULL,
	"interval" text,
	"interval_count" smallint,
	"amount" bigint NOT NULL,
	"stripe_price_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "campaign_price_orders_stripePriceId_unique" UNIQUE("stripe_price_id")
);
--> statement-breakpoint
CREATE TABLE "campaign_versions" (
	"campaign_id" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"content" jsonb NOT NULL,
	"revision" integer,
	"reason" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "campaign_versions_campaign_id_version_pk" PRIMARY KEY("campaign_id","version"),
	CONSTRAINT "campaign_versions_kind" CHECK ("campaign_versions"."kind" in ('published', 'ended'))
);
--> statement-breakpoint
CREATE TABLE "stripe_price_looks" (
	"stripe_price_id" text PRIMARY KEY NOT NULL,
	"found" boolean NOT NULL,
	"active" boolean NOT NULL,
	"currency" text,
	"amount" bigint,
	"interval" text,
	"interval_count" smallint,
	"checked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
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
ALTER TABLE "campaign_announcements" ADD COLUMN "applied_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaign_announcements" ADD COLUMN "visible_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "stopped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "amount" bigint;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "source" text DEFAULT 'delivered' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "emptied_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "announcement_attempts" ADD CONSTRAINT "announcement_attempts_delivery_id_announcement_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."announcement_deliveries"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_deliveries" ADD CONSTRAINT "announcement_deliveries_endpoint_id_announcement_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."announcement_endpoints"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_drafts" ADD CONSTRAINT "campaign_drafts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_price_orders" ADD CONSTRAINT "campaign_price_orders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_price_orders" ADD CONSTRAINT "campaign_price_orders_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_versions" ADD CONSTRAINT "campaign_versions_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_flags" ADD CONSTRAINT "customer_flags_about_id_customers_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_flags" ADD CONSTRAINT "customer_flags_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_notes" ADD CONSTRAINT "customer_notes_about_id_customers_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_notes" ADD CONSTRAINT "customer_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_batch_items" ADD CONSTRAINT "webhook_batch_items_batch_id_webhook_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."webhook_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_batch_items" ADD CONSTRAINT "webhook_batch_items_event_id_webhook_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."webhook_events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcement_attempts_delivery" ON "announcement_attempts" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "announcement_deliveries_once" ON "announcement_deliveries" USING btree ("endpoint_id","campaign_id","version","part");--> statement-breakpoint
CREATE INDEX "announcement_deliveries_list" ON "announcement_deliveries" USING btree ("endpoint_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_price_orders_once" ON "campaign_price_orders" USING btree ("campaign_id","product_id","currency","amount",coalesce("interval", ''),coalesce(interval_count, 0));--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_versions_revision" ON "campaign_versions" USING btree ("campaign_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "drifts_open" ON "drifts" USING btree ("object","field") WHERE healed_at is null;--> statement-breakpoint
CREATE INDEX "drifts_found" ON "drifts" USING btree ("found_at","id");--> statement-breakpoint
CREATE INDEX "reconciled_objects_looked" ON "reconciled_objects" USING btree ("looked_at");--> statement-breakpoint
CREATE INDEX "customer_notes_about" ON "customer_notes" USING btree ("about_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "saved_views" USING btree ("user_id","list","name");--> statement-breakpoint
CREATE INDEX "webhook_batch_items_event" ON "webhook_batch_items" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_batches_created" ON "webhook_batches" USING btree ("created_at","id");--> statement-breakpoint
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
CREATE INDEX "campaign_announcements_received" ON "campaign_announcements" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "campaign_prices_product" ON "campaign_prices" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "subscriptions_created" ON "subscriptions" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "subscriptions_status_created" ON "subscriptions" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_attempts_started" ON "webhook_attempts" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "webhook_events_kept" ON "webhook_events" USING btree ("received_at") WHERE emptied_at is null and status in ('handled', 'ignored', 'discarded');--> statement-breakpoint
CREATE INDEX "webhook_events_self" ON "webhook_events" USING btree ("received_at") WHERE source = 'self_test';--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("email_normalized","id");--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_source" CHECK ("webhook_events"."source" in ('delivered', 'reconciled', 'self_test'));