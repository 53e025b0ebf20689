import { describe, expect, it } from "vitest";
import {
  onServer,
  PREMIUM,
  phases,
  started,
  type TrayWorld,
  until,
} from "../../../test/support/tray-world.ts";

describe("a video", () => {
  const mp4 = new File(["x"], "v.mp4", { type: "video/mp4" });
  const still = (atMs: number) => ({ picture: new Blob(["s"], { type: "image/jpeg" }), atMs });
  const metadata = (world: TrayWorld) => world.attempts.map(({ sending }) => sending.metadata);

  it("waits for Premium, without a dialog", async () => {
    const { world, tray } = started();
    tray.add([mp4]);
    expect(tray.list.state()).toMatchObject({
      items: [{ phase: "held", heldFor: "premium" }],
      dialogOpen: false,
    });
    tray.allow(PREMIUM);
    await expect.poll(() => world.attempts.length).toBe(1);
  });

  it("goes with its stills, and is ready when they are there", async () => {
    const frames = { takeFrames: async () => [still(500), still(1500)] };
    const { world, tray, finish } = started(PREMIUM, frames);
    tray.add([mp4]);
    await finish(1, "video-1");
    await finish(2);
    expect(phases(tray)).not.toEqual(["v.mp4 ready"]);
    await finish(3);
    await until(tray, ["v.mp4 ready"]);
    expect(metadata(world).slice(1)).toMatchObject([
      { frameof: "video-1", frameatms: "500", filetype: "image/jpeg" },
      { frameof: "video-1", frameatms: "1500", filetype: "image/jpeg" },
    ]);
  });

  it("sends no still twice after a reload", async () => {
    const frames = { takeFrames: async () => [still(500), still(1500)] };
    const { world, tray, attempt, finish } = started(PREMIUM, frames);
    tray.add([mp4]);
    (await attempt(1)).sending.onCreated("/api/liveassist/uploads/video-1");
    await finish(2);
    await expect.poll(() => world.notes.get("file-1")?.framesSent).toBe(1);
    world.unsent = [onServer("video-1", "uploading")];
    const before = world.attempts.length;
    const next = world.tray(frames);
    next.allow(PREMIUM);
    await next.open();
    await expect.poll(() => world.attempts.length).toBe(before + 2);
    const stills = metadata(world)
      .slice(before)
      .flatMap(({ frameatms }) => frameatms ?? []);
    expect(stills).toEqual(["1500"]);
  });

  it("sends the rest of its stills after a reload that came when the clip itself was through", async () => {
    const frames = { takeFrames: async () => [still(500), still(1500)] };
    const { world, tray, attempt, finish } = started(PREMIUM, frames);
    tray.add([mp4]);
    (await attempt(1)).sending.onCreated("/api/liveassist/uploads/video-1");
    await finish(2);
    await expect.poll(() => world.notes.get("file-1")?.framesSent).toBe(1);
    world.unsent = [onServer("video-1", "ready")];
    const before = world.attempts.length;
    const next = world.tray(frames);
    next.allow(PREMIUM);
    await next.open();
    await expect.poll(() => world.attempts.length).toBe(before + 1);
    expect(metadata(world)[before]).toMatchObject({ frameof: "video-1", frameatms: "1500" });
    expect(phases(next)).not.toEqual(["v.mp4 ready"]);
    await finish(before + 1);
    await until(next, ["v.mp4 ready"]);
  });

  it("goes without stills when this browser cannot play it, and says so", async () => {
    const { tray, finish } = started(PREMIUM);
    tray.add([mp4]);
    await finish(1);
    await until(tray, ["v.mp4 ready"]);
    expect(tray.list.state().items[0]?.note).toMatch(/cannot look into it/);
  });
});
