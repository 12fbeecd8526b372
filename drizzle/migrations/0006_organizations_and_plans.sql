ALTER TABLE "credit_settings" DROP CONSTRAINT "credit_settings_stopped";--> statement-breakpoint
ALTER TABLE "credit_operations" DROP CONSTRAINT "credit_operations_kind";--> statement-breakpoint
DROP INDEX "credit_operations_but_uses";--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD COLUMN "cause" text DEFAULT 'refund' NOT NULL;--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD COLUMN "origin_id" text;--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD CONSTRAINT "credit_reclaims_origin_id_credit_reclaims_id_fk" FOREIGN KEY ("origin_id") REFERENCES "public"."credit_reclaims"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checkouts_top_ups_by_time" ON "checkouts" USING btree ("created_at","id") WHERE top_up_card is not null;--> statement-breakpoint
CREATE INDEX "credit_reclaims_origin" ON "credit_reclaims" USING btree ("origin_id") WHERE origin_id is not null;--> statement-breakpoint
CREATE INDEX "credit_operations_but_uses" ON "credit_operations" USING btree ("customer_id","at") WHERE kind in ('grant', 'expire', 'reclaim', 'remove', 'settle_debt', 'raise_debt', 'forgive_debt', 'restore');--> statement-breakpoint
ALTER TABLE "credit_settings" ADD CONSTRAINT "credit_settings_stopped" CHECK ("credit_settings"."stopped_reason" in ('no_card', 'declined', 'approval', 'not_for_sale', 'mismatch', 'disputed', 'refunded'));--> statement-breakpoint
ALTER TABLE "credit_operations" ADD CONSTRAINT "credit_operations_kind" CHECK ("credit_operations"."kind" in ('grant', 'consume', 'report', 'reserve', 'confirm', 'release', 'lapse', 'expire', 'reclaim', 'remove', 'settle_debt', 'raise_debt', 'forgive_debt', 'restore'));--> statement-breakpoint
ALTER TABLE "credit_reclaims" ADD CONSTRAINT "credit_reclaims_cause" CHECK ("credit_reclaims"."cause" in ('refund', 'dispute'));