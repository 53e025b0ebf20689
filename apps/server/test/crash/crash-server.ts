// The whole server with failpoints around its ports: started by tests only, told over IPC what to do.
import type { Clock } from "@liveassist/api";
import { buildApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { startDeps } from "../../src/deps.ts";
import { checkBelonging } from "../../src/start-checks.ts";
import { type Armed, Failpoints } from "./failpoints.ts";
import { keepWholeStacks } from "./name-effect.ts";
import { roadOfRequest, watchFrames, watchRequests } from "./roads-of-requests.ts";
import { wrapPorts } from "./wrap-ports.ts";

/** What the test says. `ahead`: milliseconds of domain time before wall time. */
export type Told =
  | { type: "arm"; armed: Armed | null }
  | { type: "clock"; ahead: number }
  | { type: "counts" }
  | { type: "go on" };

/** What the server says. */
export type Said =
  | { type: "ready" }
  | { type: "done" }
  | { type: "struck"; armed: Armed }
  | { type: "counts"; counts: Record<string, number> };

const say = (said: Said): void => void process.send?.(said);

// A wait for "go on" that nobody ends any more would keep this process alive for ever.
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; whoever started this process says when it ends.
process.on("SIGINT", () => {});
keepWholeStacks();
let ahead = Number(process.env["CRASH_AHEAD"] ?? 0);
let goOn = (): void => {};
const points = new Failpoints((armed) => {
  say({ type: "struck", armed });
  return new Promise((resolve) => {
    goOn = resolve;
  });
});
const fromTheStart = process.env["CRASH_ARMED"];
if (fromTheStart) points.arm(JSON.parse(fromTheStart) as Armed);

process.on("message", (told: Told) => {
  if (told.type === "counts") return say({ type: "counts", counts: points.takeCounts() });
  if (told.type === "go on") return goOn();
  if (told.type === "arm") points.arm(told.armed);
  else ahead = told.ahead;
  say({ type: "done" });
});

const clock: Clock = { now: () => Date.now() + ahead, wall: () => Date.now() };
const config = readConfig();
const running = await startDeps(config, {
  clock,
  onRoad: (road, ports) =>
    wrapPorts(ports, points, (caller, what) =>
      [road === "calls" ? roadOfRequest() : road, caller, what].filter((part) => part !== "").join(" · "),
    ),
});
await checkBelonging(running.deps);
const app = await buildApp(running, { webFolder: config.DATA_DIR, trustProxy: false, adminEmails: [] });
watchRequests(app.server, points);
watchFrames(points);
await app.listen({ port: config.PORT, host: "127.0.0.1" });
say({ type: "ready" });
