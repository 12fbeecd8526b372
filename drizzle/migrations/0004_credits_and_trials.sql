CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"token_hash" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"rate_limit" integer NOT NULL,
	"budget_credits" bigint,
	"budget_period" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_by" text,
	CONSTRAINT "api_keys_tokenHash_unique" UNIQUE("token_hash"),
	CONSTRAINT "api_keys_budget_period" CHECK ("api_keys"."budget_period" in ('day', 'week', 'month', 'total')),
	CONSTRAINT "api_keys_budget" CHECK ((budget_credits is null) = (budget_period is null) and coalesce(budget_credits, 0) >= 0),
	CONSTRAINT "api_keys_rate_limit" CHECK (rate_limit between 1 and 100000)
);
--> statement-breakpoint
CREATE TABLE "media_files" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "media_files_type" CHECK ("media_files"."type" in ('image/png', 'image/jpeg', 'image/webp')),
	CONSTRAINT "media_files_size" CHECK (octet_length(bytes) between 1 and 3000000)
);
--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "trial_days" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "setup_fee_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "setup_fee_stripe_price_id" text;--> statement-breakpoint
ALTER TABLE "product_media" ADD COLUMN "file_id" text;--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "access_token_sealed" text;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD COLUMN "key_sealed" text;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "part" text DEFAULT 'item' NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_end_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_notice_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_user" ON "api_keys" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "api_keys_customer" ON "api_keys" USING btree ("customer_id","created_at");--> statement-breakpoint
CREATE INDEX "api_keys_created" ON "api_keys" USING btree ("created_at","id");--> statement-breakpoint
ALTER TABLE "product_media" ADD CONSTRAINT "product_media_file_id_media_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."media_files"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "subscriptions_order" ON "subscriptions" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "subscriptions_trial_notice" ON "subscriptions" USING btree ("trial_notice_at") WHERE trial_notice_at is not null;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_terms" CHECK ("interval" is not null or (trial_days = 0 and setup_fee_amount = 0));--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_trial_days" CHECK (trial_days = 0 or trial_days between 2 and 365);--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_setup_fee" CHECK (setup_fee_amount >= 0);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_part" CHECK ("order_lines"."part" in ('item', 'setup_fee'));