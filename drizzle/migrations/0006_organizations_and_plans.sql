CREATE SCHEMA "runs";
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"feature" text NOT NULL,
	"value" jsonb NOT NULL,
	"source" text NOT NULL,
	"plan_version_id" text,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"replaced_at" timestamp with time zone,
	CONSTRAINT "entitlements_source" CHECK ("entitlements"."source" in ('plan', 'override')),
	CONSTRAINT "entitlements_plan" CHECK ((source = 'plan') = (plan_version_id is not null)),
	CONSTRAINT "entitlements_reason" CHECK (source = 'plan' or length(reason) > 0),
	CONSTRAINT "entitlements_end" CHECK (ends_at is null or ends_at > starts_at)
);
--> statement-breakpoint
CREATE TABLE "runs"."telemetry" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"from_plan" text,
	"to_plan" text NOT NULL,
	"cause_event" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization_brands" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"logo_file_id" text,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organization_brands_name" CHECK (length(name) between 2 and 100),
	CONSTRAINT "organization_brands_color" CHECK (color ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
CREATE TABLE "organization_invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"email_normalized" text NOT NULL,
	"role" text NOT NULL,
	"locale" text NOT NULL,
	"token_hash" text NOT NULL,
	"sendings" integer DEFAULT 1 NOT NULL,
	"invited_by" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" text,
	"withdrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organization_invitations_tokenHash_unique" UNIQUE("token_hash"),
	CONSTRAINT "organization_invitations_role" CHECK ("organization_invitations"."role" in ('owner', 'admin', 'billing', 'member')),
	CONSTRAINT "organization_invitations_locale" CHECK ("organization_invitations"."locale" in ('sv', 'en')),
	CONSTRAINT "organization_invitations_accepted" CHECK ((accepted_at is null) = (accepted_by is null))
);
--> statement-breakpoint
CREATE TABLE "organization_members" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	CONSTRAINT "organization_members_role" CHECK ("organization_members"."role" in ('owner', 'admin', 'billing', 'member'))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"name_folded" text GENERATED ALWAYS AS (lower(name)) STORED,
	"billing_customer_id" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "organizations_kind" CHECK ("organizations"."kind" in ('personal', 'company')),
	CONSTRAINT "organizations_named" CHECK ((kind = 'personal') = (name is null)),
	CONSTRAINT "organizations_personal_open" CHECK (kind = 'company' or closed_at is null)
);
--> statement-breakpoint
CREATE TABLE "seat_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "seat_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "seats" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text,
	"invitation_id" text,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "seats_status" CHECK ("seats"."status" in ('pending', 'claimed', 'revoked')),
	CONSTRAINT "seats_taken" CHECK (coalesce(user_id, invitation_id) is not null),
	CONSTRAINT "seats_claimed" CHECK (status <> 'claimed' or user_id is not null)
);
--> statement-breakpoint
CREATE TABLE "plan_migration_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"migration_id" text NOT NULL,
	"subscription_id" text NOT NULL,
	"change_id" text,
	"obstacle" text,
	"undo_change_id" text,
	"undo_obstacle" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_migration_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plan_migration_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "plan_migrations" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_code" text NOT NULL,
	"from_version_id" text NOT NULL,
	"to_version_id" text NOT NULL,
	"status" text NOT NULL,
	"subscribers" integer NOT NULL,
	"reason" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plan_migrations_idempotencyKey_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "plan_migrations_status" CHECK ("plan_migrations"."status" in ('running', 'stopped', 'done', 'undoing', 'undone'))
);
--> statement-breakpoint
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
	"grace_days" integer DEFAULT 14 NOT NULL,
	"reason" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"published_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "plan_versions_grace" CHECK (grace_days between 0 and 90),
	CONSTRAINT "plan_versions_status" CHECK ("plan_versions"."status" in ('draft', 'publishing', 'published', 'retired'))
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
	"free_until_at" timestamp with time zone,
	"from_product_id" text,
	"product_id" text,
	"variant_id" text,
	"price_receipt_id" text,
	"plan_version_id" text,
	"stripe_price_id" text,
	"amount" bigint,
	"currency" text,
	"interval" text,
	"interval_count" smallint,
	"campaign_id" text,
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
	CONSTRAINT "subscription_changes_kind" CHECK ("subscription_changes"."kind" in ('cancel', 'keep', 'plan', 'pause', 'resume', 'retry', 'version', 'free')),
	CONSTRAINT "subscription_changes_timing" CHECK ("subscription_changes"."timing" in ('now', 'period_end')),
	CONSTRAINT "subscription_changes_reason" CHECK ("subscription_changes"."reason" in ('too_expensive', 'unused', 'switched_service', 'missing_features', 'low_quality', 'customer_service', 'too_complex', 'other')),
	CONSTRAINT "subscription_changes_plan" CHECK ((kind = 'plan') = (stripe_price_id is not null)),
	CONSTRAINT "subscription_changes_free" CHECK ((kind = 'free') = (free_until_at is not null)),
	CONSTRAINT "subscription_changes_refund" CHECK ((refund_amount is null) = (refund_payment_id is null))
);
--> statement-breakpoint
CREATE TABLE "card_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"subscription_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "products" DROP CONSTRAINT "products_kind";--> statement-breakpoint
ALTER TABLE "credit_settings" DROP CONSTRAINT "credit_settings_stopped";--> statement-breakpoint
ALTER TABLE "credit_operations" DROP CONSTRAINT "credit_operations_kind";--> statement-breakpoint
DROP INDEX "credit_operations_but_uses";--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "customer_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "organization_id" text;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "lookup_key" text;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "grace_days" integer DEFAULT 14 NOT NULL;--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "organization_id" text;--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "plan_version_id" text;--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD COLUMN "cause" text DEFAULT 'refund' NOT NULL;--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD COLUMN "origin_id" text;--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "fulfilments" ADD COLUMN "carrier" text;--> statement-breakpoint
ALTER TABLE "fulfilments" ADD COLUMN "tracking_number" text;--> statement-breakpoint
ALTER TABLE "fulfilments" ADD COLUMN "tracking_url" text;--> statement-breakpoint
ALTER TABLE "provider_customers" ADD COLUMN "organization_id" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "organization_id" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "attempt_count" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "pay_url" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "organization_id" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "plan_version_id" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "anchor_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "pause_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "resume_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "stripe_card_id" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "card_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "card_page_id" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "overdue_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "grace_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "grace_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_feature_features_key_fk" FOREIGN KEY ("feature") REFERENCES "public"."features"("key") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_plan_version_id_plan_versions_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs"."telemetry" ADD CONSTRAINT "telemetry_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_brands" ADD CONSTRAINT "organization_brands_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_brands" ADD CONSTRAINT "organization_brands_logo_file_id_media_files_id_fk" FOREIGN KEY ("logo_file_id") REFERENCES "public"."media_files"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_brands" ADD CONSTRAINT "organization_brands_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_invitations" ADD CONSTRAINT "organization_invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_invitations" ADD CONSTRAINT "organization_invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_invitations" ADD CONSTRAINT "organization_invitations_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_members" ADD CONSTRAINT "organization_members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_members" ADD CONSTRAINT "organization_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_billing_customer_id_customers_id_fk" FOREIGN KEY ("billing_customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_invitation_id_organization_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."organization_invitations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_migration_steps" ADD CONSTRAINT "plan_migration_steps_migration_id_plan_migrations_id_fk" FOREIGN KEY ("migration_id") REFERENCES "public"."plan_migrations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_migration_steps" ADD CONSTRAINT "plan_migration_steps_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_migration_steps" ADD CONSTRAINT "plan_migration_steps_change_id_subscription_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."subscription_changes"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_migration_steps" ADD CONSTRAINT "plan_migration_steps_undo_change_id_subscription_changes_id_fk" FOREIGN KEY ("undo_change_id") REFERENCES "public"."subscription_changes"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_plan_code_plans_code_fk" FOREIGN KEY ("plan_code") REFERENCES "public"."plans"("code") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_from_version_id_plan_versions_id_fk" FOREIGN KEY ("from_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_to_version_id_plan_versions_id_fk" FOREIGN KEY ("to_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_entitlements" ADD CONSTRAINT "plan_entitlements_plan_version_id_plan_versions_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_entitlements" ADD CONSTRAINT "plan_entitlements_feature_features_key_fk" FOREIGN KEY ("feature") REFERENCES "public"."features"("key") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_version_prices" ADD CONSTRAINT "plan_version_prices_plan_version_id_plan_versions_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_plan_code_plans_code_fk" FOREIGN KEY ("plan_code") REFERENCES "public"."plans"("code") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_from_product_id_products_id_fk" FOREIGN KEY ("from_product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_plan_version_id_plan_versions_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_links" ADD CONSTRAINT "card_links_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_links" ADD CONSTRAINT "card_links_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "entitlements_present" ON "entitlements" USING btree ("organization_id","feature","source") WHERE replaced_at is null;--> statement-breakpoint
CREATE INDEX "entitlements_history" ON "entitlements" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "entitlements_version" ON "entitlements" USING btree ("plan_version_id") WHERE replaced_at is null;--> statement-breakpoint
CREATE INDEX "telemetry_organization" ON "runs"."telemetry" USING btree ("organization_id","at");--> statement-breakpoint
CREATE INDEX "telemetry_at" ON "runs"."telemetry" USING btree ("at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_invitations_open" ON "organization_invitations" USING btree ("organization_id","email_normalized") WHERE accepted_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "organization_invitations_made" ON "organization_invitations" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "organization_invitations_expiry" ON "organization_invitations" USING btree ("expires_at") WHERE accepted_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "organization_members_present" ON "organization_members" USING btree ("organization_id","user_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "organization_members_user" ON "organization_members" USING btree ("user_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "organization_members_joined" ON "organization_members" USING btree ("organization_id","joined_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_personal" ON "organizations" USING btree ("created_by") WHERE kind = 'personal';--> statement-breakpoint
CREATE INDEX "organizations_billing_customer" ON "organizations" USING btree ("billing_customer_id");--> statement-breakpoint
CREATE INDEX "organizations_created" ON "organizations" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "organizations_name_prefix" ON "organizations" USING btree ("name_folded" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "seat_transitions_subject" ON "seat_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "seats_of_member" ON "seats" USING btree ("organization_id","user_id") WHERE status <> 'revoked';--> statement-breakpoint
CREATE UNIQUE INDEX "seats_of_invitation" ON "seats" USING btree ("invitation_id") WHERE status <> 'revoked';--> statement-breakpoint
CREATE INDEX "seats_organization" ON "seats" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_migration_steps_once" ON "plan_migration_steps" USING btree ("migration_id","subscription_id");--> statement-breakpoint
CREATE INDEX "plan_migration_steps_migration" ON "plan_migration_steps" USING btree ("migration_id","created_at","id");--> statement-breakpoint
CREATE INDEX "plan_migration_steps_change" ON "plan_migration_steps" USING btree ("change_id") WHERE change_id is not null;--> statement-breakpoint
CREATE INDEX "plan_migration_transitions_subject" ON "plan_migration_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_migrations_one_running" ON "plan_migrations" USING btree ("plan_code") WHERE status in ('running', 'undoing');--> statement-breakpoint
CREATE INDEX "plan_migrations_plan" ON "plan_migrations" USING btree ("plan_code","created_at","id");--> statement-breakpoint
CREATE INDEX "plan_entitlements_feature" ON "plan_entitlements" USING btree ("feature");--> statement-breakpoint
CREATE INDEX "plan_version_transitions_subject" ON "plan_version_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_number" ON "plan_versions" USING btree ("plan_code","version");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_published" ON "plan_versions" USING btree ("plan_code") WHERE status = 'published';--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_draft" ON "plan_versions" USING btree ("plan_code") WHERE status in ('draft', 'publishing');--> statement-breakpoint
CREATE INDEX "subscription_change_transitions_subject" ON "subscription_change_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_changes_one_scheduled" ON "subscription_changes" USING btree ("subscription_id") WHERE status = 'scheduled';--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_changes_one_in_flight" ON "subscription_changes" USING btree ("subscription_id") WHERE status in ('requested', 'sent', 'unknown', 'awaiting_payment');--> statement-breakpoint
CREATE INDEX "subscription_changes_subscription" ON "subscription_changes" USING btree ("subscription_id","created_at");--> statement-breakpoint
CREATE INDEX "subscription_changes_plan_version" ON "subscription_changes" USING btree ("plan_version_id") WHERE plan_version_id is not null;--> statement-breakpoint
CREATE INDEX "subscription_changes_failed_move" ON "subscription_changes" USING btree ("subscription_id") WHERE status = 'failed' and plan_version_id is not null;--> statement-breakpoint
CREATE INDEX "subscription_changes_due" ON "subscription_changes" USING btree ("next_check_at") WHERE next_check_at is not null;--> statement-breakpoint
CREATE INDEX "card_links_subscription" ON "card_links" USING btree ("subscription_id");--> statement-breakpoint
CREATE INDEX "card_links_customer" ON "card_links" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "card_links_expires" ON "card_links" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkouts" ADD CONSTRAINT "checkouts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkouts" ADD CONSTRAINT "checkouts_plan_version_id_plan_versions_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD CONSTRAINT "credit_reclaims_origin_id_credit_reclaims_id_fk" FOREIGN KEY ("origin_id") REFERENCES "public"."credit_reclaims"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_plan_version_id_plan_versions_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_versions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcement_endpoints_created" ON "announcement_endpoints" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "api_keys_organization" ON "api_keys" USING btree ("organization_id","created_at","id") WHERE organization_id is not null;--> statement-breakpoint
CREATE INDEX "checkouts_organization" ON "checkouts" USING btree ("organization_id") WHERE organization_id is not null;--> statement-breakpoint
CREATE INDEX "checkouts_top_ups_by_time" ON "checkouts" USING btree ("created_at","id") WHERE top_up_card is not null;--> statement-breakpoint
CREATE INDEX "credit_reclaims_origin" ON "credit_reclaims" USING btree ("origin_id") WHERE origin_id is not null;--> statement-breakpoint
CREATE INDEX "provider_customers_organization" ON "provider_customers" USING btree ("organization_id") WHERE organization_id is not null;--> statement-breakpoint
CREATE INDEX "users_staff" ON "users" USING btree ("email_normalized","id") WHERE staff_role is not null;--> statement-breakpoint
CREATE INDEX "orders_organization" ON "orders" USING btree ("organization_id") WHERE organization_id is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_organization" ON "subscriptions" USING btree ("organization_id") WHERE organization_id is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_plan_version" ON "subscriptions" USING btree ("plan_version_id") WHERE plan_version_id is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_grace_due" ON "subscriptions" USING btree ("grace_due_at") WHERE grace_due_at is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_resume" ON "subscriptions" USING btree ("resume_at") WHERE resume_at is not null;--> statement-breakpoint
CREATE INDEX "credit_operations_but_uses" ON "credit_operations" USING btree ("customer_id","at") WHERE kind in ('grant', 'expire', 'reclaim', 'remove', 'settle_debt', 'raise_debt', 'forgive_debt', 'restore');--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_holder" CHECK ((customer_id is null) = (organization_id is not null));--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_of_organization" CHECK (organization_id is null or budget_credits is null);--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_grace" CHECK (grace_days between 0 and 90);--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_kind" CHECK ("products"."kind" in ('membership', 'merchandise', 'credit_pack', 'plan'));--> statement-breakpoint
ALTER TABLE "checkouts" ADD CONSTRAINT "checkouts_plan" CHECK ((organization_id is null) = (plan_version_id is null));--> statement-breakpoint
ALTER TABLE "credit_settings" ADD CONSTRAINT "credit_settings_stopped" CHECK ("credit_settings"."stopped_reason" in ('no_card', 'declined', 'approval', 'not_for_sale', 'mismatch', 'disputed', 'refunded'));--> statement-breakpoint
ALTER TABLE "credit_operations" ADD CONSTRAINT "credit_operations_kind" CHECK ("credit_operations"."kind" in ('grant', 'consume', 'report', 'reserve', 'confirm', 'release', 'lapse', 'expire', 'reclaim', 'remove', 'settle_debt', 'raise_debt', 'forgive_debt', 'restore'));--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD CONSTRAINT "credit_reclaims_cause" CHECK ("credit_reclaims"."cause" in ('refund', 'dispute'));--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_plan" CHECK ((organization_id is null) = (plan_version_id is null));