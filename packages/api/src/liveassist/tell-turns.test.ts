import type { MessageView } from "@liveassist/shared/session-events";
import { describe, expect, test } from "vitest";
import { foldEvent } from "../../test/support/session-tab.ts";
import { type Told, tellTurns, toldAll, toldBefore } from "./tell-turns.ts";
import { type Turn, type TurnStatus, toMessage } from "./turns.ts";

const turn = (seq: number, text: string, status: TurnStatus = "complete"): Turn => ({
  seq,
  id: `turn_${seq}`,
  role: seq % 2 === 1 ? "user" : "assistant",
  text,
  status,
  uploads: [],
  created_at: "2026-11-21T12:00:00.000Z",
  client_message_id: null,
  failure: status === "failed" ? "busy" : null,
});
const cursor = (of: Turn, units = of.text.length): Told => ({ ...toldAll(of), units, status: "streaming" });
const heard = (known: Told, ...turns: Turn[]) => tellTurns(known, turns).events;

describe("a client is told", () => {
  test("turns it does not know as they are, without what was superseded", () => {
    const turns = [turn(1, "Hi"), turn(2, "He", "superseded"), turn(4, "Hel", "streaming")];
    const events = heard(toldBefore(1), ...turns);
    expect(events.map(({ id }) => id)).toEqual(["turn_1:2", "turn_4:3"]);
    expect(events[1]?.event).toMatchObject({
      type: "message",
      message: { text: "Hel", status: "streaming" },
    });
  });
  test("the rest of a reply and its end", () => {
    expect(heard(cursor(turn(2, "Hello"), 2), turn(2, "Hello", "failed"))).toEqual([
      { id: "turn_2:5", event: { type: "delta", replyId: "turn_2", offset: 2, text: "llo" } },
      { id: "turn_2:5", event: { type: "reply", replyId: "turn_2", status: "failed", failure: "busy" } },
    ]);
  });
  test("that a reply was taken away, without more of its text, and what came instead", () => {
    const events = heard(cursor(turn(2, "He"), 1), turn(2, "Hello", "superseded"), turn(4, "", "streaming"));
    expect(events.map(({ event }) => event)).toMatchObject([
      { type: "reply", replyId: "turn_2", status: "superseded" },
      { type: "message", message: { id: "turn_4", text: "" } },
    ]);
  });
  test("nothing twice, and nothing that an older read has seen", () => {
    const { told } = tellTurns(toldBefore(0), [turn(1, "Hi"), turn(2, "Hello", "complete")]);
    for (const older of [turn(2, "Hello"), turn(2, "Hell", "streaming"), turn(1, "Hi")]) {
      expect(heard(told, older)).toEqual([]);
    }
  });
  test("nothing of a running reply whose row is behind what the client has", () => {
    const known = cursor(turn(2, "Hello"));
    expect(heard(known, turn(2, "He", "streaming"))).toEqual([]);
    expect(heard(known, turn(2, "Hello!", "streaming"))).toMatchObject([{ event: { offset: 5, text: "!" } }]);
  });
  test("the whole message when it has more than was stored before the reply's process died", () => {
    const events = heard(cursor(turn(2, "Hello")), turn(2, "He", "interrupted"));
    expect(events).toMatchObject([
      { id: "turn_2:2", event: { type: "message", message: { text: "He", status: "interrupted" } } },
    ]);
  });
  test("no half characters, even when its cursor lies inside of one", () => {
    expect(heard(cursor(turn(2, "a😀b"), 2), turn(2, "a😀b", "streaming"))).toMatchObject([
      { event: { offset: 1, text: "😀b" } },
    ]);
  });
});

/** A generator of fractions that can be told again (mulberry32). */
function fractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A reply as it is stored, state by state, until another turn follows it. */
function story(fraction: () => number): Turn[][] {
  const points = Array.from({ length: 30 }, () => (fraction() < 0.3 ? [..."👩‍🔧"] : ["å"])).flat();
  const end: TurnStatus = fraction() < 0.5 ? "complete" : "interrupted";
  const states: Turn[][] = [];
  for (let at = 0; at < points.length; at += 1 + Math.floor(fraction() * 4)) {
    states.push([turn(1, "Hi"), turn(2, points.slice(0, at).join(""), "streaming")]);
  }
  const ended = [turn(1, "Hi"), turn(2, points.join(""), end)];
  return [...states, ended, [...ended, turn(3, "And?"), turn(4, "So.")]];
}

const from = (state: readonly Turn[], { seq }: Told) => state.filter((one) => one.seq >= seq);

/** What is known by the cursor of an event. */
function knownBy(id: string, state: readonly Turn[]): Told {
  const [turnId, units] = id.split(":");
  const row = state.find((one) => one.id === turnId) as Turn;
  return row.role === "user" ? toldAll(row) : cursor(row, Number(units));
}

test("wherever it stops listening and goes on, a client ends up with exactly what is stored", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const fraction = fractions(seed);
    const states = story(fraction);
    const last = states.at(-1) ?? [];
    const thread = new Map<string, MessageView>();
    let told = toldBefore(0);
    for (const state of states.filter(() => fraction() < 0.7)) {
      const telling = tellTurns(told, from(state, told));
      // Some of it never arrives: the client comes back with the cursor of what it heard last.
      const isCut = fraction() < 0.3;
      const arrived = telling.events.slice(0, isCut ? Math.floor(fraction() * 3) : undefined);
      for (const { event } of arrived) foldEvent(thread, event);
      const heardLast = arrived.at(-1);
      if (!isCut) told = telling.told;
      else if (heardLast) told = knownBy(heardLast.id, state);
    }
    for (const { event } of heard(told, ...from(last, told))) foldEvent(thread, event);
    expect([...thread.values()], `seed ${seed}`).toEqual(last.map(toMessage));
  }
});
