import { describe, expect, it } from "vitest";
import { UploadAnswer } from "./send-file.ts";
import { wayOn } from "./way-on.ts";

const answer = (status: number, code?: string, message = "Said by the server.") =>
  new UploadAnswer(status, code ? { error: "x", code, message } : null, null);
const onAnswer = (refusal: UploadAnswer, tries = 1) => wayOn(refusal, refusal, tries);
const lost = (tries: number) => wayOn(new Error("network"), null, tries);

describe("after an attempt that failed, a file", () => {
  it("is held by the limits of the plan", () => {
    expect(onAnswer(answer(403, "IMAGE_DAY_LIMIT"))).toEqual({ kind: "hold", heldFor: "day-limit" });
    expect(onAnswer(answer(403, "VIDEO_REQUIRES_PREMIUM"))).toEqual({ kind: "hold", heldFor: "premium" });
  });

  it("goes again by itself, later each time, and then by a button or when the network is back", () => {
    expect([1, 2, 3, 4].map(lost)).toEqual(
      [1000, 2000, 4000, 8000].map((afterMs) => ({ kind: "again", afterMs })),
    );
    expect(lost(5)).toMatchObject({ kind: "fail", whenOnline: true, problem: { canRetry: true } });
    expect(onAnswer(answer(503), 1)).toMatchObject({ kind: "again" });
    expect(onAnswer(answer(503), 5)).toMatchObject({ kind: "fail", whenOnline: false });
  });

  it("waits as long as it is told, within reason, and once", () => {
    const told = (ms: number) => new UploadAnswer(429, null, ms);
    expect(onAnswer(told(30_000))).toEqual({ kind: "again", afterMs: 30_000 });
    expect(onAnswer(told(9_000_000))).toEqual({ kind: "again", afterMs: 65_000 });
    expect(onAnswer(told(30_000), 2)).toMatchObject({ kind: "fail", problem: { canRetry: true } });
  });

  it("is refused for good with the server's words", () => {
    for (const [status, code] of [
      [415, "UNSUPPORTED_MEDIA"],
      [413, "TOO_LARGE"],
      [400, "INVALID_INPUT"],
    ] as const) {
      const problem = { text: "Said by the server.", canRetry: false };
      expect(onAnswer(answer(status, code))).toEqual({ kind: "fail", problem, whenOnline: false });
    }
    expect(onAnswer(answer(413))).toMatchObject({ kind: "fail", problem: { canRetry: false } });
  });

  it("is looked for anew when the server does not know it, or has it in a message", () => {
    expect(onAnswer(answer(404))).toEqual({ kind: "gone" });
    expect(onAnswer(answer(410))).toEqual({ kind: "gone" });
    expect(onAnswer(answer(409, "UPLOAD_USED"))).toEqual({ kind: "gone" });
    expect(onAnswer(answer(409))).toMatchObject({ kind: "again" });
    expect(onAnswer(answer(423))).toMatchObject({ kind: "again" });
  });

  it("says so when the login has ended, also in an answer without a body", () => {
    expect(onAnswer(answer(401))).toMatchObject({ problem: { canRetry: true } });
    expect(onAnswer(answer(401))).toEqual(onAnswer(answer(401, "UNAUTHENTICATED")));
  });
});
