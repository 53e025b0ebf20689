// npm run reconcile: compares everything with Stripe now, repairs what differs, and says in plain words what it found.
// -- --accept-downgrades: also when it takes Premium from many at once. Ends with 1 when it stopped or is not finished.
import { fileURLToPath } from "node:url";
import { readConfig } from "../apps/server/src/config.ts";
import { startDeps } from "../apps/server/src/deps.ts";
import { checkBelonging } from "../apps/server/src/start-checks.ts";
import { migrate } from "../packages/db/src/index.ts";
import { serverEnvironmentOf } from "./reconcile/environment.ts";
import { inWords } from "./reconcile/in-words.ts";
import { leadOwnWalk } from "./reconcile/lead.ts";
import { readSettings } from "./start/settings.ts";

const ACCEPT = "--accept-downgrades";
const given = process.argv.slice(2);
if (given.some((one) => one !== ACCEPT)) {
  console.error(`The only option is ${ACCEPT}: npm run reconcile -- ${ACCEPT}`);
  process.exit(1);
}
try {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const config = readConfig(await serverEnvironmentOf(readSettings(process.env, root, false)));
  await migrate(config.DATABASE_URL);
  const running = await startDeps(config, { reconciles: false });
  try {
    await checkBelonging(running.deps);
    const { ending, report } = await leadOwnWalk(running.deps, given.includes(ACCEPT));
    await running.inbox.idle();
    console.log(inWords(ending, report));
    process.exitCode = ending === "finished" ? 0 : 1;
  } finally {
    await running.stop();
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
