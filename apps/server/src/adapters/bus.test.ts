import { listen } from "@liveassist/db";
import { createTestDatabase } from "@liveassist/db/testing";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { createBus, type PostgresBus } from "./bus.ts";
import { createLogger } from "./logger.ts";

const database = await createTestDatabase();
const lines: string[] = [];
const log = createLogger("debug", { write: (line) => void lines.push(line) });
let bus: PostgresBus;
/** The payloads that another listener in the database hears. */
let heard: string[];
let listening: { close(): Promise<void> };

beforeEach(async () => {
  heard = [];
  listening = await listen(database.url, { channel: "liveassist", onNotify: (it) => void heard.push(it) });
  bus = await createBus(database.url, log);
});
afterEach(async () => {
  await Promise.all([bus.stop(), listening.close()]);
  expect(lines).toEqual([]);
});
afterAll(() => database.close());

const counted = (on: (listener: () => void) => unknown) => {
  const listener = vi.fn();
  on(listener);
  return listener;
};

/** Sent last on the connection that notifies, so whatever was notified before has been heard when this is. */
async function heardUntilNow(): Promise<string[]> {
  bus.nudge("logins", "last");
  await vi.waitFor(() => expect(heard).toContain("logins:last"));
  return heard.filter((payload) => payload !== "logins:last");
}

test("each nudge wakes its own process at once, and all of a burst the others once, without payload", async () => {
  const outbox = counted(bus.onOutbox);
  for (let sent = 0; sent < 200; sent += 1) bus.nudge("outbox");
  expect(outbox).toHaveBeenCalledTimes(200);
  await vi.waitFor(() => expect(heard).not.toEqual([]));
  expect(await heardUntilNow()).toEqual([""]);
});

test("nudges that never stop notify the others at most every 10 ms", async () => {
  const started = performance.now();
  while (heard.length < 5) {
    bus.nudge("outbox");
    await new Promise((resolve) => setImmediate(resolve));
  }
  const most = (performance.now() - started) / 10 + 2;
  const all = await heardUntilNow();
  expect(new Set(all)).toEqual(new Set([""]));
  expect(all.length).toBeLessThanOrEqual(most);
});

test("a nudge is heard by the bus of another process", async () => {
  const other = await createBus(database.url, log);
  try {
    const [outbox, logins] = [counted(other.onOutbox), counted(other.onLogins)];
    bus.nudge("outbox");
    await vi.waitFor(() => expect(outbox).toHaveBeenCalledTimes(1));
    expect(logins).not.toHaveBeenCalled();
  } finally {
    await other.stop();
  }
});

test("logins that ended are told here at once and to another process, with the user's id and nothing else", async () => {
  const other = await createBus(database.url, log);
  try {
    const [here, outbox, logins] = [vi.fn(), counted(other.onOutbox), counted(other.onLogins)];
    bus.onLogins(here);
    bus.nudge("logins", "user_1");
    expect(here.mock.calls).toEqual([["user_1"]]);
    await vi.waitFor(() => expect(logins.mock.calls).toEqual([["user_1"]]));
    expect(outbox).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(heard).toEqual(["logins:user_1"]));
  } finally {
    await other.stop();
  }
});

test("a session and the community are told to another process: the session by its id, as often as every 10 ms", async () => {
  const other = await createBus(database.url, log);
  try {
    const [sessions, community] = [counted(other.onSession), counted(other.onCommunity)];
    for (let at = 0; at < 5; at++) bus.nudge("session", "session_1");
    bus.nudge("session", "session_2");
    bus.nudge("community");
    await vi.waitFor(() => expect(community).toHaveBeenCalled());
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(sessions.mock.calls).toEqual([["session_1"], ["session_2"]]);
    expect(heard).toEqual(["session:session_1", "session:session_2", "community:"]);
  } finally {
    await other.stop();
  }
});

test("who has stopped listening is not woken any more", () => {
  const listener = vi.fn();
  const off = [bus.onOutbox, bus.onLogins, bus.onSession, bus.onCommunity].map((on) => on(listener));
  for (const stop of off) stop();
  bus.nudge("outbox");
  bus.nudge("logins", "user_1");
  bus.nudge("session", "session_1");
  bus.nudge("community");
  expect(listener).not.toHaveBeenCalled();
});

test("a stop ends both connections, and a nudge that was still waiting goes nowhere", async () => {
  const connections = async () => {
    const rows = await database.sql`select application_name as name from pg_stat_activity
      where datname = current_database() and application_name in ('liveassist listen', 'liveassist notify')`;
    return rows.map((row) => String(row["name"])).toSorted();
  };
  await listening.close();
  await heardNothingButConnected();
  await vi.waitFor(async () =>
    expect(await connections()).toEqual(["liveassist listen", "liveassist notify"]),
  );
  bus.nudge("outbox");
  await bus.stop();
  await vi.waitFor(async () => expect(await connections()).toEqual([]));
});

/** The connection that notifies is opened by its first use; done when this process hears of it. */
async function heardNothingButConnected(): Promise<void> {
  const logins = counted(bus.onLogins);
  bus.nudge("logins", "first");
  await vi.waitFor(() => expect(logins).toHaveBeenCalledTimes(2));
}
