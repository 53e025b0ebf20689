import { once } from "node:events";
import type { AppRouter } from "@liveassist/api";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { reconnectDelayMs } from "../../../web/src/lib/backoff.ts";
import type { BrowserUser } from "../support/browser-user.ts";
import { openChatTab } from "../support/chat-tab.ts";
import { ChatUser } from "../support/chat-user.ts";
import { type ChatWorld, startChatWorld } from "../support/chat-world.ts";
import { deliver } from "../support/deliver.ts";
import { startLeavingServer } from "../support/leaving-server.ts";
import { atServer } from "../support/two-servers.ts";

const HERD = 20;

let world: ChatWorld;
beforeAll(async () => {
  world = await startChatWorld();
});
afterAll(() => world.stop());

const upgrade = ({ cookie, origin }: BrowserUser, url: string): WebSocket =>
  new WebSocket(`${url.replace("http", "ws")}/trpc`, { headers: { cookie, origin } });
/** A page as the web app opens it, which draws this from its dice when it comes back. */
function openPage({ cookie, origin, baseUrl }: BrowserUser, draw: number) {
  class WithCookie extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie, origin } });
    }
  }
  const client = createWSClient({
    url: `${baseUrl.replace("http", "ws")}/trpc`,
    WebSocket: WithCookie as unknown as typeof globalThis.WebSocket,
    retryDelayMs: (attempt) => reconnectDelayMs(attempt, draw),
  });
  const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
  const started = new Promise<void>((resolve) => {
    trpc.subscription.onUpdated.subscribe(undefined, { onStarted: () => resolve() });
  });
  return { client, started };
}
const isGone = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );
/** The same person at the server that stays. */
const atStaying = ({ user, sessionId }: ChatUser): ChatUser =>
  new ChatUser(atServer(user, world.server.url), sessionId);

