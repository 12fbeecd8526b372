CREATE TABLE "organization_invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"email_normalized" text NOT NULL,
	"role" text NOT NULL,
	"locale" text NOT NULL,
	"token_hash" text NOT NULL,
	"sendings" integer DEFAULT 1 NOT NULL,
	"invited_by" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" text,
	"withdrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organization_invitations_tokenHash_unique" UNIQUE("token_hash"),
	CONSTRAINT "organization_invitations_role" CHECK ("organization_invitations"."role" in ('owner', 'admin', 'billing', 'member')),
	CONSTRAINT "organization_invitations_locale" CHECK ("organization_invitations"."locale" in ('sv', 'en')),
	CONSTRAINT "organization_invitations_accepted" CHECK ((accepted_at is null) = (accepted_by is null))
);
--> statement-breakpoint
CREATE TABLE "organization_members" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	CONSTRAINT "organization_members_role" CHECK ("organization_members"."role" in ('owner', 'admin', 'billing', 'member'))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"name_folded" text GENERATED ALWAYS AS (lower(name)) STORED,
	"billing_customer_id" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "organizations_kind" CHECK ("organizations"."kind" in ('personal', 'company')),
	CONSTRAINT "organizations_named" CHECK ((kind = 'personal') = (name is null)),
	CONSTRAINT "organizations_personal_open" CHECK (kind = 'company' or closed_at is null)
);
--> statement-breakpoint
CREATE TABLE "seat_transitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "seat_transitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
CREATE TABLE "seats" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text,
	"invitation_id" text,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "seats_status" CHECK ("seats"."status" in ('pending', 'claimed', 'revoked')),
	CONSTRAINT "seats_taken" CHECK (coalesce(user_id, invitation_id) is not null),
	CONSTRAINT "seats_claimed" CHECK (status <> 'claimed' or user_id is not null)
);
--> statement-breakpoint
ALTER TABLE "organization_invitations" ADD CONSTRAINT "organization_invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_invitations" ADD CONSTRAINT "organization_invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_invitations" ADD CONSTRAINT "organization_invitations_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_members" ADD CONSTRAINT "organization_members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_members" ADD CONSTRAINT "organization_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_billing_customer_id_customers_id_fk" FOREIGN KEY ("billing_customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_invitation_id_organization_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."organization_invitations"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "organization_invitations_open" ON "organization_invitations" USING btree ("organization_id","email_normalized") WHERE accepted_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "organization_invitations_made" ON "organization_invitations" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "organization_invitations_expiry" ON "organization_invitations" USING btree ("expires_at") WHERE accepted_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "organization_members_present" ON "organization_members" USING btree ("organization_id","user_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "organization_members_user" ON "organization_members" USING btree ("user_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "organization_members_joined" ON "organization_members" USING btree ("organization_id","joined_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_personal" ON "organizations" USING btree ("created_by") WHERE kind = 'personal';--> statement-breakpoint
CREATE INDEX "organizations_billing_customer" ON "organizations" USING btree ("billing_customer_id");--> statement-breakpoint
CREATE INDEX "organizations_created" ON "organizations" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "organizations_name_prefix" ON "organizations" USING btree ("name_folded" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "seat_transitions_subject" ON "seat_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "seats_of_member" ON "seats" USING btree ("organization_id","user_id") WHERE status <> 'revoked';--> statement-breakpoint
CREATE UNIQUE INDEX "seats_of_invitation" ON "seats" USING btree ("invitation_id") WHERE status <> 'revoked';--> statement-breakpoint
CREATE INDEX "seats_organization" ON "seats" USING btree ("organization_id","created_at","id");