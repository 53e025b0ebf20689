import { describe, expect, it } from "vitest";
import { checkFile, sendableName, typeOf } from "./check-file.ts";

const file = (name: string, type: string, size = 1000) => ({ name, type, size });

describe("before it is sent, a file", () => {
  it("is what it says it is, or what its name promises", () => {
    expect(typeOf(file("a.bin", "image/PNG; charset=x"))).toBe("image/png");
    expect(typeOf(file("holiday.JPEG", ""))).toBe("image/jpeg");
    expect(typeOf(file("clip.mov", "application/octet-stream"))).toBe("video/quicktime");
    expect(typeOf(file("notes", ""))).toBe("");
  });

  it("is taken when it is a picture or a video of a kind we know", () => {
    expect(checkFile(file("a.webp", "image/webp"), "liveassist")).toMatchObject({
      kind: "image",
      problem: null,
    });
    expect(checkFile(file("a.mp4", "video/mp4", 900_000_000), "liveassist")).toMatchObject({
      kind: "video",
      problem: null,
    });
  });

  it("is refused by name, with what to do", () => {
    expect(checkFile(file("IMG_1.HEIC", ""), "liveassist").problem).toMatch(/^HEIC pictures .* JPEG/);
    expect(checkFile(file("a.svg", "image/svg+xml"), "liveassist").problem).toMatch(/^SVG/);
    expect(checkFile(file("a.mp4", "video/mp4"), "community").problem).toMatch(/Only pictures/);
    expect(checkFile(file("a.png", "image/png", 20_000_001), "liveassist").problem).toMatch(/20 MB/);
    const long = file("a.mp4", "video/mp4", 200_000_001);
    expect(checkFile(long, "liveassist", 200_000_000).problem).toMatch(/at most 200 MB/);
    expect(checkFile(file("a.png", "image/png", 0), "liveassist").problem).toMatch(/empty/);
  });

  it("goes under a name that can be stored", () => {
    expect(sendableName("  ")).toBe("file");
    expect(sendableName("a\0b.png")).toBe("ab.png");
    expect(sendableName(`${"😀".repeat(150)}.jpeg`)).toMatch(/\.jpeg$/);
    expect(sendableName(`${"x".repeat(150)}${"😀".repeat(99)}.jpeg`).isWellFormed()).toBe(true);
    expect(sendableName("x".repeat(999)).length).toBe(200);
  });
});
