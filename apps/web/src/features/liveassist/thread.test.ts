import type { MessageView, SessionEvent } from "@liveassist/api/contract";
import { describe, expect, it } from "vitest";
import type { Outgoing } from "./outgoing.ts";
import {
  awaitsReply,
  cursorOf,
  EMPTY_THREAD,
  emptyReply,
  PAGE,
  runningReply,
  type Thread,
  withEvent,
  withNewestPage,
  withOlderPage,
  withRetried,
  withSent,
} from "./thread.ts";

const at = "2026-11-21T12:00:00.000Z";
const said = (id: string, clientId: string | null = null): MessageView => ({
  ...emptyReply(id, at),
  role: "user",
  status: "complete",
  text: `text of ${id}`,
  client_message_id: clientId,
});
const reply = (id: string, text: string, status: MessageView["status"] = "streaming"): MessageView => ({
  ...emptyReply(id, at),
  text,
  status,
});
const of = (...messages: MessageView[]): Thread => ({ ...EMPTY_THREAD, messages });
const idsOf = ({ messages }: Thread) => messages.map(({ id }) => id);
const waiting: Outgoing = {
  clientMessageId: "c1",
  text: "hello",
  files: [],
  createdAt: at,
  state: "sending",
  failure: null,
};

const hear = (thread: Thread, ...events: SessionEvent[]) => {
  let gap = false;
  let next = thread;
  for (const event of events) {
    const applied = withEvent(next, event, null);
    next = applied.thread;
    gap ||= applied.gap;
  }
  return { thread: next, gap, text: next.messages.at(-1)?.text };
};
const delta = (offset: number, text: string): SessionEvent => ({ type: "delta", replyId: "r", offset, text });

describe("deltas", () => {
  it("make the text, whatever of it comes twice", () => {
    const heard = hear(
      of(reply("r", "")),
      delta(0, "Hel"),
      delta(3, "lo"),
      delta(0, "Hello"),
      delta(2, "llo you"),
    );
    expect(heard).toMatchObject({ text: "Hello you", gap: false });
  });
  it("are not glued over a gap: then the thread is asked for again", () => {
    expect(hear(of(reply("r", "Hel")), delta(5, "x"))).toMatchObject({ text: "Hel", gap: true });
    expect(hear(of(said("u")), delta(0, "x")).gap).toBe(true);
  });
  it("count in UTF-16 units, as the server does", () => {
    expect(hear(of(reply("r", "🌱")), delta(2, "!")).text).toBe("🌱!");
  });
  it("change nothing in a reply that is over", () => {
    expect(hear(of(reply("r", "All.", "complete")), delta(4, "more")).text).toBe("All.");
  });
});

describe("the end of a reply", () => {
  const end = (status: "complete" | "superseded"): SessionEvent => ({
    type: "reply",
    replyId: "r",
    status,
    failure: null,
  });
  it("ends it, and tells when its text is not all there", () => {
    expect(withEvent(of(reply("r", "Hello")), end("complete"), 5)).toMatchObject({ gap: false });
    expect(withEvent(of(reply("r", "Hell")), end("complete"), 5)).toMatchObject({ gap: true });
    expect(runningReply(withEvent(of(reply("r", "Hello")), end("complete"), 5).thread)).toBeUndefined();
  });
  it("takes away one that was tried again", () => {
    expect(
      idsOf(withEvent(of(said("u"), reply("r", "x", "failed")), end("superseded"), null).thread),
    ).toEqual(["u"]);
  });
});

