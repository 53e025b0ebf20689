DROP INDEX "webhook_events_type";--> statement-breakpoint
CREATE INDEX "webhook_events_type" ON "webhook_events" USING btree ("type",coalesce("outcome", 'pending'),"received_at","event_id");