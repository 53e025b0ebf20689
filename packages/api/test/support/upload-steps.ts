import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { liveassistMessages, liveassistSessions, uploads, usage, users } from "@liveassist/db/schema";
import type { UploadView } from "@liveassist/shared/session-events";
import { eq } from "drizzle-orm";
import type { Actor, Deps } from "../../src/deps.ts";
import { createUpload, type NewUpload } from "../../src/uploads/create-upload.ts";
import { finishUpload } from "../../src/uploads/finish-upload.ts";
import { lockUser } from "../../src/uploads/lock-user.ts";
import { sendUploads } from "../../src/uploads/send-uploads.ts";

export const PICTURE: NewUpload = {
  purpose: "liveassist",
  filename: "cat.png",
  mediaType: "image/png",
  bytes: 1_000,
  frameOf: null,
  frameAtMs: null,
};
export const VIDEO: NewUpload = { ...PICTURE, filename: "clip.mp4", mediaType: "video/mp4", bytes: 50_000 };
export const STILL: NewUpload = { ...PICTURE, purpose: "frame", mediaType: "image/jpeg", frameAtMs: 0 };

/** What the fake media take for a good picture and a good video. */
export const GOOD_PICTURE = "image/png 640x480";
export const GOOD_VIDEO = "video/mp4";

export interface UploadSteps {
  /** Begins an upload; a picture for the assistant unless told otherwise. */
  begin(actor: Actor, over?: Partial<NewUpload>): Promise<string>;
  /** Writes a local file as if it had arrived; answers its path. */
  arrive(content?: string): Promise<string>;
  finish(actor: Actor, uploadId: string, content?: string): Promise<UploadView>;
  /** Begins and finishes. */
  ready(actor: Actor, over?: Partial<NewUpload>, content?: string): Promise<string>;
  /** Sends in a message of a new session; answers its id. */
  send(actor: Actor, uploadIds: readonly string[], mayVideo?: boolean): Promise<string>;
  message(messageId: string): Promise<{ sessionId: string }>;
  row(uploadId: string): Promise<typeof uploads.$inferSelect | undefined>;
  /** What is stored of a user's units, as `state day counted`, sorted. */
  units(actor: Actor): Promise<string[]>;
  counter(actor: Actor): Promise<number | undefined>;
  isThere(path: string): boolean;
  close(): Promise<void>;
}

/** Steps of uploads through the verbs of one server. Close it in `afterAll`. */
export async function uploadSteps(deps: Deps): Promise<UploadSteps> {
  const folder = await mkdtemp(join(tmpdir(), "liveassist-uploads-"));
  const steps: UploadSteps = {
    async begin(actor, over = {}) {
      return (await createUpload(deps, actor, { ...PICTURE, ...over })).id;
    },
    async arrive(content = GOOD_PICTURE) {
      const path = join(folder, randomUUID());
      await writeFile(path, `${content}\n`);
      return path;
    },
    async finish(actor, uploadId, content) {
      return finishUpload(deps, actor, { uploadId, path: await steps.arrive(content) });
    },
    async ready(actor, over, content) {
      const uploadId = await steps.begin(actor, over);
      await steps.finish(actor, uploadId, content);
      return uploadId;
    },
    send: (actor, uploadIds, mayVideo = false) => sendIn(deps, actor, { uploadIds, mayVideo }),
    async message(messageId) {
      const { sessionId, id } = liveassistMessages;
      const [message] = await deps.db.select({ sessionId }).from(liveassistMessages).where(eq(id, messageId));
      if (!message) throw new Error("no such message");
      return message;
    },
    async row(uploadId) {
      return (await deps.db.select().from(uploads).where(eq(uploads.id, uploadId)))[0];
    },
    async units(actor) {
      const rows = await deps.db.select().from(usage).where(eq(usage.userId, actor.userId));
      return rows.map((unit) => `${unit.state} ${unit.day}${unit.counted ? "" : " uncounted"}`).toSorted();
    },
    async counter(actor) {
      const [user] = await deps.db
        .select({ counter: users.imageCounter })
        .from(users)
        .where(eq(users.id, actor.userId));
      return user?.counter;
    },
    isThere: existsSync,
    close: () => rm(folder, { recursive: true, force: true }),
  };
  return steps;
}

interface Sent {
  readonly uploadIds: readonly string[];
  readonly mayVideo: boolean;
}

function sendIn(deps: Deps, { userId }: Actor, { uploadIds, mayVideo }: Sent): Promise<string> {
  const [sessionId, messageId] = [randomUUID(), randomUUID()];
  const at = new Date(deps.clock.now());
  return deps.db.transaction(async (tx) => {
    await lockUser(tx, userId);
    await tx.insert(liveassistSessions).values({ id: sessionId, userId, lastActiveAt: at });
    const message = { id: messageId, sessionId, userId, role: "user" as const, text: "Look!" };
    await tx.insert(liveassistMessages).values({ ...message, status: "complete", createdAt: at });
    await sendUploads(tx, { userId, uploadIds, messageId, mayVideo });
    return messageId;
  });
}
