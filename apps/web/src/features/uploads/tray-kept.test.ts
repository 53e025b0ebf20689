import { describe, expect, it } from "vitest";
import {
  FREE,
  onServer,
  PREMIUM,
  phases,
  png,
  started,
  TrayWorld,
  until,
} from "../../../test/support/tray-world.ts";

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

  it("it is opening until what was kept is back, and no longer for what another tab has", async () => {
    const { world, tray, finish } = started();
    tray.add([png("a")]);
    await finish(1);
    await until(tray, ["a ready"]);
    world.unsent = [onServer("up-1", "ready")];
    let letHave = (_: () => void): void => undefined;
    const theirs = new Promise<() => void>((resolve) => {
      letHave = resolve;
    });
    const next = world.tray({ lock: () => theirs });
    expect(next.list.state().opening).toBe(true);
    await next.open();
    expect(next.list.state()).toMatchObject({ opening: false, items: [] });
    letHave(() => undefined);
    await until(next, ["a ready"]);

    const third = world.tray();
    const opened = third.open();
    expect(third.list.state()).toMatchObject({ opening: true, items: [] });
    await opened;
    expect(third.list.state().opening).toBe(false);
    expect(third.list.state().items).toHaveLength(1);
  });
});
