import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function plant(id: string, outcome: string | null): Promise<void> {
  await world.database.sql`
    insert into webhook_events (event_id, type, livemode, stripe_created_at, payload, received_at, next_attempt_at,
      outcome, last_error, errors)
    values (${id}, 'invoice.paid', false, now(), '{}', now(), now(), ${outcome}, 'StripeError: no such customer',
      '[{"at":"2026-11-21T00:00:00.000Z","error":"StripeError: no such customer"}]')`;
}

test("dead letters that are set aside are ignored with their history; nothing else is touched", async () => {
  const admin = await world.user("admin");
  await plant("evt_gone", "dead");
  await plant("evt_waits", null);
  await plant("evt_done", "processed");
  const eventIds = ["evt_gone", "evt_gone", "evt_waits", "evt_done", "evt_nowhere"];
  expect(await world.as(admin).admin.setAsideEvents({ eventIds })).toEqual({ set_aside: 1 });
  expect(await world.event("evt_gone")).toMatchObject({ outcome: "ignored", errors: [expect.anything()] });
  expect((await world.event("evt_waits")).outcome).toBeNull();
  expect((await world.event("evt_done")).outcome).toBe("processed");
  expect((await world.as(admin).admin.listCauses()).total).toBe(0);
  expect(await world.as(admin).admin.setAsideEvents({ eventIds })).toEqual({ set_aside: 0 });
  const [action] = (await world.as(admin).operations.listActions({})).actions;
  expect(action).toMatchObject({ action: "admin.setAsideEvents", actor_id: admin.userId, outcome: "done" });
});

test("only administrators may, and nothing is no input", async () => {
  const somebody = await world.user();
  await expect(world.as(somebody).admin.setAsideEvents({ eventIds: ["evt_gone"] })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const admin = await world.user("admin");
  await expect(world.as(admin).admin.setAsideEvents({ eventIds: [] })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});
