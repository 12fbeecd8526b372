CREATE TABLE "features" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"position" integer NOT NULL,
	"documented" boolean DEFAULT false NOT NULL,
	"derived" boolean DEFAULT false NOT NULL,
	CONSTRAINT "features_kind" CHECK ("features"."kind" in ('boolean', 'number', 'metered'))
);
--> statement-breakpoint
CREATE TABLE "plan_entitlements" (
	"plan_version_id" text NOT NULL,
	"feature" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "plan_entitlements_plan_version_id_feature_pk" PRIMARY KEY("plan_version_id","feature")
);
--> statement-breakpoint
CREATE TABLE "plan_version_prices" (
	"plan_version_id" text NOT NULL,
	"currency" text NOT NULL,
	"interval" text NOT NULL,
	"amount" bigint NOT NULL,
	"lookup_key" text NOT NULL,
	CONSTRAINT "plan_version_prices_plan_version_id_currency_interval_pk" PRIMARY KEY("plan_version_id","currency","interval"),
	CONSTRAINT "plan_version_prices_interval" CHECK ("plan_version_prices"."interval" in ('month', 'year')),
	CONSTRAINT "plan_version_prices_currency" CHECK ("plan_version_prices"."currency" in ('SEK', 'EUR', 'USD')),
	CONSTRAINT "plan_version_prices_amount" CHECK (amount >= 0)
);
--> statement-breakpoint
CREATE TABLE "plan_version_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plan_version_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "plan_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_code" text NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"name" jsonb NOT NULL,
	"summary" jsonb NOT NULL,
	"reason" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "plan_versions_status" CHECK ("plan_versions"."status" in ('draft', 'published', 'retired'))
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"code" text PRIMARY KEY NOT NULL,
	"product_id" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "plans_productId_unique" UNIQUE("product_id"),
	CONSTRAINT "plans_position_unique" UNIQUE("position")
);
--> statement-breakpoint
ALTER TABLE "products" DROP CONSTRAINT "products_kind";--> statement-breakpoint
ALTER TABLE "plan_entitlements" ADD CONSTRAINT "plan_entitlements_plan_version_id_plan_versions_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_entitlements" ADD CONSTRAINT "plan_entitlements_feature_features_key_fk" FOREIGN KEY ("feature") REFERENCES "public"."features"("key") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_version_prices" ADD CONSTRAINT "plan_version_prices_plan_version_id_plan_versions_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_plan_code_plans_code_fk" FOREIGN KEY ("plan_code") REFERENCES "public"."plans"("code") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plan_entitlements_feature" ON "plan_entitlements" USING btree ("feature");--> statement-breakpoint
CREATE INDEX "plan_version_transitions_subject" ON "plan_version_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_number" ON "plan_versions" USING btree ("plan_code","version");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_published" ON "plan_versions" USING btree ("plan_code") WHERE status = 'published';--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_draft" ON "plan_versions" USING btree ("plan_code") WHERE status = 'draft';--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_kind" CHECK ("products"."kind" in ('membership', 'merchandise', 'credit_pack', 'plan'));