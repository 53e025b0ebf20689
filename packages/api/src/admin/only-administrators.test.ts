import { adminActions } from "@liveassist/db/schema";
import { desc } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import type { Actor } from "../deps.ts";
import { appRouter } from "../root.ts";

interface Declared {
  readonly _def: { readonly type: string; readonly meta?: { readonly rest?: { readonly path: string } } };
}

/** Every procedure that is served below `/api/admin`, or is of the routers of operators: also the ones to come. */
const THEIRS = Object.entries<unknown>(appRouter._def.procedures).flatMap(([path, procedure]) => {
  const { type, meta } = (procedure as Declared)._def;
  const isTheirs = /^(admin|operations)\./.test(path) || meta?.rest?.path.startsWith("/api/admin/") === true;
  return isTheirs ? [{ path, type }] : [];
});

let world: TestWorld;
let admin: Actor;
beforeAll(async () => {
  world = await openWorld();
  admin = await world.user("admin");
});
afterAll(() => world.close());

const refused = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });
function call(who: Actor | null, path: string, input: unknown): Promise<unknown> {
  const procedure = path
    .split(".")
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], world.as(who));
  return (procedure as (input: unknown) => Promise<unknown>)(input);
}

test.each(THEIRS)(
  "$path is for administrators alone, who is no one or somebody else learns nothing",
  async ({ path }) => {
    await expect(call(null, path, {})).rejects.toEqual(refused("UNAUTHENTICATED"));
    await expect(call(await world.user(), path, {})).rejects.toEqual(refused("FORBIDDEN"));
  },
);

test.each(THEIRS.filter(({ type }) => type === "mutation"))(
  "$path is written down even when it is refused",
  async ({ path }) => {
    await expect(call(admin, path, { password: "hunter2", nothing: "of this" })).rejects.toEqual(
      refused("INVALID_INPUT"),
    );
    const [row] = await world.deps.db.select().from(adminActions).orderBy(desc(adminActions.id)).limit(1);
    expect(row).toMatchObject({
      ...{ action: path, actorId: admin.userId, outcome: "INVALID_INPUT" },
      input: { password: "[masked]", nothing: "of this" },
    });
  },
);

test("there are as many as the console needs", () => {
  expect(THEIRS.length).toBeGreaterThan(25);
});
