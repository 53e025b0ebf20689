import { trail } from "@liveassist/db/schema";
import { isTransient } from "../billing/fail-events.ts";
import type { Deps, Trail, TrailEntry } from "../deps.ts";

const EVERY_MS = 250;
/** After the database could not be reached. */
const AGAIN_MS = 2_000;
/** More than this waits only when the database is away; the oldest is dropped then. */
const MOST_WAITING = 10_000;
const BATCH = 500;

type Noted = Pick<TrailEntry, "userId" | "kind"> & {
  readonly at: Date;
  readonly detail: Record<string, unknown>;
};

/**
 * Notes down what happened to users, in batches and in the order it was noted, beside the work and never in its way
 * (docs/decisions/0016). While the database is away it waits, within bounds; at `stop` it tries once.
 */
export function startTrail({ db, clock, log }: Pick<Deps, "db" | "clock" | "log">): Trail {
  const waiting: Noted[] = [];
  let writing: Promise<boolean> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let dropped = 0;

  /** Answers false when the database was away: what it did not take still waits. */
  async function write(): Promise<boolean> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      try {
        await db.insert(trail).values(batch);
        dropped = 0;
      } catch (error) {
        if (!stopped && isTransient(error)) {
          waiting.unshift(...batch);
          return false;
        }
        dropped += batch.length;
        log.warn({ err: error, lost: batch.length }, "part of the trail could not be written");
      }
    }
    return true;
  }

  function writeSoon(ms: number): void {
    if (stopped || timer !== undefined || writing !== null) return;
    timer = setTimeout(() => {
      timer = undefined;
      const began = write();
      writing = began;
      void began.then((isThere) => {
        writing = null;
        dropTooMany();
        if (waiting.length > 0) writeSoon(isThere ? EVERY_MS : AGAIN_MS);
      });
    }, ms);
  }

  function dropTooMany(): void {
    const tooMany = waiting.length - MOST_WAITING;
    if (tooMany <= 0) return;
    waiting.splice(0, tooMany);
    if (dropped === 0) log.warn({ lost: tooMany }, "the trail loses its oldest entries");
    dropped += tooMany;
  }

  return {
    note({ userId, kind, at = clock.wall(), detail }) {
      if (stopped) return;
      waiting.push({ userId, kind, at: new Date(at), detail: { ...detail } });
      dropTooMany();
      writeSoon(EVERY_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await writing;
      await write();
    },
  };
}
