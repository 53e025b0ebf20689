// Starts an embedded Postgres as a process of its own, for tests that kill it: says what it got, then waits.
import { startEmbeddedPostgres } from "../src/embedded.ts";

const dataDir = process.argv[2] ?? "";
const { url, pid, adopted } = await startEmbeddedPostgres({
  dataDir,
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify({ url, pid, adopted })}\n`);
setInterval(() => {}, 1000);
