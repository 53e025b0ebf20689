import { expect, it } from "vitest";
import { createEventBatch, type Heard } from "./event-batch.ts";

const delta = (offset: number): Heard => ({
  event: { type: "delta", replyId: "r", offset, text: "x" },
  offset: offset + 1,
});
const end: Heard = { event: { type: "reply", replyId: "r", status: "complete", failure: null }, offset: 3 };

function batch() {
  const applied: number[] = [];
  const frames: (() => void)[] = [];
  const made = createEventBatch(
    (heard) => applied.push(heard.length),
    (run) => frames.push(run),
  );
  return { made, applied, frame: () => frames.shift()?.() };
}

it("lets the first characters through at once, and gathers the rest of a frame", () => {
  const { made, applied, frame } = batch();
  made.push(delta(0));
  expect(applied).toEqual([1]);
  made.push(delta(1));
  made.push(delta(2));
  expect(applied).toEqual([1]);
  frame();
  expect(applied).toEqual([1, 2]);
});

it("does not hold an end back, and keeps the order", () => {
  const { made, applied, frame } = batch();
  made.push(delta(1));
  made.push(end);
  expect(applied).toEqual([2]);
  frame();
  expect(applied).toEqual([2]);
});

it("gives up what is waiting when it is asked to", () => {
  const { made, applied } = batch();
  made.push(delta(1));
  made.flush();
  expect(applied).toEqual([1]);
});
