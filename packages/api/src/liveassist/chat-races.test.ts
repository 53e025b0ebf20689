import { liveassistMessages } from "@liveassist/db/schema";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Chat, openChat } from "../../test/support/chat-steps.ts";
import { otherServer } from "../../test/support/other-server.ts";
import { openSessionTab, type SessionTab } from "../../test/support/session-tab.ts";
import { openWorld, type TestWorld } from "../../test/support/test-deps.ts";
import { AssistantError, type AssistantPort } from "../assistant-port.ts";
import type { Deps } from "../deps.ts";
import { createCaller } from "../root.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Fractions by a seed, so that a round can be told again (mulberry32). */
function fractions(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Says so many pieces, each after another turn of the event loop, some cut inside a character, and may fail. */
const talker = (fraction: () => number): AssistantPort => ({
  async *reply({ signal }) {
    const units = "å👩‍🔧🚲x".repeat(3 + Math.floor(fraction() * 20)).split("");
    for (const unit of units) {
      for (let turns = fraction() * 4; turns > 0; turns--)
        await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return;
      yield unit;
    }
    if (fraction() < 0.3) throw new AssistantError("busy");
  },
});

/** What a person may do at any moment, on either server; what is refused for a known reason is no failure. */
async function act(server: Deps, chat: Chat, { kind, text }: { kind: number; text: string }): Promise<void> {
  const { liveassist } = createCaller(server, chat.actor);
  const { sessionId } = chat;
  const newest = (await chat.list()).at(-1);
  const reply = newest?.role === "assistant" ? { sessionId, replyId: newest.id } : null;
  const refused = (error: { cause?: { code?: string } }) => {
    if (!["REPLY_RUNNING", "NOT_RETRYABLE"].includes(error.cause?.code ?? "")) throw error;
  };
  if (kind < 0.5 || !reply)
    await liveassist.sendMessage({ sessionId, text, clientMessageId: text }).catch(refused);
  else if (kind < 0.6) await liveassist.stopReply(reply);
  else if (kind < 0.9) await liveassist.retryReply(reply).catch(refused);
  else {
    // As a sweep does when the lease is over: what was not stored yet is gone.
    const running = and(eq(liveassistMessages.id, reply.replyId), eq(liveassistMessages.status, "streaming"));
    await world.deps.db.update(liveassistMessages).set({ status: "interrupted" }).where(running);
    server.bus.nudge("session", sessionId);
  }
}

/** A tab, and where it began. */
interface Followed {
  readonly tab: SessionTab;
  readonly cursor: string;
}

test.each([1, 2, 3])(
  "whatever is done at once on two servers, every tab ends up with what is stored (seed %i)",
  async (seed) => {
    const fraction = fractions(seed);
    const assistant = talker(fraction);
    const servers = [
      otherServer(world.deps, { assistant }),
      otherServer(world.deps, { assistant, isDeaf: seed % 2 === 0 }),
    ] as const;
    const serverOf = (): Deps => (fraction() < 0.5 ? servers[0] : servers[1]);
    const chat = await openChat(world);
    const { replyId } = await chat.send("Begin");
    await chat.newest("complete");
    const loaded = await chat.list();
    const open = (old?: Followed): Followed => {
      const cursor = old?.tab.ids.at(-1) ?? old?.cursor ?? `${replyId}:6`;
      const { actor, sessionId } = chat;
      const known = old ? [...old.tab.thread.values()] : loaded;
      return { cursor, tab: openSessionTab(serverOf(), actor, { sessionId, cursor, loaded: known }) };
    };
    const tabs = [open(), open(), open()];
    for (let step = 0; step < 20; step++) {
      const acts = Array.from({ length: 1 + Math.floor(fraction() * 3) }, (_, at) =>
        act(serverOf(), chat, { kind: fraction(), text: `${step}.${at}` }),
      );
      const at = Math.floor(fraction() * tabs.length);
      const old = tabs[at];
      if (old && fraction() < 0.3) {
        await old.tab.close();
        tabs[at] = open(old);
      }
      await Promise.all(acts);
    }
    await vi.waitFor(
      async () => {
        const stored = await chat.list();
        expect(stored.at(-1)?.status).not.toBe("streaming");
        for (const { tab } of tabs) expect([...tab.thread.values()]).toEqual(stored);
      },
      { timeout: 30_000, interval: 50 },
    );
    for (const { tab } of tabs) await tab.close();
    for (const { replies } of servers) await replies.stop();
  },
  60_000,
);
