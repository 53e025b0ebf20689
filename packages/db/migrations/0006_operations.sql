CREATE TABLE "activations" (
	"subscription_id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"plan" text NOT NULL,
	"paid_at" timestamp (3) with time zone NOT NULL,
	"activated_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone,
	"committed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "admin_actions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"user_id" text,
	"input" jsonb NOT NULL,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"alert" text NOT NULL,
	"severity" text NOT NULL,
	"value" double precision NOT NULL,
	"threshold" double precision NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"told_open_at" timestamp (3) with time zone,
	"told_closed_at" timestamp (3) with time zone,
	"tell_attempts" integer DEFAULT 0 NOT NULL,
	"next_tell_at" timestamp (3) with time zone,
	"last_tell_error" text
);
--> statement-breakpoint
CREATE TABLE "job_states" (
	"job" text NOT NULL,
	"server_id" text NOT NULL,
	"every_ms" integer NOT NULL,
	"running_since" timestamp (3) with time zone,
	"last_success_at" timestamp (3) with time zone,
	"last_failure_at" timestamp (3) with time zone,
	"last_error" text,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"restart_asked_at" timestamp (3) with time zone,
	CONSTRAINT "job_states_job_server_id_pk" PRIMARY KEY("job","server_id")
);
--> statement-breakpoint
CREATE TABLE "minute_counts" (
	"minute" timestamp (3) with time zone NOT NULL,
	"name" text NOT NULL,
	"label" text NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "minute_counts_minute_name_label_pk" PRIMARY KEY("minute","name","label")
);
--> statement-breakpoint
CREATE TABLE "servers" (
	"server_id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"sockets" integer NOT NULL,
	"tail_lag_ms" integer NOT NULL,
	"stripe_ok_at" timestamp (3) with time zone,
	"stripe_failed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "trail" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "activations_committed" ON "activations" USING btree ("committed_at");--> statement-breakpoint
CREATE INDEX "activations_user" ON "activations" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "admin_actions_user" ON "admin_actions" USING btree ("user_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_one_open" ON "incidents" USING btree ("alert") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "incidents_to_tell" ON "incidents" USING btree ("next_tell_at") WHERE next_tell_at is not null;--> statement-breakpoint
CREATE INDEX "trail_user" ON "trail" USING btree ("user_id","at","id");--> statement-breakpoint
CREATE INDEX "trail_at" ON "trail" USING btree ("at");--> statement-breakpoint
CREATE INDEX "billing_flags_found" ON "billing_flags" USING btree ("found_at");--> statement-breakpoint
CREATE INDEX "users_email_search" ON "users" USING btree (lower("email") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "users_name_search" ON "users" USING btree (lower("name") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "users_created" ON "users" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_events_dead" ON "webhook_events" USING btree ("received_at","event_id") WHERE outcome = 'dead';--> statement-breakpoint
CREATE INDEX "webhook_events_ignored" ON "webhook_events" USING btree ("received_at","event_id") WHERE outcome = 'ignored';--> statement-breakpoint
CREATE INDEX "webhook_events_type" ON "webhook_events" USING btree ("type","received_at","event_id");--> statement-breakpoint
CREATE INDEX "webhook_events_user" ON "webhook_events" USING btree ("user_id","received_at","event_id");--> statement-breakpoint
CREATE INDEX "webhook_events_customer" ON "webhook_events" USING btree ("customer_id","received_at","event_id");--> statement-breakpoint
CREATE INDEX "xp_events_ts" ON "xp_events" USING btree ("ts","id");--> statement-breakpoint
CREATE INDEX "xp_events_user" ON "xp_events" USING btree ("user_id","ts","id");