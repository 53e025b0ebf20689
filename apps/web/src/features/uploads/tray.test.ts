import { describe, expect, it, vi } from "vitest";
import { onServer, refused, TrayWorld } from "../../../test/support/tray-world.ts";
import type { Tray } from "./tray.ts";
import type { Allowance } from "./units-left.ts";

const FREE: Allowance = { limit: 2, used: 0, resetsAt: null, asOf: 0, video: false };
const PREMIUM: Allowance = { limit: null, used: 0, resetsAt: null, asOf: 0, video: true };

const png = (name: string) => new File(["x"], name, { type: "image/png" });
const phases = (tray: Tray) => tray.list.state().items.map(({ name, phase }) => `${name} ${phase}`);
const until = (tray: Tray, expected: string[]) => expect.poll(() => phases(tray)).toEqual(expected);

function started(allowance = FREE, change: Parameters<TrayWorld["tray"]>[0] = {}) {
  const world = new TrayWorld();
  const tray = world.tray(change);
  tray.allow(allowance);
  /** Lets the server take, or refuse, an attempt; the first attempts of a file get an address. */
  const attempt = async (number: number) => {
    await vi.waitUntil(() => world.attempts.length >= number);
    const found = world.attempts[number - 1];
    if (!found) throw new Error("there was no such attempt");
    return found;
  };
  const finish = async (number: number, id = `up-${number}`) => {
    const { sending, succeed } = await attempt(number);
    if (sending.url === null) sending.onCreated(`/api/liveassist/uploads/${id}`);
    succeed();
  };
  return { world, tray, attempt, finish };
}

describe("the limit of the day", () => {
  it("holds a third picture before anything of it is sent, and speaks up", async () => {
    const { world, tray, finish } = started();
    tray.add([png("a"), png("b"), png("c")]);
    expect(phases(tray)[2]).toBe("c held");
    expect(tray.list.state().dialogOpen).toBe(true);
    await finish(1);
    await finish(2);
    await until(tray, ["a ready", "b ready", "c held"]);
    expect(world.attempts).toHaveLength(2);
    expect(world.notes.get("file-3")?.heldFor).toBe("day-limit");
  });

  it("lets the held picture go by itself when it lifts, and closes the dialog", async () => {
    const { tray, finish } = started({ ...FREE, used: 2 });
    tray.add([png("a")]);
    expect(tray.list.state().dialogOpen).toBe(true);
    tray.allow(PREMIUM);
    expect(tray.list.state().dialogOpen).toBe(false);
    await finish(1);
    await until(tray, ["a ready"]);
  });

  it("lets one go for each unit that is free again, no more", async () => {
    const { world, tray } = started({ ...FREE, used: 2 });
    tray.add([png("a"), png("b")]);
    tray.allow({ ...FREE, used: 1 });
    await until(tray, ["a uploading", "b held"]);
    expect(world.attempts).toHaveLength(1);
  });

  it("believes the server that refuses, and does not ask again under the same circumstances", async () => {
    const { tray, attempt, finish } = started();
    tray.add([png("a")]);
    (await attempt(1)).fail(refused(403, "IMAGE_DAY_LIMIT"));
    await until(tray, ["a held"]);
    expect(tray.list.state().dialogOpen).toBe(true);
    tray.allow({ ...FREE, asOf: 5000 });
    expect(phases(tray)).toEqual(["a held"]);
    tray.allow({ ...FREE, used: 1, asOf: 6000 });
    await finish(2);
    await until(tray, ["a ready"]);
  });

  it("is not for the community's pictures, which hold no video at all", async () => {
    const { tray, finish } = started({ ...FREE, used: 2 }, { endpoint: "community", listUnsent: null });
    tray.add([png("a"), new File(["x"], "b.mp4", { type: "video/mp4" })]);
    await finish(1);
    await until(tray, ["a ready", "b.mp4 failed"]);
  });

  it("keeps what is held when the message with the rest is sent", async () => {
    const { world, tray, finish } = started({ ...FREE, used: 1 });
    tray.add([png("a"), png("b")]);
    await finish(1);
    await until(tray, ["a ready", "b held"]);
    tray.clear(["up-1"]);
    expect(phases(tray)).toEqual(["b held"]);
    expect([...world.notes.keys()]).toEqual(["file-2"]);
  });
});

