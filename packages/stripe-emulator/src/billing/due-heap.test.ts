import { describe, expect, it } from "vitest";
import { randomSource } from "../ids.ts";
import { DueHeap, type Planned } from "./due-heap.ts";

describe("what is planned", () => {
  it("comes up by its moment, of equal moments in the order in which it was planned, and given up not at all", () => {
    const random = randomSource(4);
    const planned: Planned[] = Array.from({ length: 300 }, (_, order) => {
      return { key: `k${order}`, order, at: Math.floor(random() * 20), run: () => {} };
    });
    const valid = new Set(planned.filter(() => random() < 0.8));
    const heap = new DueHeap((row) => valid.has(row));
    for (const row of planned) heap.push(row);
    const came: Planned[] = [];
    for (let row = heap.first(); row !== null; row = heap.first()) {
      came.push(row);
      valid.delete(row);
    }
    const expected = planned.filter((row) => came.includes(row)).toSorted((a, b) => a.at - b.at);
    expect(came.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
    expect(came.length).toBeGreaterThan(200);
  });

  it("leaves no rows behind when the same thing is planned anew again and again", () => {
    let last: Planned | null = null;
    const heap = new DueHeap((row) => row === last);
    for (let time = 0; time < 10_000; time += 1) {
      last = { key: "same", order: 1, at: 1_000_000, run: () => {} };
      heap.push(last);
    }
    expect(heap.size).toBeLessThan(300);
    expect(heap.first()).toBe(last);
  });
});
