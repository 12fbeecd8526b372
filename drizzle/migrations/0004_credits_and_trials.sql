DROP INDEX "webhook_events_received";--> statement-breakpoint
CREATE INDEX "webhook_events_in_order" ON "webhook_events" USING btree ("received_at");