describe("on the way to the server", () => {
  it("three files go at once, the next when one is there", async () => {
    const { world, tray, finish } = started(PREMIUM);
    tray.add(["a", "b", "c", "d"].map(png));
    await expect.poll(() => world.attempts.length).toBe(3);
    expect(phases(tray)[3]).toBe("d waiting");
    await finish(1);
    await expect.poll(() => world.attempts.length).toBe(4);
  });

  it("goes on with the same upload after the network was away", async () => {
    const { tray, attempt, finish } = started();
    tray.add([png("a")]);
    const first = await attempt(1);
    first.sending.onCreated("/api/liveassist/uploads/up-1");
    first.fail(new TypeError("network"));
    expect((await attempt(2)).sending.url).toBe("/api/liveassist/uploads/up-1");
    await finish(2);
    await until(tray, ["a ready"]);
  });

  it("gives up after some tries, and goes on when the network is back", async () => {
    const { world, tray, attempt, finish } = started();
    tray.add([png("a")]);
    for (let number = 1; number <= 5; number++) (await attempt(number)).fail(new TypeError("network"));
    await until(tray, ["a failed"]);
    expect(world.notes.has("file-1")).toBe(true);
    tray.online();
    await finish(6);
    await until(tray, ["a ready"]);
  });

  it("takes up an upload whose beginning was not heard, so that no unit is lost", async () => {
    const { world, tray, attempt, finish } = started();
    tray.add([png("a.png")]);
    const first = await attempt(1);
    world.unsent = [onServer("up-9", "uploading")];
    first.fail(new TypeError("network"));
    expect((await attempt(2)).sending.url).toBe("/api/liveassist/uploads/up-9");
    await finish(2);
    await expect.poll(() => tray.list.state().items[0]?.uploadId).toBe("up-9");
  });

  it("begins anew when the server forgot the upload", async () => {
    const { tray, attempt, finish } = started();
    tray.add([png("a")]);
    const first = await attempt(1);
    first.sending.onCreated("/api/liveassist/uploads/up-1");
    first.fail(refused(404, "NOT_FOUND"));
    const second = await attempt(2);
    expect(second.sending.url).toBeNull();
    await finish(2);
    await until(tray, ["a ready"]);
  });

  it("says the server's words about what it will never take, and keeps nothing of it", async () => {
    const { world, tray, attempt } = started();
    tray.add([png("a")]);
    (await attempt(1)).fail(refused(415, "UNSUPPORTED_MEDIA"));
    await until(tray, ["a failed"]);
    expect(tray.list.state().items[0]?.problem).toEqual({ text: "Said by the server.", canRetry: false });
    expect(world.notes.size).toBe(0);
  });
});

describe("a removed file", () => {
  it("is taken back from the server", async () => {
    const { world, tray, finish } = started();
    tray.add([png("a")]);
    await finish(1);
    await until(tray, ["a ready"]);
    tray.remove("file-1");
    await expect.poll(() => world.takenBack).toEqual(["/api/liveassist/uploads/up-1"]);
    await expect.poll(() => world.notes.size).toBe(0);
  });

  it("is taken back too when it was just beginning", async () => {
    const { world, tray, attempt } = started();
    tray.add([png("a")]);
    const { sending } = await attempt(1);
    tray.remove("file-1");
    expect(world.takenBack).toEqual([]);
    sending.onCreated("/api/liveassist/uploads/up-1");
    await expect.poll(() => world.takenBack).toEqual(["/api/liveassist/uploads/up-1"]);
  });

  it("is taken back by the next page when the network was away", async () => {
    const away = { takeBack: () => Promise.reject(new TypeError("network")) };
    const { world, tray, finish } = started(FREE, away);
    tray.add([png("a")]);
    await finish(1);
    await until(tray, ["a ready"]);
    tray.remove("file-1");
    await expect.poll(() => world.notes.get("file-1")?.removed).toBe(true);
    const next = world.tray();
    await next.open();
    await expect.poll(() => world.takenBack).toEqual(["/api/liveassist/uploads/up-1"]);
    expect(phases(next)).toEqual([]);
  });

  it("lets the next one have its unit", async () => {
    const { tray, finish } = started({ ...FREE, limit: 1 });
    tray.add([png("a"), png("b")]);
    expect(phases(tray)[1]).toBe("b held");
    tray.remove("file-1");
    tray.allow({ ...FREE, limit: 1, asOf: 2 });
    await finish(2);
    await until(tray, ["b ready"]);
  });
});

