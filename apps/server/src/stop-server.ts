import { withPatience } from "@liveassist/api";
import type { FastifyInstance } from "fastify";
import type { Running } from "./deps.ts";

/** What was begun may end within this time: answers, replies, turns of jobs. */
const DRAIN_MS = 6_000;
/** And what came in last, when nobody can connect any more. */
const LAST_MS = 1_000;
const LOOK_EVERY_MS = 20;

/**
 * Stops a server in order, within the ten seconds that main.ts gives it, and at once when nothing is going on. First it is
 * not ready any more, takes no more sockets, and asks those it has to connect elsewhere; what is under way may end. Then
 * the others are closed as for a restart, replies still being written are stored as interrupted, and what waits in memory
 * is written down.
 */
export async function stopServer(app: FastifyInstance, running: Running): Promise<void> {
  const { deps, vitals } = running;
  vitals.stopping.abort();
  const drained = Promise.all([deps.replies.idle(), answered(running), running.stopJobs()]);
  if ((await withPatience(drained, DRAIN_MS)) === null)
    deps.log.warn({ requests: vitals.requests }, "not everything under way could be waited for");
  // No new connections; Fastify would cut off those that are still being answered.
  app.server.close();
  await withPatience(answered(running), LAST_MS);
  await app.close();
  await running.stop();
}

function answered({ vitals }: Running): Promise<true> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (vitals.requests > 0) setTimeout(look, LOOK_EVERY_MS).unref();
      else resolve(true);
    };
    look();
  });
}
