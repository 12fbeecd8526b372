CREATE TABLE "product_media" (
	"product_id" text NOT NULL,
	"position" integer NOT NULL,
	"art" text NOT NULL,
	"alt" jsonb NOT NULL,
	CONSTRAINT "product_media_product_id_position_pk" PRIMARY KEY("product_id","position")
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
ALTER TABLE "products" ADD COLUMN "option_names" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "variants" ADD COLUMN "track_stock" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "product_media" ADD CONSTRAINT "product_media_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
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
CREATE INDEX "stock_movements_variant" ON "stock_movements" USING btree ("variant_id","at","id");--> statement-breakpoint
CREATE INDEX "stock_movements_order" ON "stock_movements" USING btree ("order_id") WHERE order_id is not null;--> statement-breakpoint
CREATE INDEX "stock_reservation_transitions_subject" ON "stock_reservation_transitions" USING btree ("subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "stock_reservations_once" ON "stock_reservations" USING btree ("checkout_id","variant_id","location_id");--> statement-breakpoint
CREATE INDEX "stock_reservations_standing" ON "stock_reservations" USING btree ("expires_at") WHERE status = 'reserved';--> statement-breakpoint
CREATE INDEX "stock_reservations_variant" ON "stock_reservations" USING btree ("variant_id") WHERE status = 'reserved';--> statement-breakpoint
CREATE INDEX "products_words" ON "products" USING gin ((setweight(to_tsvector('simple', translate(lower((name ->> 'sv') || ' ' || (name ->> 'en') || ' ' || category || ' ' || id), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'A')
  || setweight(to_tsvector('swedish', translate(lower((name ->> 'sv') || ' ' || (name ->> 'en') || ' ' || category || ' ' || id), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'A') || setweight(to_tsvector('english', translate(lower((name ->> 'sv') || ' ' || (name ->> 'en') || ' ' || category || ' ' || id), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'A')
  || setweight(to_tsvector('simple', translate(lower((summary ->> 'sv') || ' ' || (description ->> 'sv')), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync') || ' ' || translate(lower((summary ->> 'en') || ' ' || (description ->> 'en')), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'C')
  || setweight(to_tsvector('swedish', translate(lower((summary ->> 'sv') || ' ' || (description ->> 'sv')), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'C') || setweight(to_tsvector('english', translate(lower((summary ->> 'en') || ' ' || (description ->> 'en')), 'åäáàâãæéèêëíìîïóòôöõøúùûüýñç', 'aaaaaaaeeeeiiiioooooouuuuync')), 'C')));--> statement-breakpoint
CREATE INDEX "campaign_prices_product" ON "campaign_prices" USING btree ("product_id");