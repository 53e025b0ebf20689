import fc from "fast-check";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { ROUTES } from "../../src/resources/all-routes.ts";
import { lives, type Step, take } from "./live.ts";
import { type WatchedCore, watch } from "./watched-core.ts";

type Page = Stripe.ApiList<{ id: string }>;

/** Every call that answers a list without asking for anything. */
const LISTS = ROUTES.filter(({ method, path }) => method === "GET" && !path.includes(":")).map(
  ({ path }) => path,
);

async function page({ stripe }: WatchedCore, path: string, query: string): Promise<Page | null> {
  const answer: unknown = await stripe.rawRequest("GET", `${path}?${query}`).catch(() => null);
  return typeof answer === "object" && answer !== null && "has_more" in answer
    ? (answer as unknown as Page)
    : null;
}

/** Reads on to the end in one direction; something may happen after each page. */
async function walk(
  watched: WatchedCore,
  path: string,
  how: {
    limit: number;
    from?: string;
    direction: "starting_after" | "ending_before";
    meanwhile?: () => Promise<void>;
  },
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = how.from; ; ) {
    const query = `limit=${how.limit}${from === undefined ? "" : `&${how.direction}=${from}`}`;
    const found = await page(watched, path, query);
    const older = how.direction === "starting_after";
    const next = (found?.data ?? []).map(({ id }) => id);
    if (next.length === 0 && ids.length > 0) throw new Error(`${path} promised more and has none`);
    if (older) ids.push(...next);
    else ids.unshift(...next);
    if (found?.has_more !== true) return ids;
    from = older ? next.at(-1) : next[0];
    await how.meanwhile?.();
  }
}

describe("a list", () => {
  it("is read without loss or repetition, in both directions, by any page size, with rows added meanwhile", async () => {
    const property = fc.asyncProperty(lives(25), fc.integer({ min: 1, max: 7 }), async (steps, limit) => {
      const watched = watch(1);
      let place = 0;
      const go = async (step: Step) => void (await take(watched, step, place++));
      for (const step of steps) await go(step);
      const more = ["a customer", "a price", "a subscription"];
      for (const path of LISTS) {
        let left = 3;
        const meanwhile = async () => {
          if (left-- > 0) await go({ move: more[left] ?? "", numbers: [place, 1, 2] });
        };
        const all = await walk(watched, path, { limit: 100, direction: "starting_after" });
        expect(new Set(all).size, path).toBe(all.length);
        const older = await walk(watched, path, { limit, direction: "starting_after", meanwhile });
        expect(older, `${path}, to older ones`).toEqual(all);
        const [from, rest] = [all.at(-1), all.slice(0, -1)];
        if (from === undefined) continue;
        const newer = await walk(watched, path, { limit, from, direction: "ending_before", meanwhile });
        expect(newer.slice(newer.length - rest.length), `${path}, to newer ones`).toEqual(rest);
        const now = await walk(watched, path, { limit: 100, direction: "starting_after" });
        expect(now, `${path}, with those that came meanwhile`).toEqual([...newer, from]);
      }
    });
    await fc.assert(property, { numRuns: 12, seed: 6 });
  });

  it("is one of many", () => expect(LISTS.length).toBeGreaterThan(15));
});
