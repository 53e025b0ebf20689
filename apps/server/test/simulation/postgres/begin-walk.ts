import { pauseByWall, reconcile } from "@liveassist/api";
import { pick } from "../seeded-draws.ts";
import type { Life } from "./life.ts";

/** A server begins a walk, or goes on with one that was left. `ended` hears how it ended, unless the server dies. */
export function beginWalk(life: Life, ended: (outcome: string) => void = () => {}): void {
  const server = pick(life.processes, life.draws.fraction());
  if (!server) return;
  life.tell(`${server.name} begins a walk.`);
  const signal = new AbortController().signal;
  life.ask(server, "a walk", {
    work: ({ deps }) => reconcile(deps, { everyMs: 0, inFlightMs: 0, signal, pause: pauseByWall }),
    done({ kind }) {
      life.figures.add(`walk: ${kind}`);
      ended(kind);
    },
    failed(error, databaseFailed) {
      if (!databaseFailed)
        life.faults.push(`a walk fails: ${error instanceof Error ? error.stack : String(error)}`);
      ended("broken off");
    },
  });
}
