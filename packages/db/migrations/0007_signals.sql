ALTER TABLE "servers" ADD COLUMN "stripe_failing_since" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "billing_flags_open" ON "billing_flags" USING btree ("found_at") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "checkout_attempts_paid" ON "checkout_attempts" USING btree ("updated_at") WHERE state = 'paid';--> statement-breakpoint
CREATE INDEX "drifts_open" ON "drifts" USING btree ("walk_id") WHERE repaired_at is null;--> statement-breakpoint
CREATE INDEX "subscriptions_giving" ON "subscriptions" USING btree ("user_id") WHERE plan <> 'free';--> statement-breakpoint
CREATE INDEX "users_on_free" ON "users" USING btree ("id") WHERE subscription_status = 'free' and deleted_at is null;