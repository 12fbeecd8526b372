ALTER TABLE "ledger_entries" DROP CONSTRAINT "ledger_entries_posting_id_ledger_postings_id_fk";
--> statement-breakpoint
ALTER TABLE "ledger_entries" DROP CONSTRAINT "ledger_entries_account_id_ledger_accounts_id_fk";
--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "told_end_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "late_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD COLUMN "late_amount" bigint;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD COLUMN "credit_amount" bigint;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD COLUMN "credit_taken_amount" bigint;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_late" CHECK (late_at is null or told_end_at is not null);