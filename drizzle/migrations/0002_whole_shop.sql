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
CREATE TABLE "product_media" (
	"product_id" text NOT NULL,
	"position" integer NOT NULL,
	"art" text NOT NULL,
	"alt" jsonb NOT NULL,
	CONSTRAINT "product_media_product_id_position_pk" PRIMARY KEY("product_id","position")
);
--> statement-breakpoint
CREATE TABLE "audit_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"entries" bigint NOT NULL,
	"unsealed" bigint NOT NULL,
	"head_hash" text NOT NULL,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"position" bigint PRIMARY KEY NOT NULL,
	"entry_id" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_seals_entryId_unique" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "email_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"from_email" text NOT NULL,
	"to_email" text NOT NULL,
	"to_email_normalized" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "half_sign_ins" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"user_agent" text,
	"redirect_to" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "impersonations" (
	"id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"staff_user_id" text NOT NULL,
	"as_customer_id" text NOT NULL,
	"reason" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"challenge" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"user_id" text,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passkey_challenges_purpose" CHECK ("passkey_challenges"."purpose" in ('register', 'sign_in'))
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"sign_count" bigint NOT NULL,
	"transports" text NOT NULL,
	"name" text NOT NULL,
	"backed_up" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkeys_credentialId_unique" UNIQUE("credential_id")
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"email_normalized" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "staff_invitations_tokenHash_unique" UNIQUE("token_hash"),
	CONSTRAINT "staff_invitations_role" CHECK ("staff_invitations"."role" in ('owner', 'finance', 'support', 'marketing', 'read_only'))
);
--> statement-breakpoint
CREATE TABLE "totp_factors" (
	"user_id" text PRIMARY KEY NOT NULL,
	"secret_sealed" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_levels" (
	"variant_id" text NOT NULL,
	"location_id" text NOT NULL,
	"on_hand" integer DEFAULT 0 NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "stock_levels_variant_id_location_id_pk" PRIMARY KEY("variant_id","location_id"),
	CONSTRAINT "stock_levels_never_oversold" CHECK (reserved >= 0 and on_hand >= reserved)
);
--> statement-breakpoint
CREATE TABLE "stock_locations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"position" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"id" text PRIMARY KEY NOT NULL,
	"variant_id" text NOT NULL,
	"location_id" text NOT NULL,
	"delta" integer NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"actor" text NOT NULL,
	"order_id" text,
	"idempotency_key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_movements_idempotencyKey_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "stock_movements_reason" CHECK ("stock_movements"."reason" in ('received', 'counted', 'damaged', 'returned', 'correction', 'sold', 'restocked')),
	CONSTRAINT "stock_movements_delta" CHECK (delta <> 0)
);
--> statement-breakpoint
CREATE TABLE "stock_reservation_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stock_reservation_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "stock_reservations" (
	"id" text PRIMARY KEY NOT NULL,
	"checkout_id" text NOT NULL,
	"variant_id" text NOT NULL,
	"location_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"status" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_reservations_status" CHECK ("stock_reservations"."status" in ('reserved', 'consumed', 'released')),
	CONSTRAINT "stock_reservations_quantity" CHECK (quantity > 0)
);
--> statement-breakpoint
CREATE TABLE "stock_shortages" (
	"order_id" text NOT NULL,
	"variant_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_shortages_order_id_variant_id_pk" PRIMARY KEY("order_id","variant_id"),
	CONSTRAINT "stock_shortages_quantity" CHECK (quantity > 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"currency" text NOT NULL,
	"side" text NOT NULL,
	"guarded" boolean NOT NULL,
	"owner_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_accounts_side" CHECK ("ledger_accounts"."side" in ('debit', 'credit'))
);
--> statement-breakpoint
CREATE TABLE "ledger_balances" (
	"account_id" text PRIMARY KEY NOT NULL,
	"posted" bigint NOT NULL,
	"held" bigint NOT NULL,
	CONSTRAINT "ledger_balances_enough" CHECK (posted >= held),
	CONSTRAINT "ledger_balances_held" CHECK (held >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"posting_id" text NOT NULL,
	"position" smallint NOT NULL,
	"account_id" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "ledger_entries_amount" CHECK (amount <> 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_postings" (
	"id" text PRIMARY KEY NOT NULL,
	"no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "ledger_postings_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"phase" text NOT NULL,
	"settles" text,
	"reverses" text,
	"entry_count" smallint NOT NULL,
	"actor" text NOT NULL,
	"reason" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_postings_no_unique" UNIQUE("no"),
	CONSTRAINT "ledger_postings_key_unique" UNIQUE("key"),
	CONSTRAINT "ledger_postings_phase" CHECK ("ledger_postings"."phase" in ('posted', 'pending', 'void')),
	CONSTRAINT "ledger_postings_void_settles" CHECK (phase <> 'void' or settles is not null),
	CONSTRAINT "ledger_postings_entries" CHECK (entry_count >= 2)
);
--> statement-breakpoint
CREATE TABLE "ledger_seals" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"posting_id" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "ledger_seals_postingId_unique" UNIQUE("posting_id")
);
--> statement-breakpoint
CREATE TABLE "ledger_verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"postings" integer NOT NULL,
	"entries" integer NOT NULL,
	"sealed" integer NOT NULL,
	"head_hash" text NOT NULL,
	"problems" jsonb NOT NULL
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
CREATE TABLE "retention_marks" (
	"name" text PRIMARY KEY NOT NULL,
	"place" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refund_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refund_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "refunds" (
	"id" text PRIMARY KEY NOT NULL,
	"payment_id" text NOT NULL,
	"order_id" text,
	"withdrawal_id" text,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"lines" jsonb NOT NULL,
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"external_id" text,
	"failure_code" text,
	"next_check_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	CONSTRAINT "refunds_idempotencyKey_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "refunds_externalId_unique" UNIQUE("external_id"),
	CONSTRAINT "refunds_status" CHECK ("refunds"."status" in ('requested', 'sent', 'unknown', 'processing', 'succeeded', 'failed')),
	CONSTRAINT "refunds_amount" CHECK (amount > 0)
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
CREATE TABLE "withdrawal_lines" (
	"withdrawal_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"refund_amount" bigint,
	CONSTRAINT "withdrawal_lines_withdrawal_id_order_line_id_pk" PRIMARY KEY("withdrawal_id","order_line_id")
);
--> statement-breakpoint
CREATE TABLE "withdrawal_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "withdrawal_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "withdrawals" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"status" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"refund_due_at" timestamp with time zone NOT NULL,
	"currency" text NOT NULL,
	"refund_amount" bigint,
	"review_reason" text,
	"refusal" text,
	"idempotency_key" text NOT NULL,
	"completed_at" timestamp with time zone,
	CONSTRAINT "withdrawals_idempotencyKey_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "withdrawals_status" CHECK ("withdrawals"."status" in ('received', 'needs_review', 'refunding', 'refunded', 'refused')),
	CONSTRAINT "withdrawals_review" CHECK ("withdrawals"."review_reason" in ('goods_to_return', 'not_paid', 'disputed', 'refund_failed')),
	CONSTRAINT "withdrawals_refund" CHECK (refund_amount >= 0)
);
--> statement-breakpoint
ALTER TABLE "account_tokens" DROP CONSTRAINT "account_tokens_purpose";--> statement-breakpoint
DROP INDEX "customers_email";--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "option_names" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "variants" ADD COLUMN "track_stock" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "detail" text;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "fact_key" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "name_folded" text GENERATED ALWAYS AS (lower(name)) STORED;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "last_name_folded" text GENERATED ALWAYS AS (lower(substr(name, nullif(strpos(name, ' '), 0) + 1))) STORED;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "authenticated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "second_factor" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "booked_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
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
ALTER TABLE "product_media" ADD CONSTRAINT "product_media_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "half_sign_ins" ADD CONSTRAINT "half_sign_ins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_staff_user_id_users_id_fk" FOREIGN KEY ("staff_user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_as_customer_id_customers_id_fk" FOREIGN KEY ("as_customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_invitations" ADD CONSTRAINT "staff_invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_factors" ADD CONSTRAINT "totp_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_location_id_stock_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."stock_locations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_location_id_stock_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."stock_locations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_checkout_id_checkouts_id_fk" FOREIGN KEY ("checkout_id") REFERENCES "public"."checkouts"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_location_id_stock_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."stock_locations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_shortages" ADD CONSTRAINT "stock_shortages_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_shortages" ADD CONSTRAINT "stock_shortages_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_balances" ADD CONSTRAINT "ledger_balances_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_posting_id_ledger_postings_id_fk" FOREIGN KEY ("posting_id") REFERENCES "public"."ledger_postings"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_settles_ledger_postings_id_fk" FOREIGN KEY ("settles") REFERENCES "public"."ledger_postings"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_reverses_ledger_postings_id_fk" FOREIGN KEY ("reverses") REFERENCES "public"."ledger_postings"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_seals" ADD CONSTRAINT "ledger_seals_posting_id_ledger_postings_id_fk" FOREIGN KEY ("posting_id") REFERENCES "public"."ledger_postings"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_withdrawal_id_withdrawals_id_fk" FOREIGN KEY ("withdrawal_id") REFERENCES "public"."withdrawals"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_flags" ADD CONSTRAINT "customer_flags_about_id_customers_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_flags" ADD CONSTRAINT "customer_flags_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_notes" ADD CONSTRAINT "customer_notes_about_id_customers_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_notes" ADD CONSTRAINT "customer_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_batch_items" ADD CONSTRAINT "webhook_batch_items_batch_id_webhook_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."webhook_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_batch_items" ADD CONSTRAINT "webhook_batch_items_event_id_webhook_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."webhook_events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawal_lines" ADD CONSTRAINT "withdrawal_lines_withdrawal_id_withdrawals_id_fk" FOREIGN KEY ("withdrawal_id") REFERENCES "public"."withdrawals"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawal_lines" ADD CONSTRAINT "withdrawal_lines_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcement_attempts_delivery" ON "announcement_attempts" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "announcement_deliveries_once" ON "announcement_deliveries" USING btree ("endpoint_id","campaign_id","version","part");--> statement-breakpoint
CREATE INDEX "announcement_deliveries_list" ON "announcement_deliveries" USING btree ("endpoint_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_price_orders_once" ON "campaign_price_orders" USING btree ("campaign_id","product_id","currency","amount",coalesce("interval", ''),coalesce(interval_count, 0));--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_versions_revision" ON "campaign_versions" USING btree ("campaign_id","revision");--> statement-breakpoint
CREATE INDEX "audit_checks_at" ON "audit_checks" USING btree ("at");--> statement-breakpoint
CREATE INDEX "email_changes_user" ON "email_changes" USING btree ("user_id","requested_at");--> statement-breakpoint
CREATE INDEX "half_sign_ins_user" ON "half_sign_ins" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "impersonations_open" ON "impersonations" USING btree ("session_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_user" ON "recovery_codes" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_invitations_open" ON "staff_invitations" USING btree ("email_normalized") WHERE accepted_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "stock_movements_variant" ON "stock_movements" USING btree ("variant_id","at","id");--> statement-breakpoint
CREATE INDEX "stock_movements_order" ON "stock_movements" USING btree ("order_id") WHERE order_id is not null;--> statement-breakpoint
CREATE INDEX "stock_reservation_transitions_subject" ON "stock_reservation_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "stock_reservations_once" ON "stock_reservations" USING btree ("checkout_id","variant_id","location_id");--> statement-breakpoint
CREATE INDEX "stock_reservations_standing" ON "stock_reservations" USING btree ("expires_at") WHERE status = 'reserved';--> statement-breakpoint
CREATE INDEX "stock_reservations_variant" ON "stock_reservations" USING btree ("variant_id") WHERE status = 'reserved';--> statement-breakpoint
CREATE INDEX "ledger_accounts_owner" ON "ledger_accounts" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "ledger_accounts_kind" ON "ledger_accounts" USING btree ("kind","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_posting" ON "ledger_entries" USING btree ("posting_id","position");--> statement-breakpoint
CREATE INDEX "ledger_entries_account" ON "ledger_entries" USING btree ("account_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_postings_settles" ON "ledger_postings" USING btree ("settles") WHERE settles is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_postings_reverses" ON "ledger_postings" USING btree ("reverses") WHERE reverses is not null;--> statement-breakpoint
CREATE INDEX "ledger_postings_source" ON "ledger_postings" USING btree ("source");--> statement-breakpoint
CREATE UNIQUE INDEX "drifts_open" ON "drifts" USING btree ("object","field") WHERE healed_at is null;--> statement-breakpoint
CREATE INDEX "drifts_found" ON "drifts" USING btree ("found_at","id");--> statement-breakpoint
CREATE INDEX "reconciled_objects_looked" ON "reconciled_objects" USING btree ("looked_at");--> statement-breakpoint
CREATE INDEX "refund_transitions_subject" ON "refund_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE INDEX "refunds_payment" ON "refunds" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refunds_withdrawal" ON "refunds" USING btree ("withdrawal_id");--> statement-breakpoint
CREATE INDEX "refunds_due" ON "refunds" USING btree ("next_check_at") WHERE next_check_at is not null;--> statement-breakpoint
CREATE INDEX "customer_notes_about" ON "customer_notes" USING btree ("about_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "saved_views" USING btree ("user_id","list","name");--> statement-breakpoint
CREATE INDEX "webhook_batch_items_event" ON "webhook_batch_items" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_batches_created" ON "webhook_batches" USING btree ("created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "withdrawal_lines_once" ON "withdrawal_lines" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "withdrawal_transitions_subject" ON "withdrawal_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE INDEX "withdrawals_order" ON "withdrawals" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "withdrawals_customer" ON "withdrawals" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "withdrawals_status_received" ON "withdrawals" USING btree ("status","received_at");--> statement-breakpoint
CREATE INDEX "products_words" ON "products" USING gin ((setweight(to_tsvector('simple', translate(lower((name ->> 'sv') || ' ' || (name ->> 'en') || ' ' || category || ' ' || id), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'A')
  || setweight(to_tsvector('swedish', translate(lower((name ->> 'sv') || ' ' || (name ->> 'en') || ' ' || category || ' ' || id), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'A') || setweight(to_tsvector('english', translate(lower((name ->> 'sv') || ' ' || (name ->> 'en') || ' ' || category || ' ' || id), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'A')
  || setweight(to_tsvector('simple', translate(lower((summary ->> 'sv') || ' ' || (description ->> 'sv')), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync') || ' ' || translate(lower((summary ->> 'en') || ' ' || (description ->> 'en')), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'C')
  || setweight(to_tsvector('swedish', translate(lower((summary ->> 'sv') || ' ' || (description ->> 'sv')), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'C') || setweight(to_tsvector('english', translate(lower((summary ->> 'en') || ' ' || (description ->> 'en')), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'C')));--> statement-breakpoint
CREATE INDEX "checkouts_unknown" ON "checkouts" USING btree ("created_at") WHERE status = 'unknown';--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
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
CREATE INDEX "payments_unbooked" ON "payments" USING btree ("id") WHERE booked_amount <> amount - refunded_amount;--> statement-breakpoint
CREATE INDEX "campaign_announcements_received" ON "campaign_announcements" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "campaign_prices_product" ON "campaign_prices" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "subscriptions_created" ON "subscriptions" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "subscriptions_status_created" ON "subscriptions" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_waiting" ON "alerts" USING btree ("raised_at") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "webhook_attempts_started" ON "webhook_attempts" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "webhook_events_kept" ON "webhook_events" USING btree ("received_at") WHERE emptied_at is null and status in ('handled', 'ignored', 'discarded');--> statement-breakpoint
CREATE INDEX "webhook_events_self" ON "webhook_events" USING btree ("received_at") WHERE source = 'self_test';--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("email_normalized","id");--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_factKey_unique" UNIQUE("fact_key");--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_purpose" CHECK ("account_tokens"."purpose" in ('verify_email', 'reset_password', 'change_email', 'undo_email_change'));--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_source" CHECK ("webhook_events"."source" in ('delivered', 'reconciled', 'self_test'));