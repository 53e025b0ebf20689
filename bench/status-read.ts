import { BARE_STATUS } from "./bare-status.ts";
import type { Market } from "./market.ts";
import { atLeast, type Row } from "./report.ts";
import { interleave } from "./rounds.ts";
import type { Stage } from "./stage.ts";

const READS = 4_000;
const CONNECTIONS = 32;

/** Reads of a payer's status a second, by tRPC over HTTP against a plain Fastify route that reads the same row. */
export async function measureStatusRead(stage: Stage, market: Market): Promise<Row[]> {
  const read = (port: number, path: string): Promise<number> =>
    stage.generator.ask("read", {
      port,
      connections: CONNECTIONS,
      path,
      cookie: market.cookie,
      count: READS,
      expected: '"subscription_status":"paid"',
    });
  const pairs = await interleave(stage.rounds, {
    bare: () => read(market.bare.statusPort, BARE_STATUS),
    real: () => read(market.real.port, "/trpc/subscription.status"),
  });
  return [atLeast({ what: "status read over tRPC", unit: "/s", pairs, budget: 0.5 })];
}