describe("a server that is asked to stop", () => {
  test("ends the reply it writes, while whoever followed it there reads on at another one", async () => {
    await using leaving = await startLeavingServer(world);
    const person = await leaving.person("Drain");
    const gate = Promise.withResolvers<void>();
    world.model.next("The first half", gate.promise, " and the second.");
    const tab = openChatTab(person.user, person.sessionId);
    const replyId = await person.send("Go");
    await tab.until(({ thread }) => thread.get(replyId)?.text === "The first half");
    leaving.road.leadTo(world.server.port);
    await leaving.stop();

    const ready = await fetch(`${leaving.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: "unavailable", checks: { stopping: true } });
    expect((await fetch(`${leaving.url}/healthz`)).status).toBe(200);
    const [, refusal] = await once(upgrade(person.user, leaving.url), "unexpected-response");
    expect(refusal.statusCode).toBe(503);
    refusal.destroy();

    // It has moved before the reply goes on.
    await vi.waitFor(() =>
      expect(
        world.server.logs.some(({ msg, userId }) => msg === "socket opened" && userId === person.user.id),
      ).toBe(true),
    );
    gate.resolve();
    await tab.until(({ thread }) => thread.get(replyId)?.status === "complete");
    expect(tab.thread.get(replyId)?.text).toBe("The first half and the second.");
    expect([...tab.thread.values()]).toEqual(await atStaying(person).list());
    expect(await leaving.process.exit).toBe(0);
    expect(leaving.process.errors()).toBe("");
    expect(await isGone(leaving.url)).toBe(true);
    await tab.close();
  });

  test("stores a reply that does not end as interrupted, with what was said, in time", async () => {
    await using leaving = await startLeavingServer(world);
    const person = await leaving.person("Late");
    world.model.next("So far", "silence!");
    const tab = openChatTab(person.user, person.sessionId);
    const replyId = await person.send("Hello");
    await tab.until(({ thread }) => thread.get(replyId)?.text === "So far");
    const asked = performance.now();
    leaving.road.leadTo(world.server.port);
    await leaving.stop();
    expect(await leaving.process.exit).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    await tab.until(({ thread }) => thread.get(replyId)?.status === "interrupted");
    expect(await atStaying(person).newest("interrupted")).toMatchObject({ id: replyId, text: "So far" });
    await tab.close();
  });

  test("says yes to a webhook only when it is stored", async () => {
    await using leaving = await startLeavingServer(world);
    const event = {
      id: "evt_at_the_end",
      object: "event",
      type: "product.created",
      livemode: false,
      data: { object: {} },
    };
    const { sql } = world.server.database;
    const answer = await sql.begin(async (held) => {
      await held`lock table webhook_events in exclusive mode`;
      const delivery = deliver(leaving.url, event, { secret: world.shared.stripe.secret });
      await vi.waitFor(async () => {
        const waiting =
          await sql`select 1 from pg_locks where not granted and relation = 'webhook_events'::regclass`;
        expect(waiting.length).toBeGreaterThan(0);
      });
      await leaving.stop();
      return { delivery };
    });
    expect(await answer.delivery).toMatchObject({ status: 200, body: { received: true } });
    expect(await sql`select 1 from webhook_events where event_id = ${event.id}`).toHaveLength(1);
    expect(await leaving.process.exit).toBe(0);
  });

  test("with nothing going on is gone at once, and tells sockets that it restarts", async () => {
    const { sql } = world.server.database;
    const before = (await sql`select server_id as id from servers`).map(({ id }) => String(id));
    await using leaving = await startLeavingServer(world);
    const { user } = await leaving.person("Idle");
    const socket = upgrade(user, leaving.url);
    await once(socket, "open");
    await vi.waitFor(
      async () => expect(await sql`select 1 from servers where server_id <> all(${before})`).toHaveLength(1),
      { timeout: 10_000 },
    );
    const heard: string[] = [];
    socket.on("message", (data) => heard.push(String(data)));
    const asked = performance.now();
    await leaving.stop("SIGINT");
    const [code] = await once(socket, "close");
    expect(code).toBe(1012);
    expect(heard).toEqual(['{"id":null,"method":"reconnect"}']);
    expect(await leaving.process.exit).toBe(0);
    // Less than it would wait for a reply.
    expect(performance.now() - asked).toBeLessThan(5_500);
    expect(await isGone(leaving.url)).toBe(true);
  });

  test("is not followed to the next one by everybody at once", async () => {
    await using leaving = await startLeavingServer(world);
    const { user } = await leaving.person("Herd");
    const pages = Array.from({ length: HERD }, (_, page) => openPage(user, (page + 0.5) / HERD));
    await Promise.all(pages.map(({ started }) => started));
    leaving.road.leadTo(world.server.port);
    await leaving.stop();
    expect(await leaving.process.exit).toBe(0);
    const opened = () =>
      world.server.logs.filter(({ msg, userId }) => msg === "socket opened" && userId === user.id);
    await vi.waitFor(() => expect(opened()).toHaveLength(HERD), { timeout: 12_000 });
    const times = opened().map(({ time }) => Date.parse(String(time)) || Number(time));
    const first = Math.min(...times);
    // Were there no jitter, all would be there in the first second.
    expect(times.filter((time) => time - first < 1_000).length).toBeLessThan(HERD / 2);
    expect(Math.max(...times) - first).toBeGreaterThan(3_000);
    await Promise.all(pages.map(({ client }) => client.close()));
  });

  test("and is asked again does not wait for anything", async () => {
    await using leaving = await startLeavingServer(world);
    const person = await leaving.person("Hurry");
    world.model.next("So far", "silence!");
    await person.send("Hello");
    await atStaying(person).newest("streaming");
    await leaving.stop();
    const asked = performance.now();
    leaving.process.child.kill("SIGTERM");
    expect(await leaving.process.exit).toBe(1);
    expect(performance.now() - asked).toBeLessThan(3_000);
  });
});
