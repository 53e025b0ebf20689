import { webhookEvents } from "@liveassist/db/schema";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY, openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { forgetPayloads } from "./forget-payloads.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function ended(outcome: "processed" | "ignored" | "dead" | null): Promise<string> {
  const id = await world.deliver("customer.created", "cus_any");
  await world.deps.db.update(webhookEvents).set({ outcome }).where(eq(webhookEvents.eventId, id));
  return id;
}

test("finished events lose their payload after 35 days, and nothing else; dead letters and pending ones keep theirs", async () => {
  const finished = [await ended("processed"), await ended("ignored")];
  const unfinished = [await ended("dead"), await ended(null)];
  world.clock.advance(34 * DAY);
  const young = await ended("processed");
  expect(await forgetPayloads(world.deps)).toBe(0);
  world.clock.advance(2 * DAY);
  expect(await forgetPayloads(world.deps)).toBe(2);
  for (const id of finished)
    expect(await world.event(id)).toMatchObject({ payload: "", type: "customer.created" });
  for (const id of [...unfinished, young]) expect((await world.event(id)).payload).toContain(id);
  expect(await world.deliver("customer.created", "cus_any", { id: finished[0] ?? "" })).toBe(finished[0]);
  expect((await world.event(finished[0] ?? "")).outcome).toBe("processed");
});
