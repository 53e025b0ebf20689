import fc from "fast-check";
import Stripe from "stripe";
import type { TableName } from "../../src/store/tables.ts";
import { anything } from "./anything.ts";
import { brokenReferences, wrongSums } from "./invariants.ts";
import { BEGINNING, MOVES } from "./moves.ts";
import { Pick } from "./pick.ts";
import { differences, forbiddenSteps, type WatchedCore, watch } from "./watched-core.ts";

/** One step of a life: what is done, and the numbers its choices are drawn from. */
export interface Step {
  move: string;
  numbers: number[];
}

/** What came of a step. */
export interface Outcome {
  /** The call, for messages. */
  said: string;
  error: unknown;
  /** What must not be. */
  problems: string[];
}

// Without customers, prices and time nothing happens, so these come more often.
const OFTEN = [
  "a customer with a card",
  "a price",
  "a subscription",
  "a checkout",
  "somebody pays a checkout",
  "a dispute",
  "evidence",
];
const TIMES = ["some hours", "some days", "a month", "a test clock moved"];

const BEGUN: Step[] = BEGINNING.map(([move, ...numbers]) => ({ move, numbers }));

/** Lives of at most so many steps. */
export function lives(maxLength: number): fc.Arbitrary<Step[]> {
  const names = [...Object.keys(MOVES), ...OFTEN, ...OFTEN, ...TIMES, ...TIMES];
  const numbers = fc.array(fc.nat(100_000), { minLength: 4, maxLength: 6 });
  const step = fc.record({ move: fc.constantFrom(...names), numbers });
  return fc.array(step, { minLength: 1, maxLength, size: "max" }).map((steps) => [...BEGUN, ...steps]);
}

/** Lives among people who call anything with anything. */
export function wildLives(maxLength: number): fc.Arbitrary<Step[]> {
  const numbers = fc.array(fc.nat(100_000), { minLength: 8, maxLength: 16 });
  const step = fc.record({
    move: fc.constantFrom("anything", "anything", "anything", ...Object.keys(MOVES)),
    numbers,
  });
  return fc.array(step, { minLength: 1, maxLength, size: "max" }).map((steps) => [...BEGUN, ...steps]);
}

/** Lives step by step; throws the whole story when something is that must not be. `done`: the moves that went through. */
export async function liveThrough(steps: readonly Step[], done = new Set<string>()): Promise<void> {
  const watched = watch(1);
  const story: string[] = [];
  for (const [place, step] of steps.entries()) {
    const { said, error, problems } = await take(watched, step, place);
    story.push(said);
    if (problems.length > 0) throw new Error([...story, "must not be:", ...problems].join("\n"));
    if (error === null) done.add(step.move);
  }
}

/** Does one step and says what must not be after it. */
export async function take(watched: WatchedCore, step: Step, place: number): Promise<Outcome> {
  const [before, told] = [watched.photograph(), watched.events.length];
  watched.lastTold.next();
  const { said, error } = await attempt(watched, step, place);
  const changed = differences(before, watched.photograph()).filter(
    (table) => table !== "idempotency" && table !== "meta",
  );
  const news = watched.events.slice(told);
  const problems = [
    ...judgeError(error, changed),
    ...judgeNews(watched, news),
    ...judgeChanges(watched, changed),
  ];
  return { said, error, problems: problems.map((problem) => `${said}: ${problem}`) };
}

async function attempt({ core, stripe }: WatchedCore, step: Step, place: number) {
  const wish = (MOVES[step.move] ?? anything)(new Pick(core, step.numbers));
  const isCall = "method" in wish;
  const said = isCall
    ? `${step.move}: ${wish.method} ${wish.path} ${JSON.stringify(wish.params ?? {})}`
    : step.move;
  try {
    if ("advance" in wish) core.advance(wish.advance);
    else if ("act" in wish) wish.act();
    else {
      // The SDK's own keys are random; equal lives need equal ones.
      const options = wish.method === "POST" ? { idempotencyKey: `step-${place}` } : {};
      await stripe.rawRequest(wish.method, wish.path, wish.params, options);
    }
    return { said, error: null };
  } catch (error) {
    return { said, error };
  }
}

/** An error is one of Stripe's, or a refusal of `people`, and changes nothing; only a decline stays on record. */
function judgeError(error: unknown, changed: readonly TableName[]): string[] {
  if (error === null || isDecline(error)) return [];
  if (!isRefusal(error))
    return [`no refusal of Stripe's: ${error instanceof Error ? error.stack : String(error)}`];
  return changed.map((table) => `refused, and changed ${table}`);
}

/** What was told is on record, and nobody's time ran backwards. */
function judgeNews(watched: WatchedCore, news: readonly Stripe.Event[]): string[] {
  const { store } = watched.core;
  return news.flatMap((event) => {
    const kept = store.get("events", event.id) !== undefined;
    const later = watched.times.overtaken(event);
    return [
      ...(kept ? [] : [`told of ${event.type} ${event.id} and took it back`]),
      ...(later === null
        ? []
        : [`${event.type} of ${event.created} after ${later.type} of ${later.created}`]),
    ];
  });
}

function judgeChanges(watched: WatchedCore, changed: readonly TableName[]): string[] {
  const { store } = watched.core;
  const changes = watched.seen().filter(({ table }) => changed.includes(table));
  const documents = changes.flatMap(({ table, id }) => {
    const now = store.get(table, id);
    if (now === undefined || table === "events") return [];
    const wrong = [...wrongSums(store, table, now), ...brokenReferences(store, now)];
    return [
      ...wrong.map((problem) => `${table} ${id}: ${problem}`),
      ...watched.lastTold.untold(store, table, id),
    ];
  });
  return [...new Set([...forbiddenSteps(changes), ...documents])];
}

function isDecline(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 402;
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return error instanceof RangeError;
  return error.statusCode !== undefined && error.statusCode < 500;
}
