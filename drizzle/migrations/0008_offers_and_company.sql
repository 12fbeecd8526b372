CREATE TABLE "company_details" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"org_number" text NOT NULL,
	"vat_number" text NOT NULL,
	"address" text NOT NULL,
	"email" text NOT NULL,
	"phone" text,
	"bank" text,
	"set_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "company_details_set" ON "company_details" USING btree ("set_at","id");--> statement-breakpoint
CREATE INDEX "invoices_created" ON "invoices" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "invoices_total" ON "invoices" USING btree ("total_amount","id");--> statement-breakpoint
CREATE INDEX "invoices_status_created" ON "invoices" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "invoices_number_prefix" ON "invoices" USING btree ("number" text_pattern_ops);