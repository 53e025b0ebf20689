import { expect, it } from "vitest";
import { World } from "../billing/world.ts";
import { randomSource } from "../ids.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { Store } from "../store/store.ts";
import { IdempotencyKeys } from "./idempotency.ts";
import { hash } from "./params.ts";
import { type Answer, performCall, prepareCall } from "./perform-call.ts";
import { route } from "./route.ts";

it("what the emulator itself does wrong is a 500 that is logged, undone, and answered the same to its key", () => {
  const world = new World(new Store(), () => 0, { settings: DEFAULT_SETTINGS, random: randomSource(1) });
  const keys = new IdempotencyKeys(world);
  const log: string[] = [];
  const broken = route("POST /v1/broken", hash({}), (call) => {
    call.world.store.put("meta", { id: "half-made", value: 1 });
    throw new TypeError("a mistake of ours");
  });
  expect(keys.begin("key", "POST /v1/broken []")).toBeNull();
  const answer = performCall(world, prepareCall(broken, {}, "2026-10-28.endive"), {
    path: {},
    requestId: "req_1",
    idempotencyKey: "key",
    onAnswer: (given: Answer) => keys.keep("key", { ...given, fingerprint: "POST /v1/broken []" }),
    onError: (line) => log.push(line),
  });
  keys.end("key", "POST /v1/broken []");
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toMatchObject({
    error: {
      type: "api_error",
      message: expect.not.stringContaining("mistake"),
      request_log_url: expect.stringContaining("req_1"),
    },
  });
  expect(log[0]).toContain("a mistake of ours");
  expect(world.store.get("meta", "half-made")).toBeUndefined();
  expect(keys.begin("key", "POST /v1/broken []")).toMatchObject(answer);
});
