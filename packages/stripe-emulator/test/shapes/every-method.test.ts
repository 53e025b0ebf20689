import { beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "../../src/resources/all-routes.ts";
import { type Checked, checkEvents, checkExchanges, methodOf } from "./check-wire.ts";
import { EXPECTED_EVENTS } from "./expected-events.ts";
import { sameCall, sdkMethods } from "./sdk-methods.ts";
import { STORIES } from "./stories/all-stories.ts";
import { liveAll, type Wire } from "./story.ts";

/** Calls of Stripe's own pages and of its command line: no method of the SDK makes them, and no type tells of them. */
const NOT_OF_THE_SDK = /^\/v1\/payment_pages\b/;

const CALLS = ROUTES.filter(({ path }) => !NOT_OF_THE_SDK.test(path)).map(({ method, path }) =>
  sameCall(`${method} ${path}`),
);

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
    expect(CALLS.filter((call) => !known.has(call))).toEqual([]);
  });

  it("every route is called, and answers, in one of the stories", () => {
    const answered = wire.exchanges.filter(({ status }) => status < 300);
    const called = new Set(answered.map((exchange) => methodOf(exchange)?.call));
    const never = CALLS.filter((call) => !called.has(call));
    expect(never.map(sentenceFor)).toEqual([]);
  });
});

describe("the answers", () => {
  it("have what the types of their methods require, and nothing that no type knows", () => {
    expect(Object.fromEntries(answers.faults)).toEqual({});
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
