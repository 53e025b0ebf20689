import { describe, expect, it } from "vitest";
import { frameMoments, frameSize } from "./frame-moments.ts";

describe("stills of a video", () => {
  it("are spread evenly, none at the very beginning or end", () => {
    expect(frameMoments(80, 8)).toEqual([5000, 15_000, 25_000, 35_000, 45_000, 55_000, 65_000, 75_000]);
  });

  it("are fewer for a short one, and one when nobody knows how long it is", () => {
    expect(frameMoments(2, 8)).toEqual([500, 1500]);
    expect(frameMoments(0.2, 8)).toEqual([100]);
    expect(frameMoments(Number.NaN, 8)).toEqual([0]);
    expect(frameMoments(Number.POSITIVE_INFINITY, 8)).toEqual([0]);
  });

  it("keep their shape, and are never larger than the video", () => {
    expect(frameSize(3840, 2160, 1024)).toEqual({ width: 1024, height: 576 });
    expect(frameSize(1080, 1920, 1024)).toEqual({ width: 576, height: 1024 });
    expect(frameSize(320, 180, 1024)).toEqual({ width: 320, height: 180 });
  });
});
