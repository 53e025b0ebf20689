import { describe, expect, test } from "vitest";
import { type ArrivedMedia, judgeContent } from "./media-content.ts";

const judge = (over: Partial<ArrivedMedia>) =>
  judgeContent({
    purpose: "liveassist",
    declared: "image",
    contentType: "image/png",
    mayVideo: false,
    ...over,
  });

describe("what has arrived", () => {
  test("is a picture when its content is one, whatever it was called", () => {
    for (const purpose of ["liveassist", "frame", "community"] as const)
      for (const contentType of ["image/png", "image/jpeg", "image/webp", "image/gif"])
        expect(judge({ purpose, contentType })).toEqual({ ok: true, kind: "image" });
  });
  test("is named when it is something we do not take", () => {
    expect(judge({ contentType: "image/heic" })).toMatchObject({
      code: "UNSUPPORTED_MEDIA",
      message: expect.stringMatching(/^HEIC pictures are not supported/),
    });
    expect(judge({ contentType: null })).toMatchObject({ code: "UNSUPPORTED_MEDIA" });
  });
  test("and is a video needs Premium, also when it was called a picture", () => {
    for (const declared of ["image", "video"] as const) {
      expect(judge({ declared, contentType: "video/mp4" })).toMatchObject({ code: "VIDEO_REQUIRES_PREMIUM" });
      expect(judge({ declared, contentType: "video/mp4", mayVideo: true })).toEqual({
        ok: true,
        kind: "video",
      });
    }
  });
  test("and is a video is taken for the assistant only", () => {
    for (const purpose of ["frame", "community"] as const)
      expect(judge({ purpose, contentType: "video/mp4", mayVideo: true })).toMatchObject({
        code: "UNSUPPORTED_MEDIA",
      });
  });
  test("as a video and is a picture is refused: it took no unit, and a video's size", () => {
    expect(judge({ declared: "video", mayVideo: true })).toMatchObject({ code: "UNSUPPORTED_MEDIA" });
  });
});
