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
ALTER TABLE "campaign_announcements" ADD COLUMN "applied_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaign_announcements" ADD COLUMN "visible_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "stopped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "announcement_attempts" ADD CONSTRAINT "announcement_attempts_delivery_id_announcement_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."announcement_deliveries"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_deliveries" ADD CONSTRAINT "announcement_deliveries_endpoint_id_announcement_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."announcement_endpoints"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_drafts" ADD CONSTRAINT "campaign_drafts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_price_orders" ADD CONSTRAINT "campaign_price_orders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_price_orders" ADD CONSTRAINT "campaign_price_orders_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_versions" ADD CONSTRAINT "campaign_versions_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcement_attempts_delivery" ON "announcement_attempts" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "announcement_deliveries_once" ON "announcement_deliveries" USING btree ("endpoint_id","campaign_id","version","part");--> statement-breakpoint
CREATE INDEX "announcement_deliveries_list" ON "announcement_deliveries" USING btree ("endpoint_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_price_orders_once" ON "campaign_price_orders" USING btree ("campaign_id","product_id","currency","amount",coalesce("interval", ''),coalesce(interval_count, 0));--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_versions_revision" ON "campaign_versions" USING btree ("campaign_id","revision");--> statement-breakpoint
CREATE INDEX "campaign_announcements_received" ON "campaign_announcements" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "campaign_prices_product" ON "campaign_prices" USING btree ("product_id");