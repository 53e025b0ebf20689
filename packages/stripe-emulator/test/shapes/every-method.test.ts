import { beforeAll, describe, expect, it } from "vitest";
import { type Checked, checkEvents, checkExchanges } from "./check-wire.ts";
import { EXPECTED_EVENTS } from "./expected-events.ts";
import { ANSWERED_CALLS, methodOf } from "./implemented-methods.ts";
import { sdkMethods } from "./sdk-methods.ts";
import { STORIES } from "./stories/all-stories.ts";
import { liveAll, type Wire } from "./story.ts";

let wire: Wire;
let answers: Checked;
let events: Checked;

beforeAll(async () => {
  wire = await liveAll(STORIES);
  answers = checkExchanges(wire.exchanges);
  events = checkEvents(wire.events);
}, 60_000);

describe("the methods", () => {
  it("every route is that of one of the SDK's methods, but for what only Stripe's own programs call", () => {
    const known = new Set(sdkMethods().map(({ call }) => call));
    expect(ANSWERED_CALLS.filter((call) => !known.has(call))).toEqual([]);
  });

  it("every route is called, and answers, in one of the stories", () => {
    const answered = wire.exchanges.filter(({ status }) => status < 300);
    const called = new Set(answered.map((exchange) => methodOf(exchange)?.call));
    const never = ANSWERED_CALLS.filter((call) => !called.has(call));
    expect(never.map(sentenceFor)).toEqual([]);
  });
});

describe("the answers", () => {
  it("have what the types of their methods require, and nothing that no type knows", () => {
    expect(Object.fromEntries(answers.faults)).toEqual({});
  });
});

describe("what the types call expandable", () => {
  it("can be expanded wherever it stands, and is there in whole", () => {
    const outcomes = [...wire.expansions].filter(([, outcome]) => /refused|still an id/.test(outcome));
    expect(Object.fromEntries(outcomes)).toEqual({});
  });
});

describe("the events", () => {
  it("have what their types require, and nothing that no type knows", () => {
    expect(Object.fromEntries(events.faults)).toEqual({});
  });

  it.each(Object.entries(EXPECTED_EVENTS))("of a %s are all among them", (_noun, types) => {
    expect(types.filter((type) => !events.names.has(type))).toEqual([]);
  });
});

function sentenceFor(call: string): string {
  const name = sdkMethods().find((method) => method.call === call)?.name;
  return `The emulator answers ${call}, and no story calls it: add stripe.${name}(…) to one in test/shapes/stories/.`;
}
