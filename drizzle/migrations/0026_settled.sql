CREATE TABLE "payout_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "payout_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "payouts" (
	"id" text PRIMARY KEY NOT NULL,
	"external_id" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"arrival_at" timestamp with time zone NOT NULL,
	"failure_code" text,
	"failure_message" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payouts_externalId_unique" UNIQUE("external_id"),
	CONSTRAINT "payouts_status" CHECK ("payouts"."status" in ('pending', 'in_transit', 'paid', 'failed', 'canceled'))
);
--> statement-breakpoint
CREATE TABLE "withdrawal_statement_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "withdrawal_statement_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "withdrawal_statements" (
	"id" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"order_number" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_normalized" text NOT NULL,
	"locale" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"may_mail" boolean NOT NULL,
	"access_token_hash" text NOT NULL,
	"order_id" text,
	"withdrawal_id" text,
	"dismissal" text,
	"completed_at" timestamp with time zone,
	CONSTRAINT "withdrawal_statements_accessTokenHash_unique" UNIQUE("access_token_hash"),
	CONSTRAINT "withdrawal_statements_status" CHECK ("withdrawal_statements"."status" in ('received', 'unconfirmed', 'unmatched', 'carried_out', 'overtaken', 'dismissed')),
	CONSTRAINT "withdrawal_statements_order" CHECK (order_id is not null or status in ('received', 'unmatched', 'dismissed')),
	CONSTRAINT "withdrawal_statements_carried_out" CHECK ((status = 'carried_out') = (withdrawal_id is not null))
);
--> statement-breakpoint
ALTER TABLE "drifts" DROP CONSTRAINT "drifts_kind";--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "refunds_returned" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "trial_rule" text;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "trial_end_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "withdrawal_statements" ADD CONSTRAINT "withdrawal_statements_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawal_statements" ADD CONSTRAINT "withdrawal_statements_withdrawal_id_withdrawals_id_fk" FOREIGN KEY ("withdrawal_id") REFERENCES "public"."withdrawals"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payout_transitions_subject" ON "payout_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE INDEX "payouts_created" ON "payouts" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "payouts_under_way" ON "payouts" USING btree ("arrival_at") WHERE status in ('pending', 'in_transit');--> statement-breakpoint
CREATE INDEX "payouts_arrived" ON "payouts" USING btree ("arrival_at") WHERE status = 'paid';--> statement-breakpoint
CREATE INDEX "withdrawal_statement_transitions_subject" ON "withdrawal_statement_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE INDEX "withdrawal_statements_received" ON "withdrawal_statements" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "withdrawal_statements_status_received" ON "withdrawal_statements" USING btree ("status","received_at");--> statement-breakpoint
CREATE INDEX "withdrawal_statements_order" ON "withdrawal_statements" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "withdrawal_statements_withdrawal" ON "withdrawal_statements" USING btree ("withdrawal_id");--> statement-breakpoint
CREATE INDEX "withdrawal_statements_number" ON "withdrawal_statements" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "withdrawal_statements_email" ON "withdrawal_statements" USING btree ("email_normalized" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "carts_idle" ON "carts" USING btree ("updated_at") WHERE status = 'abandoned' or customer_id is null;--> statement-breakpoint
ALTER TABLE "drifts" ADD CONSTRAINT "drifts_kind" CHECK ("drifts"."kind" in ('subscription', 'invoice', 'payment', 'checkout', 'organization', 'payout'));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_trial_rule" CHECK ("subscription_changes"."trial_rule" in ('from_start', 'restart'));--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_trial" CHECK ((trial_rule is null) = (trial_end_at is null));