import type { Clock } from "@liveassist/api";

/** Both clocks are the machine's: domain time and wall time agree outside of tests. */
export const systemClock: Clock = { now: () => Date.now(), wall: () => Date.now() };
