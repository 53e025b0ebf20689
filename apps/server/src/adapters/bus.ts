import { EventEmitter } from "node:events";
import type { Bus, Logger } from "@liveassist/api";
import { createDb, listen } from "@liveassist/db";

const CHANNEL = "liveassist";
/** Other processes are told of new outbox rows at most this often (design I6). */
const COALESCE_MS = 10;

export interface PostgresBus extends Bus {
  stop(): Promise<void>;
}

/**
 * Wakes this process at once and the others by NOTIFY on a connection of its own: without payload for the outbox, with
 * the user's id when logins ended. Whatever is lost is found by polling (design I6).
 */
export async function createBus(databaseUrl: string, log: Logger): Promise<PostgresBus> {
  const events = new EventEmitter().setMaxListeners(0);
  const own = createDb(databaseUrl, { max: 1, applicationName: "liveassist notify" });
  const heard = (payload: string): boolean =>
    payload === "" ? events.emit("outbox") : events.emit("logins", payload);
  const listening = await listen(databaseUrl, {
    channel: CHANNEL,
    onNotify: heard,
    onListening: () => events.emit("outbox"),
  });
  let timer: NodeJS.Timeout | undefined;

  async function notify(payload: string): Promise<void> {
    try {
      await own.sql.notify(CHANNEL, payload);
    } catch (error) {
      log.warn({ err: error }, "other servers could not be woken; they look for themselves");
    }
  }

  return {
    nudge(topic: "outbox" | "logins", userId?: string) {
      if (topic === "logins") {
        events.emit("logins", userId);
        void notify(userId ?? "");
        return;
      }
      events.emit("outbox");
      timer ??= setTimeout(() => {
        timer = undefined;
        void notify("");
      }, COALESCE_MS);
    },
    onOutbox(listener) {
      events.on("outbox", listener);
      return () => events.off("outbox", listener);
    },
    onLogins(listener) {
      events.on("logins", listener);
      return () => events.off("logins", listener);
    },
    async stop() {
      clearTimeout(timer);
      events.removeAllListeners();
      await Promise.all([listening.close(), own.close()]);
    },
  };
}
