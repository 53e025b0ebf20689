import type { MessageView } from "@liveassist/shared/session-events";
import { vi } from "vitest";
import type { Actor } from "../../src/deps.ts";
import type { TestWorld } from "./test-deps.ts";

/** A promise that a test keeps when it wants to; for a line of the scripted assistant. */
export function gate(): { readonly passed: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}

export interface Chat {
  readonly actor: Actor;
  readonly sessionId: string;
  send(text: string, clientMessageId?: string): Promise<{ message: MessageView; replyId: string }>;
  list(): Promise<MessageView[]>;
  /** Waits until the newest message has this status; answers it. */
  newest(status: MessageView["status"]): Promise<MessageView>;
}

/** A session of a new user, or of one there is, through the routers. */
export async function openChat(world: TestWorld, of?: Actor): Promise<Chat> {
  const actor = of ?? (await world.user());
  const { liveassist } = world.as(actor);
  const { sessionId } = await liveassist.createSession();
  const chat: Chat = {
    actor,
    sessionId,
    send: (text, clientMessageId = crypto.randomUUID()) =>
      liveassist.sendMessage({ sessionId, text, clientMessageId }),
    list: () => liveassist.listMessages({ sessionId }),
    newest: (status) =>
      vi.waitFor(
        async () => {
          const newest = (await chat.list()).at(-1);
          if (newest?.status !== status) throw new Error(`the newest is ${JSON.stringify(newest)}`);
          return newest;
        },
        { timeout: 15_000, interval: 10 },
      ),
  };
  return chat;
}
