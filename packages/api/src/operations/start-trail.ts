import { trail } from "@liveassist/db/schema";
import type { Deps, Trail, TrailEntry } from "../deps.ts";

const EVERY_MS = 250;
/** More than this waits only when the database is away; the oldest is dropped then. */
const MOST_WAITING = 10_000;
const BATCH = 500;

/** Notes down what happened to users, in batches, beside the work and never in its way (docs/decisions/0016). */
export function startTrail({ db, clock, log }: Pick<Deps, "db" | "clock" | "log">): Trail {
  const waiting: (TrailEntry & { at: Date })[] = [];
  let writing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      try {
        await db.insert(trail).values(batch.map((entry) => ({ ...entry, detail: { ...entry.detail } })));
      } catch (error) {
        log.warn({ err: error, lost: batch.length }, "part of the trail could not be written");
      }
    }
  }

  function writeSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      writing ??= write().finally(() => {
        writing = null;
        if (waiting.length > 0) writeSoon();
      });
    }, EVERY_MS);
  }

  return {
    note(entry) {
      waiting.push({ ...entry, at: new Date(clock.wall()) });
      if (waiting.length > MOST_WAITING) waiting.shift();
      writeSoon();
    },
    async stop() {
      clearTimeout(timer);
      await writing;
      await write();
    },
  };
}
