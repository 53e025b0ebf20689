import { removeTestCluster } from "./testing-leftovers.ts";

// Started beside a test cluster, in a group of its own. Its input ends when the test run ends, in whatever way.
const folder = process.argv[2];
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.stdin.on("error", () => {});
process.stdin.on("close", () => {
  if (folder) void removeTestCluster(folder);
});
process.stdin.resume();
