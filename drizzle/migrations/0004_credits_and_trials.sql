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
CREATE TABLE "credit_settings" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"top_up" boolean DEFAULT false NOT NULL,
	"top_up_below" bigint,
	"product_id" text,
	"quantity" integer,
	"currency" text,
	"daily_cap" bigint,
	"monthly_cap" bigint,
	"stopped_at" timestamp with time zone,
	"stopped_reason" text,
	"next_try_at" timestamp with time zone,
	"low_below" bigint,
	"low_percent" smallint,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "credit_settings_stopped" CHECK ("credit_settings"."stopped_reason" in ('no_card', 'declined', 'approval', 'not_for_sale')),
	CONSTRAINT "credit_settings_whole" CHECK (not top_up or (top_up_below > 0 and product_id is not null and quantity between 1 and 99 and currency is not null and daily_cap > 0 and monthly_cap >= daily_cap)),
	CONSTRAINT "credit_settings_percent" CHECK (low_percent is null or low_percent between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "credit_accounts" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"debt" bigint DEFAULT 0 NOT NULL,
	"signal_below" bigint[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "credit_accounts_debt" CHECK (debt >= 0)
);
--> statement-breakpoint
CREATE TABLE "credit_adjustments" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"credits" bigint NOT NULL,
	"reason" text NOT NULL,
	"within_limit" boolean NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"outcome" text,
	"carried_out_at" timestamp with time zone,
	CONSTRAINT "credit_adjustments_key_unique" UNIQUE("key"),
	CONSTRAINT "credit_adjustments_kind" CHECK ("credit_adjustments"."kind" in ('add', 'remove')),
	CONSTRAINT "credit_adjustments_decision" CHECK ("credit_adjustments"."decision" in ('approved', 'refused')),
	CONSTRAINT "credit_adjustments_outcome" CHECK ("credit_adjustments"."outcome" in ('done', 'insufficient')),
	CONSTRAINT "credit_adjustments_credits" CHECK (credits > 0),
	CONSTRAINT "credit_adjustments_decided" CHECK ((decision is null) = (decided_by is null)),
	CONSTRAINT "credit_adjustments_four_eyes" CHECK (decision is distinct from 'approved' or within_limit or decided_by <> requested_by)
);
--> statement-breakpoint
CREATE TABLE "credit_allocations" (
	"operation_id" text NOT NULL,
	"position" smallint NOT NULL,
	"grant_id" text,
	"available" bigint NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "credit_allocations_operation_id_position_pk" PRIMARY KEY("operation_id","position")
);
--> statement-breakpoint
CREATE TABLE "credit_budgets" (
	"api_key_id" text NOT NULL,
	"period" text NOT NULL,
	"customer_id" text NOT NULL,
	"used" bigint NOT NULL,
	"window_starts_at" timestamp with time zone NOT NULL,
	CONSTRAINT "credit_budgets_api_key_id_period_pk" PRIMARY KEY("api_key_id","period"),
	CONSTRAINT "credit_budgets_period" CHECK ("credit_budgets"."period" in ('day', 'week', 'month', 'total')),
	CONSTRAINT "credit_budgets_used" CHECK (used >= 0)
);
--> statement-breakpoint
CREATE TABLE "credit_grants" (
	"id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"key" text NOT NULL,
	"source" text NOT NULL,
	"source_id" text NOT NULL,
	"cost_basis" text NOT NULL,
	"credits" bigint NOT NULL,
	"used" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"expired" bigint DEFAULT 0 NOT NULL,
	"reclaimed" bigint DEFAULT 0 NOT NULL,
	"remaining" bigint GENERATED ALWAYS AS (credits - used - held - expired - reclaimed) STORED NOT NULL,
	"owed_back" bigint DEFAULT 0 NOT NULL,
	"open" boolean DEFAULT true NOT NULL,
	"priority" smallint DEFAULT 0 NOT NULL,
	"effective_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"api_key_id" text,
	"feature" text,
	"money_amount" bigint,
	"money_currency" text,
	"booked_revenue" bigint DEFAULT 0 NOT NULL,
	"booked_breakage" bigint DEFAULT 0 NOT NULL,
	"booked_reclaimed" bigint DEFAULT 0 NOT NULL,
	"booked_credits" bigint DEFAULT 0 NOT NULL,
	"settled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "credit_grants_key_unique" UNIQUE("key"),
	CONSTRAINT "credit_grants_source" CHECK ("credit_grants"."source" in ('purchase', 'plan', 'promotion', 'refund', 'manual')),
	CONSTRAINT "credit_grants_cost_basis" CHECK ("credit_grants"."cost_basis" in ('paid', 'free')),
	CONSTRAINT "credit_grants_credits" CHECK (credits > 0),
	CONSTRAINT "credit_grants_enough" CHECK (used >= 0 and held >= 0 and expired >= 0 and reclaimed >= 0 and credits - used - held - expired - reclaimed >= 0),
	CONSTRAINT "credit_grants_open" CHECK (open or credits - used - expired - reclaimed = 0),
	CONSTRAINT "credit_grants_money" CHECK ((money_amount is null) = (money_currency is null) and money_amount >= 0),
	CONSTRAINT "credit_grants_owed_back" CHECK (owed_back between 0 and credits)
);
--> statement-breakpoint
CREATE TABLE "credit_operations" (
	"id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"credits" bigint NOT NULL,
	"balance_after" bigint NOT NULL,
	"api_key_id" text,
	"reason" text NOT NULL,
	"reference" text,
	"actor" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "credit_operations_key_unique" UNIQUE("key"),
	CONSTRAINT "credit_operations_kind" CHECK ("credit_operations"."kind" in ('grant', 'consume', 'report', 'reserve', 'confirm', 'release', 'lapse', 'expire', 'reclaim', 'remove', 'settle_debt', 'raise_debt')),
	CONSTRAINT "credit_operations_credits" CHECK (credits >= 0)
);
--> statement-breakpoint
CREATE TABLE "credit_reclaims" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"customer_id" text NOT NULL,
	"source_id" text NOT NULL,
	"wanted_credits" bigint NOT NULL,
	"taken_credits" bigint NOT NULL,
	"waiting_credits" bigint NOT NULL,
	"spent_credits" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"carried_out_at" timestamp with time zone,
	CONSTRAINT "credit_reclaims_key_unique" UNIQUE("key"),
	CONSTRAINT "credit_reclaims_decision" CHECK ("credit_reclaims"."decision" in ('debt', 'let_go')),
	CONSTRAINT "credit_reclaims_decided" CHECK ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
	CONSTRAINT "credit_reclaims_sum" CHECK (wanted_credits = taken_credits + waiting_credits + spent_credits)
);
--> statement-breakpoint
CREATE TABLE "credit_reservations" (
	"id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"api_key_id" text,
	"feature" text,
	"credits" bigint NOT NULL,
	"operation_id" text NOT NULL,
	"posting_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ending" text,
	"ended_at" timestamp with time zone,
	"confirmed_credits" bigint,
	"end_operation_id" text,
	CONSTRAINT "credit_reservations_operationId_unique" UNIQUE("operation_id"),
	CONSTRAINT "credit_reservations_ending" CHECK ("credit_reservations"."ending" in ('confirm', 'release', 'lapse')),
	CONSTRAINT "credit_reservations_day" CHECK (expires_at <= created_at + interval '24 hours'),
	CONSTRAINT "credit_reservations_ended" CHECK ((ending is null) = (ended_at is null))
);
--> statement-breakpoint
DROP INDEX "webhook_events_received";--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "trial_days" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "setup_fee_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "setup_fee_stripe_price_id" text;--> statement-breakpoint
ALTER TABLE "product_media" ADD COLUMN "file_id" text;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "credits_per_unit" integer;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "credits_valid_days" integer;--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "access_token_sealed" text;--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "credit_pointer" jsonb;--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "top_up_card" text;--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "payment_external_id" text;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD COLUMN "key_sealed" text;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "part" text DEFAULT 'item' NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_end_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "trial_notice_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "result" jsonb;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_settings" ADD CONSTRAINT "credit_settings_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_settings" ADD CONSTRAINT "credit_settings_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_accounts" ADD CONSTRAINT "credit_accounts_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_adjustments" ADD CONSTRAINT "credit_adjustments_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_allocations" ADD CONSTRAINT "credit_allocations_operation_id_credit_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."credit_operations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_allocations" ADD CONSTRAINT "credit_allocations_grant_id_credit_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."credit_grants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_budgets" ADD CONSTRAINT "credit_budgets_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_budgets" ADD CONSTRAINT "credit_budgets_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_grants" ADD CONSTRAINT "credit_grants_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_grants" ADD CONSTRAINT "credit_grants_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_operations" ADD CONSTRAINT "credit_operations_customer_id_credit_accounts_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."credit_accounts"("customer_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD CONSTRAINT "credit_reclaims_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_operation_id_credit_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."credit_operations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_posting_id_ledger_postings_id_fk" FOREIGN KEY ("posting_id") REFERENCES "public"."ledger_postings"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_reservations" ADD CONSTRAINT "credit_reservations_end_operation_id_credit_operations_id_fk" FOREIGN KEY ("end_operation_id") REFERENCES "public"."credit_operations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_user" ON "api_keys" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "api_keys_customer" ON "api_keys" USING btree ("customer_id","created_at");--> statement-breakpoint
CREATE INDEX "api_keys_created" ON "api_keys" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "credit_settings_next_try" ON "credit_settings" USING btree ("next_try_at") WHERE next_try_at is not null;--> statement-breakpoint
CREATE INDEX "credit_adjustments_waiting" ON "credit_adjustments" USING btree ("requested_at","id") WHERE decision is null;--> statement-breakpoint
CREATE INDEX "credit_adjustments_of" ON "credit_adjustments" USING btree ("customer_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "credit_budgets_of" ON "credit_budgets" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "credit_grants_open_of" ON "credit_grants" USING btree ("customer_id") WHERE open;--> statement-breakpoint
CREATE INDEX "credit_grants_expiring" ON "credit_grants" USING btree ("expires_at") WHERE open and expires_at is not null;--> statement-breakpoint
CREATE INDEX "credit_grants_unsettled" ON "credit_grants" USING btree ("id") WHERE money_amount is not null and not settled;--> statement-breakpoint
CREATE INDEX "credit_grants_of" ON "credit_grants" USING btree ("customer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "credit_grants_owed_back" ON "credit_grants" USING btree ("id") WHERE owed_back > 0;--> statement-breakpoint
CREATE INDEX "credit_grants_from" ON "credit_grants" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "credit_operations_of" ON "credit_operations" USING btree ("customer_id","at","id");--> statement-breakpoint
CREATE INDEX "credit_operations_but_uses" ON "credit_operations" USING btree ("customer_id","at") WHERE kind in ('grant', 'expire', 'reclaim', 'remove', 'settle_debt', 'raise_debt');--> statement-breakpoint
CREATE INDEX "credit_reclaims_undecided" ON "credit_reclaims" USING btree ("created_at","id") WHERE decision is null and spent_credits > 0;--> statement-breakpoint
CREATE INDEX "credit_reclaims_of" ON "credit_reclaims" USING btree ("customer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "credit_reclaims_source" ON "credit_reclaims" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "credit_reservations_held" ON "credit_reservations" USING btree ("expires_at") WHERE ending is null;--> statement-breakpoint
CREATE INDEX "credit_reservations_of" ON "credit_reservations" USING btree ("customer_id","created_at","id");--> statement-breakpoint
ALTER TABLE "product_media" ADD CONSTRAINT "product_media_file_id_media_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."media_files"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checkouts_top_ups" ON "checkouts" USING btree ("customer_id","created_at") WHERE top_up_card is not null;--> statement-breakpoint
CREATE INDEX "checkouts_credits" ON "checkouts" USING btree ("customer_id","created_at") WHERE credit_pointer is not null;--> statement-breakpoint
CREATE INDEX "price_receipts_created" ON "price_receipts" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "refunds_created" ON "refunds" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "subscriptions_order" ON "subscriptions" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "subscriptions_trial_notice" ON "subscriptions" USING btree ("trial_notice_at") WHERE trial_notice_at is not null;--> statement-breakpoint
CREATE INDEX "webhook_events_in_order" ON "webhook_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "withdrawals_received" ON "withdrawals" USING btree ("received_at","id");--> statement-breakpoint
ALTER TABLE "checkouts" ADD CONSTRAINT "checkouts_paymentExternalId_unique" UNIQUE("payment_external_id");--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_terms" CHECK ("interval" is not null or (trial_days = 0 and setup_fee_amount = 0));--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_trial_days" CHECK (trial_days = 0 or trial_days between 2 and 365);--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_setup_fee" CHECK (setup_fee_amount >= 0);--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_credits" CHECK (credits_per_unit is null or (kind = 'credit_pack' and credits_per_unit > 0));--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_credits_valid" CHECK (credits_valid_days is null or credits_valid_days > 0);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_part" CHECK ("order_lines"."part" in ('item', 'setup_fee'));