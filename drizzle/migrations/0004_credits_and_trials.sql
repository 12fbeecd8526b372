ALTER TABLE "checkouts" ADD COLUMN "access_token_sealed" text;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD COLUMN "key_sealed" text;