describe("the newest page", () => {
  it("never shortens a reply that is being heard, nor takes back its end", () => {
    const live = of(said("u"), reply("r", "Hello you"));
    expect(withNewestPage(live, [said("u"), reply("r", "Hello")]).messages.at(-1)?.text).toBe("Hello you");
    const over = of(said("u"), reply("r", "Hello you.", "complete"));
    expect(withNewestPage(over, [said("u"), reply("r", "Hello")]).messages.at(-1)?.status).toBe("complete");
  });
  it("takes over an end that was stored with less than was heard", () => {
    const live = of(reply("r", "Hello you"));
    const page = [reply("r", "Hello", "interrupted")];
    expect(withNewestPage(live, page).messages).toEqual(page);
  });
  it("keeps older pages that it joins, and what came live behind it", () => {
    const many = Array.from({ length: PAGE + 50 }, (_, index) => said(`m${index}`));
    const known: Thread = { ...of(...many, said("live")), hasOlder: true };
    const next = withNewestPage(known, many.slice(-PAGE));
    expect(idsOf(next)).toEqual(idsOf(known));
    expect(next.hasOlder).toBe(true);
  });
  it("replaces what it does not join, so that no hole is shown as a thread", () => {
    const page = Array.from({ length: PAGE }, (_, index) => said(`new${index}`));
    const next = withNewestPage(of(said("old")), page);
    expect(idsOf(next)).toEqual(page.map(({ id }) => id));
    expect(next.hasOlder).toBe(true);
  });
  it("knows one's own message by the id one gave it", () => {
    const thread = { ...EMPTY_THREAD, outgoing: [waiting] };
    expect(withNewestPage(thread, [said("u", "c1")]).outgoing).toEqual([]);
    expect(withNewestPage(thread, [said("u", "c2")]).outgoing).toEqual([waiting]);
  });
});

it("puts an older page above once", () => {
  const thread = withOlderPage({ ...of(said("b")), hasOlder: true }, [said("a"), said("b")]);
  expect(idsOf(thread)).toEqual(["a", "b"]);
  expect(thread.hasOlder).toBe(false);
});

describe("a message that was sent", () => {
  it("takes the place of the bubble, and its reply can be seen and stopped at once", () => {
    const thread = withSent({ ...EMPTY_THREAD, outgoing: [waiting] }, said("u", "c1"), "r");
    expect(thread.outgoing).toEqual([]);
    expect(runningReply(thread)?.id).toBe("r");
  });
  it("brings back no reply when the answer is of a message known long since", () => {
    expect(idsOf(withSent(of(said("u", "c1")), said("u", "c1"), "gone"))).toEqual(["u"]);
  });
  it("stands before its reply also when the reply was heard of first", () => {
    const early = hear(
      { ...EMPTY_THREAD, outgoing: [waiting] },
      { type: "message", message: reply("r", "") },
    );
    const thread = withSent(early.thread, said("u", "c1"), "r");
    expect(idsOf(thread)).toEqual(["u", "r"]);
    expect(thread.outgoing).toEqual([]);
  });
  it("is not doubled by a page that puts in order what is known in another", () => {
    const page = [said("u", "c1"), reply("r", "Here.", "complete")];
    expect(idsOf(withNewestPage(of(reply("r", ""), said("u", "c1")), page))).toEqual(["u", "r"]);
  });
  it("is one message when the live event was faster", () => {
    const live = hear(
      { ...EMPTY_THREAD, outgoing: [waiting] },
      { type: "message", message: said("u", "c1") },
    );
    expect(live.thread.outgoing).toEqual([]);
    expect(idsOf(withSent(live.thread, said("u", "c1"), "r"))).toEqual(["u"]);
  });
});

it("tries a reply again in its place", () => {
  const thread = withRetried(of(said("u"), reply("r", "x", "failed")), "r", { id: "r2", createdAt: at });
  expect(idsOf(thread)).toEqual(["u", "r2"]);
});

it("names as its cursor all that it contains", () => {
  expect(cursorOf(EMPTY_THREAD)).toBeNull();
  expect(cursorOf(of(said("u"), reply("r", "🌱!")))).toBe("r:3");
});

describe("waiting for a reply", () => {
  it("begins with one's own turn, before the reply itself is heard of", () => {
    expect(awaitsReply(EMPTY_THREAD)).toBe(false);
    expect(awaitsReply(of(said("m1")))).toBe(true);
    expect(awaitsReply(of(said("m1"), reply("r", "")))).toBe(true);
    expect(awaitsReply(of(said("m1"), reply("r", "Hello", "stopped")))).toBe(false);
  });
});
