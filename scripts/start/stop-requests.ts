import { commandLine } from "../../packages/db/src/process-identity.ts";

const LOOK_EVERY_MS = 250;

/**
 * Calls `onRequest` with 1, 2 … each time somebody wants us to stop: Ctrl-C, SIGTERM, a closed terminal, and, started by
 * npm, the end of npm itself, which passes no SIGTERM on.
 */
export function onStopRequest(onRequest: (times: number) => void): void {
  let times = 0;
  const request = () => {
    times += 1;
    onRequest(times);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, request);

  // Started by hand, a parent may well go first, as after `nohup … &` in a shell that is closed.
  if (!process.env["npm_lifecycle_event"]) return;
  const parent = process.ppid;
  // Orphaned before we could look: what adopts orphans is no package manager.
  const orphaned = !/npm|yarn|bun|node|^$/.test(commandLine(parent));
  const look = setInterval(() => {
    if (process.ppid === parent && !orphaned) return;
    clearInterval(look);
    request();
  }, LOOK_EVERY_MS);
  look.unref();
}
