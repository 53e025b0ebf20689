import { describe, expect, it } from "vitest";
import {
  FREE,
  onServer,
  PREMIUM,
  phases,
  png,
  refused,
  started,
  until,
} from "../../../test/support/tray-world.ts";

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

  it("speaks up again when one was let go by old news and the server refuses it", async () => {
    const { tray, attempt } = started({ ...FREE, used: 2 });
    tray.add([png("a")]);
    tray.allow({ ...FREE, used: 1 });
    expect(tray.list.state().dialogOpen).toBe(false);
    (await attempt(1)).fail(refused(403, "IMAGE_DAY_LIMIT"));
    await until(tray, ["a held"]);
    expect(tray.list.state().dialogOpen).toBe(true);
  });

  it("does not speak up again to somebody who has closed the dialog", async () => {
    const { tray, attempt } = started({ ...FREE, used: 2 });
    tray.add([png("a")]);
    tray.list.setDialog(false);
    tray.allow({ ...FREE, used: 1 });
    (await attempt(1)).fail(refused(403, "IMAGE_DAY_LIMIT"));
    await until(tray, ["a held"]);
    expect(tray.list.state().dialogOpen).toBe(false);
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

  it("does not count the tries before something arrived", async () => {
    const { tray, attempt } = started();
    tray.add([png("a")]);
    const address = "/api/liveassist/uploads/up-1";
    (await attempt(1)).sending.onCreated(address);
    for (let number = 1; number <= 8; number++) {
      const { sending, fail } = await attempt(number);
      sending.onProgress(number, 100);
      fail(new TypeError("network"));
    }
    await attempt(9);
    expect(phases(tray)).toEqual(["a uploading"]);
  });

  it("begins anew when the server lists what it cannot go on with", async () => {
    const { world, tray, attempt } = started();
    tray.add([png("a")]);
    (await attempt(1)).sending.onCreated("/api/liveassist/uploads/up-1");
    world.unsent = [onServer("up-1", "uploading")];
    (await attempt(1)).fail(refused(404, "NOT_FOUND"));
    (await attempt(2)).fail(refused(404, "NOT_FOUND"));
    expect((await attempt(3)).sending.url).toBeNull();
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
