import { randomUUID } from "node:crypto";
import { uploads } from "@liveassist/db/schema";
import type { TestWorld } from "./test-deps.ts";

/** A community picture of this user that has arrived and waits for its post; answers its id. */
export async function readyPicture(world: TestWorld, userId: string): Promise<string> {
  const id = randomUUID();
  await world.deps.db.insert(uploads).values({
    id,
    userId,
    purpose: "community",
    kind: "image",
    state: "ready",
    filename: "bike.png",
    mediaType: "image/png",
    bytes: 1_000,
    width: 640,
    height: 480,
    storageKey: `community/${id}`,
    previewKey: `preview/${id}`,
    expiresAt: new Date(world.clock.now() + 86_400_000),
  });
  return id;
}
