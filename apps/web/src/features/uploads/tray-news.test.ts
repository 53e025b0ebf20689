import { describe, expect, it } from "vitest";
import type { Attachment } from "./attachment.ts";
import { newAttachment } from "./tray-entry.ts";
import { newsOf } from "./tray-news.ts";

const photo = (change: Partial<Attachment> = {}): Attachment => ({
  ...newAttachment({ id: "1", name: "photo.jpg", kind: "image", type: "image/jpeg", bytes: 1 }),
  ...change,
});

describe("a screen reader hears", () => {
  it("what was uploaded, when there is time", () => {
    const news = newsOf([photo({ phase: "checking" })], [photo({ phase: "ready" })]);
    expect(news).toEqual({ calm: ["photo.jpg uploaded"], urgent: [] });
  });

  it("at once what failed and what is held back, and why", () => {
    const failed = photo({ phase: "failed", problem: { text: "The file is empty.", canRetry: false } });
    expect(newsOf([], [failed]).urgent).toEqual(["photo.jpg: The file is empty."]);
    const held = photo({ phase: "held", heldFor: "day-limit" });
    expect(newsOf([photo()], [held]).urgent).toEqual([
      "photo.jpg waits. Daily image limit reached. Upgrade to send more images.",
    ]);
  });

  it("that a held file goes now", () => {
    const held = photo({ phase: "held", heldFor: "day-limit" });
    expect(newsOf([held], [photo({ phase: "waiting" })]).calm).toEqual(["Uploading photo.jpg"]);
  });

  it("nothing of progress, and nothing of files that came back with the page", () => {
    const going = photo({ phase: "uploading", progress: 0.2 });
    expect(newsOf([going], [{ ...going, progress: 0.4 }])).toEqual({ calm: [], urgent: [] });
    expect(newsOf([], [photo({ phase: "ready" })])).toEqual({ calm: [], urgent: [] });
    expect(newsOf([going], [])).toEqual({ calm: [], urgent: [] });
  });
});
