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
ALTER TABLE "drifts" DROP CONSTRAINT "drifts_kind";--> statement-breakpoint
CREATE INDEX "payout_transitions_subject" ON "payout_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE INDEX "payouts_created" ON "payouts" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "payouts_under_way" ON "payouts" USING btree ("arrival_at") WHERE status in ('pending', 'in_transit');--> statement-breakpoint
CREATE INDEX "payouts_arrived" ON "payouts" USING btree ("arrival_at") WHERE status = 'paid';--> statement-breakpoint
ALTER TABLE "drifts" ADD CONSTRAINT "drifts_kind" CHECK ("drifts"."kind" in ('subscription', 'invoice', 'payment', 'checkout', 'organization', 'payout'));