DROP INDEX "webhook_events_user";--> statement-breakpoint
DROP INDEX "webhook_events_type";--> statement-breakpoint
CREATE INDEX "admin_actions_actor" ON "admin_actions" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "drifts_open_newest" ON "drifts" USING btree ("id") WHERE repaired_at is null;--> statement-breakpoint
CREATE INDEX "drifts_walk" ON "drifts" USING btree ("walk_id","id");--> statement-breakpoint
CREATE INDEX "drifts_customer" ON "drifts" USING btree ("customer_id","id");--> statement-breakpoint
CREATE INDEX "users_plan" ON "users" USING btree ("subscription_status","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_dead_cause" ON "webhook_events" USING btree ((case when "last_error" like 'unresolved: Stripe does not know %' then 'gone_at_stripe' when "last_error" like 'unresolved: customer % names several users: %' then 'contradiction' when "last_error" like 'unresolved: %' then 'no_user' when "last_error" like 'Stripe does not know %' then 'gone_at_stripe' when "last_error" like 'StripeError: %' then 'refused' else 'bug' end),"received_at","event_id") WHERE outcome = 'dead';--> statement-breakpoint
CREATE INDEX "webhook_events_type" ON "webhook_events" USING btree ("type","outcome","received_at","event_id");