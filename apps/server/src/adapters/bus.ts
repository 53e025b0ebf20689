import { EventEmitter } from "node:events";
import type { Bus, Logger } from "@liveassist/api";
import { createDb, listen } from "@liveassist/db";

const CHANNEL = "liveassist";
/** Other processes are told of new outbox rows at most this often (design I6). */
const COALESCE_MS = 10;

export interface PostgresBus extends Bus {
  stop(): Promise<void>;
}

type Topic = "outbox" | "logins" | "session" | "community";

/**
 * Wakes this process at once and the others by NOTIFY on a connection of its own: without payload for the outbox, else
 * `topic:id`. What comes often is sent at most once in 10 ms each. Whatever is lost is found by polling (design I6).
 */
export async function createBus(databaseUrl: string, log: Logger): Promise<PostgresBus> {
  const events = new EventEmitter().setMaxListeners(0);
  const own = createDb(databaseUrl, { max: 1, applicationName: "liveassist notify" });
  const listening = await listen(databaseUrl, {
    channel: CHANNEL,
    onNotify: (payload) => {
      const [topic = "", id = ""] = payload === "" ? ["outbox"] : splitOnce(payload);
      events.emit(topic, id);
    },
    onListening: () => events.emit("outbox"),
  });
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  async function notify(payload: string): Promise<void> {
    try {
      await own.sql.notify(CHANNEL, payload);
    } catch (error) {
      log.warn({ err: error }, "other servers could not be woken; they look for themselves");
    }
  }

  function notifySoon(payload: string): void {
    waiting.add(payload);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const one of waiting) void notify(one);
      waiting.clear();
    }, COALESCE_MS);
  }

  const on = (topic: Topic, listener: (id: string) => void): (() => void) => {
    events.on(topic, listener);
    return () => events.off(topic, listener);
  };

  return {
    nudge(topic: Topic, id = "") {
      events.emit(topic, id);
      if (topic === "logins") void notify(`logins:${id}`);
      else notifySoon(topic === "outbox" ? "" : `${topic}:${id}`);
    },
    onOutbox: (listener) => on("outbox", () => listener()),
    onLogins: (listener) => on("logins", listener),
    onSession: (listener) => on("session", listener),
    onCommunity: (listener) => on("community", () => listener()),
    async stop() {
      clearTimeout(timer);
      events.removeAllListeners();
      await Promise.all([listening.close(), own.close()]);
    },
  };
}

function splitOnce(payload: string): [string, string] {
  const at = payload.indexOf(":");
  return at < 0 ? [payload, ""] : [payload.slice(0, at), payload.slice(at + 1)];
}
