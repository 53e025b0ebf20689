import { atLeast, type Row } from "./report.ts";
import { interleave } from "./rounds.ts";
import type { Stage } from "./stage.ts";
import { VERIFY_ONLY } from "./verify-only.ts";

const EVENTS = 6_000;
const CONNECTIONS = 64;

/** Durable acknowledgements a second of the webhook route against the same route verifying only. */
export async function measureWebhookThroughput(stage: Stage): Promise<Row[]> {
  const database = await stage.database();
  const { child, port } = await stage.serve(database, { works: false });
  let acknowledged = 0;
  const deliver = (path: string, count: number, round: string): Promise<number> =>
    stage.generator.ask("deliver", {
      port,
      connections: CONNECTIONS,
      path,
      secret: stage.stub.secret,
      count,
      round,
    });
  const pairs = await interleave(stage.rounds, {
    bare: (round) => deliver(VERIFY_ONLY, EVENTS, round),
    real: async (round) => {
      const perSecond = await deliver("/api/webhooks/stripe", EVENTS, round);
      acknowledged += EVENTS;
      await assertStored(acknowledged);
      return perSecond;
    },
  });
  await child.stop();
  return [atLeast({ what: "webhook: durable acknowledgements/s", unit: "/s", pairs, budget: 0.8 })];

  async function assertStored(expected: number): Promise<void> {
    const [row] = await database.sql<{ n: number }[]>`select count(*)::int as n from webhook_events
      where payload like '{%' and outcome is null`;
    if (row?.n !== expected) throw new Error(`${expected} events were acknowledged, ${row?.n} are stored`);
  }
}
