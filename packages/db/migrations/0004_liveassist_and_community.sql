CREATE TABLE "community_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"user_id" text NOT NULL,
	"text" text NOT NULL,
	"client_post_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	"revision" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "community_reports" (
	"post_id" uuid NOT NULL,
	"reporter_id" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolution" text,
	CONSTRAINT "community_reports_post_id_reporter_id_pk" PRIMARY KEY("post_id","reporter_id")
);
--> statement-breakpoint
CREATE TABLE "liveassist_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"session_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"client_message_id" text,
	"reply_to" uuid,
	"failure" text,
	"lease_until" timestamp (3) with time zone,
	"stop_requested_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "liveassist_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"title" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_active_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"purpose" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"filename" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"width" integer,
	"height" integer,
	"storage_key" text,
	"preview_key" text,
	"failure" text,
	"frame_of" uuid,
	"frame_at_ms" integer,
	"message_id" uuid,
	"post_id" uuid,
	"position" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "community_posts" ADD CONSTRAINT "community_posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_reports" ADD CONSTRAINT "community_reports_post_id_community_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."community_posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "community_reports" ADD CONSTRAINT "community_reports_reporter_id_users_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "liveassist_messages" ADD CONSTRAINT "liveassist_messages_session_id_liveassist_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."liveassist_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "liveassist_messages" ADD CONSTRAINT "liveassist_messages_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "liveassist_sessions" ADD CONSTRAINT "liveassist_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_message_id_liveassist_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."liveassist_messages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "community_posts_seq" ON "community_posts" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "community_posts_user" ON "community_posts" USING btree ("user_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "community_posts_client" ON "community_posts" USING btree ("user_id","client_post_id");--> statement-breakpoint
CREATE INDEX "community_reports_open" ON "community_reports" USING btree ("resolved_at","created_at");--> statement-breakpoint
CREATE INDEX "liveassist_messages_session" ON "liveassist_messages" USING btree ("session_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "liveassist_messages_client" ON "liveassist_messages" USING btree ("session_id","client_message_id");--> statement-breakpoint
CREATE UNIQUE INDEX "liveassist_messages_streaming" ON "liveassist_messages" USING btree ("session_id") WHERE status = 'streaming';--> statement-breakpoint
CREATE INDEX "liveassist_messages_lease" ON "liveassist_messages" USING btree ("lease_until") WHERE status = 'streaming';--> statement-breakpoint
CREATE INDEX "liveassist_sessions_user" ON "liveassist_sessions" USING btree ("user_id","last_active_at");--> statement-breakpoint
CREATE INDEX "uploads_user" ON "uploads" USING btree ("user_id","state");--> statement-breakpoint
CREATE INDEX "uploads_message" ON "uploads" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "uploads_post" ON "uploads" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "uploads_frame_of" ON "uploads" USING btree ("frame_of");--> statement-breakpoint
CREATE INDEX "uploads_expires" ON "uploads" USING btree ("state","expires_at");