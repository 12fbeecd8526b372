CREATE TABLE "organization_domains" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"domain" text NOT NULL,
	"way" text NOT NULL,
	"claimed_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"given_up_at" timestamp with time zone,
	CONSTRAINT "organization_domains_way" CHECK ("organization_domains"."way" in ('join', 'ask')),
	CONSTRAINT "organization_domains_domain" CHECK (length(domain) between 3 and 253 and domain !~ '[@[:space:]]')
);
--> statement-breakpoint
CREATE TABLE "organization_join_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"domain" text NOT NULL,
	"user_id" text NOT NULL,
	"lacked_seat" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"accepted" boolean,
	"answered_by" text,
	CONSTRAINT "organization_join_requests_answered" CHECK ((answered_at is null) = (accepted is null)),
	CONSTRAINT "organization_join_requests_refused" CHECK (accepted is distinct from false or answered_by is not null)
);
--> statement-breakpoint
ALTER TABLE "organization_domains" ADD CONSTRAINT "organization_domains_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_domains" ADD CONSTRAINT "organization_domains_claimed_by_users_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_join_requests" ADD CONSTRAINT "organization_join_requests_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_join_requests" ADD CONSTRAINT "organization_join_requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_join_requests" ADD CONSTRAINT "organization_join_requests_answered_by_users_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "organization_domains_present" ON "organization_domains" USING btree ("domain") WHERE given_up_at is null;--> statement-breakpoint
CREATE INDEX "organization_domains_organization" ON "organization_domains" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_join_requests_open" ON "organization_join_requests" USING btree ("organization_id","user_id") WHERE answered_at is null;--> statement-breakpoint
CREATE INDEX "organization_join_requests_user" ON "organization_join_requests" USING btree ("user_id","organization_id");--> statement-breakpoint
CREATE INDEX "organization_join_requests_made" ON "organization_join_requests" USING btree ("organization_id","created_at","id");