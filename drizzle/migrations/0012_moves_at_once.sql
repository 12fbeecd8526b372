ALTER TABLE "plan_migrations" DROP CONSTRAINT "plan_migrations_status";--> statement-breakpoint
ALTER TABLE "plan_migration_steps" ADD COLUMN "undo_by" text;--> statement-breakpoint
ALTER TABLE "plan_migration_steps" ADD COLUMN "undo_reason" text;--> statement-breakpoint
ALTER TABLE "plan_migration_steps" ADD COLUMN "quote" jsonb;--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD COLUMN "timing" text DEFAULT 'period_end' NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD COLUMN "proration_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_timing" CHECK ("plan_migrations"."timing" in ('period_end', 'now'));--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_proration" CHECK ((timing = 'now') = (proration_at is not null));--> statement-breakpoint
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_status" CHECK ("plan_migrations"."status" in ('running', 'quoting', 'quoted', 'dropped', 'stopped', 'done', 'undoing', 'undone'));