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
ALTER TABLE "alerts" ADD COLUMN "amount" bigint;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "source" text DEFAULT 'delivered' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "emptied_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_batch_items" ADD CONSTRAINT "webhook_batch_items_batch_id_webhook_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."webhook_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_batch_items" ADD CONSTRAINT "webhook_batch_items_event_id_webhook_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."webhook_events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "drifts_open" ON "drifts" USING btree ("object","field") WHERE healed_at is null;--> statement-breakpoint
CREATE INDEX "drifts_found" ON "drifts" USING btree ("found_at","id");--> statement-breakpoint
CREATE INDEX "reconciled_objects_looked" ON "reconciled_objects" USING btree ("looked_at");--> statement-breakpoint
CREATE INDEX "webhook_batch_items_event" ON "webhook_batch_items" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_batches_created" ON "webhook_batches" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "campaign_prices_product" ON "campaign_prices" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "webhook_events_kept" ON "webhook_events" USING btree ("received_at") WHERE emptied_at is null and status in ('handled', 'ignored', 'discarded');--> statement-breakpoint
CREATE INDEX "webhook_events_self" ON "webhook_events" USING btree ("received_at") WHERE source = 'self_test';--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_source" CHECK ("webhook_events"."source" in ('delivered', 'reconciled', 'self_test'));