import { beforeAll, describe, expect, it } from "vitest";
import { wordsOf } from "./check-value.ts";
import { EXCEPTIONS } from "./exceptions.ts";
import { EXPECTED_EVENTS } from "./expected-events.ts";
import { ALWAYS_REFUSED, ANSWERED_CALLS } from "./implemented-methods.ts";
import { kindsOfObjects } from "./kinds-of-objects.ts";
import { type Lived, liveStories } from "./live-stories.ts";
import { sdkMethods } from "./sdk-methods.ts";
import { STORIES } from "./stories/all-stories.ts";
import { toldEvents } from "./told-events.ts";
import { UNREACHED } from "./unreached-statuses.ts";

let lived: Lived;

beforeAll(async () => {
  lived = await liveStories(STORIES);
}, 60_000);

it("every story is told to its end", () => {
  expect(lived.brokenOff).toEqual([]);
});

describe("the methods", () => {
  it("every route is that of one of the SDK's methods, but for what only Stripe's own programs call", () => {
    const known = new Set(sdkMethods().map(({ call }) => call));
    expect(ANSWERED_CALLS.filter((call) => !known.has(call))).toEqual([]);
  });

  it("every route is called, and answers, in one of the stories", () => {
    const never = ANSWERED_CALLS.filter((call) =>
      ALWAYS_REFUSED.includes(call) ? !lived.refused.has(call) : !lived.answered.has(call),
    );
    expect(never.map(sentenceFor)).toEqual([]);
  });
});

describe("the answers", () => {
  it("have what the types of their methods require, and nothing that no type knows", () => {
    expect(Object.fromEntries(unexcepted(lived.answers.faults))).toEqual({});
  });
});

describe("the objects", () => {
  it("are seen in every status that their types know, but for those that are out of reach", () => {
    const statuses = [...kindsOfObjects()].flatMap(([kind, { type }]) =>
      wordsOf(type, "status").map((word) => `${kind} ${word}`),
    );
    expect(statuses.filter((status) => !lived.statuses.has(status)).toSorted()).toEqual(
      Object.keys(UNREACHED).toSorted(),
    );
  });
});

describe("what the types call expandable", () => {
  it("is the id of an object that is there, and is of the right kind", () => {
    expect([...lived.lost]).toEqual([]);
  });

  it("can be expanded wherever it stands, and is there in whole", () => {
    const outcomes = [...lived.expansions].filter(([, outcome]) => /refused|still an id/.test(outcome));
    expect(Object.fromEntries(outcomes)).toEqual({});
  });
});

describe("the events", () => {
  it("have what their types require, and nothing that no type knows", () => {
    expect(Object.fromEntries(unexcepted(lived.events.faults))).toEqual({});
  });

  it("and answers still need every exception that is made for them", () => {
    const found = new Set([...lived.answers.faults.keys(), ...lived.events.faults.keys()]);
    expect(Object.keys(EXCEPTIONS).filter((fault) => !found.has(fault))).toEqual([]);
  });

  it("call previous only what was different", () => {
    expect([...lived.unchanged]).toEqual([]);
  });

  it("of every type that the emulator's sources name are told in the stories", () => {
    expect(toldEvents().filter((type) => !lived.events.names.has(type))).toEqual([]);
  });

  it.each(Object.entries(EXPECTED_EVENTS))("of a %s are all among them", (_noun, types) => {
    expect(types.filter((type) => !lived.events.names.has(type))).toEqual([]);
  });
});

function unexcepted(faults: ReadonlyMap<string, string>): [string, string][] {
  return [...faults].filter(([fault]) => EXCEPTIONS[fault] === undefined);
}

function sentenceFor(call: string): string {
  const name = sdkMethods().find((method) => method.call === call)?.name;
  return `The emulator answers ${call}, and no story calls it: add stripe.${name}(…) to one in test/shapes/stories/.`;
}
