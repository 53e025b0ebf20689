CREATE TABLE "reconcile_seen" (
	"walk_id" bigint NOT NULL,
	"subscription_id" text NOT NULL,
	CONSTRAINT "reconcile_seen_walk_id_subscription_id_pk" PRIMARY KEY("walk_id","subscription_id")
);
--> statement-breakpoint
ALTER TABLE "reconcile_seen" ADD CONSTRAINT "reconcile_seen_walk_id_reconcile_walks_id_fk" FOREIGN KEY ("walk_id") REFERENCES "public"."reconcile_walks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_events_received" ON "webhook_events" USING btree ("received_at","event_id");