import { setTimeout as pause } from "node:timers/promises";
import {
  type Deps,
  pauseByWall,
  reconcile,
  reportWalk,
  requestWalk,
  type WalkReport,
} from "../../packages/api/src/index.ts";
import type { Ending } from "./in-words.ts";

/** What is younger may still be on its way to the server. */
const IN_FLIGHT_MS = 60_000;
const LOOK_MS = 500;

export interface Led {
  readonly ending: Ending;
  readonly report: WalkReport;
}

interface Leading {
  readonly acceptDowngrades: boolean;
  /** Hears each half second how far the walk is. */
  readonly onWay: (report: WalkReport) => void;
}

/**
 * Leads a walk from its beginning to its end. One that is under way already is waited for, or taken up, and followed by
 * one that begins now: what it has passed may have changed since.
 */
export async function leadOwnWalk(deps: Deps, { acceptDowngrades, onWay }: Leading): Promise<Led> {
  for (;;) {
    const { walkId, isNew } = await requestWalk(deps, { acceptDowngrades });
    const watch = watchWalk(deps, walkId, onWay);
    try {
      const led = await toItsEnd(deps, walkId);
      if (isNew || led.ending !== "finished") return led;
    } finally {
      await watch.stop();
    }
  }
}

async function toItsEnd(deps: Deps, walkId: number): Promise<Led> {
  for (;;) {
    const outcome = await reconcile(deps, {
      everyMs: null,
      inFlightMs: IN_FLIGHT_MS,
      signal: new AbortController().signal,
      pause: pauseByWall,
    });
    if ("report" in outcome && outcome.report.walkId === walkId)
      return { ending: outcome.kind, report: outcome.report };
    const report = await reportWalk(deps, walkId);
    if (report.state !== "running") return { ending: report.state, report };
    await pause(LOOK_MS);
  }
}

/** Reads the walk's row beside the walk, whoever leads it. That it cannot be read now and then is no reason to end. */
function watchWalk(deps: Deps, walkId: number, onWay: Leading["onWay"]): { stop(): Promise<void> } {
  const over = new AbortController();
  const look = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await reportWalk(deps, walkId).then(onWay, () => undefined);
      await pause(LOOK_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };
  const looking = look();
  return {
    async stop() {
      over.abort();
      await looking;
    },
  };
}
