import { expect, test } from "vitest";
import { tellProgress } from "./progress.ts";

function stand(isTTY: boolean): {
  written: string[];
  stream: { isTTY: boolean; columns: number; write(text: string): void };
} {
  const written: string[] = [];
  return { written, stream: { isTTY, columns: 60, write: (text) => void written.push(text) } };
}

test("a terminal sees a bar that moves, in one line that fits, and nothing of it afterwards", () => {
  const { written, stream } = stand(true);
  const progress = tellProgress(stream);
  progress.show(0.5, "repairing");
  progress.show(0.5, "repairing");
  progress.show(1, "a very long tale of what is being done, and then some more of it");
  progress.end();
  expect(written).toHaveLength(3);
  expect(written[0]).toContain("████████████············]  50% repairing");
  expect(written[1]?.replace("\r\u001b[2K", "")).toHaveLength(59);
  expect(written[2]).toBe("\r\u001b[2K");
});

test("nobody knows how far: the bar says so and claims no number", () => {
  const { written, stream } = stand(true);
  tellProgress(stream).show(null, "asking Stripe");
  expect(written.join("")).toContain("·] asking Stripe");
  expect(written.join("")).not.toContain("%");
});

test("a pipe gets plain lines, one each five seconds, and none about what is over before", () => {
  const { written, stream } = stand(false);
  let now = 0;
  const progress = tellProgress(stream, () => now);
  progress.show(0, "stripe");
  now = 4_999;
  progress.show(0.3, "stripe");
  now = 5_000;
  progress.show(0.31, "database");
  now = 9_999;
  progress.show(0.4, "database");
  progress.end();
  expect(written).toEqual(["31% database\n"]);
});
