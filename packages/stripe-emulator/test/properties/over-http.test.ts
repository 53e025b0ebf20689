import fc from "fast-check";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../src/index.ts";
import { sdkFor } from "../shop.ts";
import { lives, type Step } from "./live.ts";
import { MOVES, type Wish } from "./moves.ts";
import { Pick } from "./pick.ts";
import { START, watch } from "./watched-core.ts";

const SETTINGS = { invoicePaymentDelay: [1, 1], draftSecondsUnanswered: 3600 } as const;
/** What is drawn: parts of ids, secrets and numbers, and the address of the server. */
const DRAWN =
  /(?<![A-Za-z0-9])(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{8,}(?![A-Za-z0-9])|127\.0\.0\.1:\d+|stripe-emulator\.invalid/g;

/** Two answers that say the same in other ids: which of the one stand for which of the other. */
class Renaming {
  readonly #names = new Map<string, string>();

  /** A text of the first world in the words of the second. */
  translate(text: string): string {
    return text.replaceAll(DRAWN, (drawn) => this.#names.get(drawn) ?? drawn);
  }

  /** Learns the new names of an answer and translates all of it. */
  learn(first: string, second: string): string {
    const [ours, theirs] = [first.match(DRAWN) ?? [], second.match(DRAWN) ?? []];
    for (const [place, drawn] of ours.entries())
      if (!this.#names.has(drawn)) this.#names.set(drawn, theirs[place] ?? drawn);
    return this.translate(first);
  }
}

/** Only a server delivers, so only there `webhooks_delivered_at` is known. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "").replaceAll(/"webhooks_delivered_at":(null|\d+),?/g, "");
}

async function answerOf(stripe: Stripe, wish: Wish, key: string): Promise<string> {
  if (!("method" in wish)) return "";
  const options = wish.method === "POST" ? { idempotencyKey: key } : {};
  const work = stripe.rawRequest(wish.method, wish.path, wish.params, options);
  const answer: unknown = await work.catch((error: unknown) =>
    error instanceof Stripe.errors.StripeError
      ? { refused: error.message, code: error.code }
      : Promise.reject(error),
  );
  return shown(answer);
}

async function liveTwice(steps: readonly Step[]): Promise<void> {
  const emulator = await startEmulator({ seed: 2, clock: { now: () => START }, settings: SETTINGS });
  try {
    await liveBeside(emulator, steps);
  } finally {
    await emulator.close();
  }
}

/** The same calls and the same time in both; people need a page over HTTP, so they stay at home. */
async function liveBeside(emulator: Emulator, steps: readonly Step[]): Promise<void> {
  const { core, stripe, events } = watch(1, SETTINGS);
  const other = sdkFor(emulator.port);
  const names = new Renaming();
  let told = 0;
  for (const [place, step] of steps.entries()) {
    const wish = MOVES[step.move]?.(new Pick(core, step.numbers)) ?? { advance: 0 };
    if ("act" in wish) continue;
    if ("advance" in wish) {
      core.advance(wish.advance);
      await emulator.clock.advance(wish.advance);
    } else {
      const first = await answerOf(stripe, wish, `step-${place}`);
      const same = JSON.parse(names.translate(JSON.stringify(wish))) as Wish;
      const second = await answerOf(other, same, `step-${place}`);
      expect(names.learn(first, second), step.move).toBe(second);
    }
    await emulator.settled();
    const theirs = emulator.events();
    for (; told < Math.max(events.length, theirs.length); told += 1) {
      const second = shown(theirs[told]);
      expect(names.learn(shown(events[told]), second), step.move).toBe(second);
    }
  }
}

describe("the emulator over HTTP", () => {
  it("lives as its core does, answer by answer and event by event", async () => {
    await fc.assert(fc.asyncProperty(lives(25), liveTwice), { numRuns: 8, seed: 6 });
  }, 60_000);
});