describe("after a reload", () => {
  async function reloaded(server: (world: TrayWorld) => void, allowance = FREE) {
    const before = started();
    before.tray.add([png("a.png")]);
    await before.finish(1);
    await until(before.tray, ["a.png ready"]);
    const { world } = before;
    server(world);
    const sentBefore = world.attempts.length;
    const tray = world.tray();
    tray.allow(allowance);
    await tray.open();
    return { world, tray, sent: () => world.attempts.slice(sentBefore) };
  }

  it("what the server has is ready, and is not sent again", async () => {
    const { tray, sent } = await reloaded((world) => {
      world.unsent = [onServer("up-1", "ready")];
    });
    await until(tray, ["a.png ready"]);
    expect(sent()).toEqual([]);
  });

  it("what it has a part of goes on, also at the limit: its unit is taken", async () => {
    const full = { ...FREE, used: 2 };
    const { tray, sent } = await reloaded((world) => {
      world.unsent = [onServer("up-1", "uploading")];
    }, full);
    await expect.poll(() => sent()[0]?.sending.url).toBe("/api/liveassist/uploads/up-1");
    expect(phases(tray)).toEqual(["a.png uploading"]);
  });

  it("what it has in a message is gone from here", async () => {
    const { world, tray, sent } = await reloaded((known) => known.stored.add("up-1"));
    await until(tray, []);
    await expect.poll(() => world.notes.size).toBe(0);
    expect(sent()).toEqual([]);
  });

  it("what it does not have any more is sent again", async () => {
    const { sent } = await reloaded(() => undefined);
    await expect.poll(() => sent()[0]?.sending.url).toBeNull();
  });

  it("what it does not have any more is held, when nothing is left of the day", async () => {
    const { tray, sent } = await reloaded(() => undefined, { ...FREE, used: 2 });
    await until(tray, ["a.png held"]);
    expect(tray.list.state().dialogOpen).toBe(false);
    expect(sent()).toEqual([]);
  });

  it("what was held goes by itself when it may by then", async () => {
    const { world, tray } = started({ ...FREE, used: 2 });
    tray.add([png("a")]);
    const next = world.tray();
    next.allow(PREMIUM);
    await next.open();
    await expect.poll(() => world.attempts.length).toBe(1);
    expect(phases(next)).toEqual(["a uploading"]);
  });

  it("a post's picture that was ready is ready, without a list to look it up in", async () => {
    const place = { endpoint: "community", listUnsent: null } as const;
    const { world, tray, finish } = started(FREE, place);
    tray.add([png("a")]);
    await finish(1);
    await until(tray, ["a ready"]);
    const next = world.tray(place);
    await next.open();
    await until(next, ["a ready"]);
    expect(world.attempts).toHaveLength(1);
  });

  it("what only the server knows of is found again", async () => {
    const world = new TrayWorld();
    world.unsent = [onServer("up-1", "ready", "lost.png"), onServer("up-2", "uploading")];
    const tray = world.tray();
    await tray.open();
    await tray.adopt();
    expect(phases(tray)).toEqual(["lost.png ready"]);
  });
});
