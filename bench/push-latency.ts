import type { TestDatabase } from "../packages/db/src/test-cluster.ts";
import { type Buyer, countPaid, takeBack } from "./buyers.ts";
import type { Market } from "./market.ts";
import { atMost, type Row } from "./report.ts";
import { interleave } from "./rounds.ts";
import type { Stage } from "./stage.ts";
import { percentile } from "./statistics.ts";

/** Far below what either side can do: latency, not queueing, is asked for. */
const PER_SECOND = 30;

/** From a webhook's delivery to the frame at the buyer's socket, each a first payment, against the floor. */
export async function measurePushLatency(stage: Stage, market: Market): Promise<Row[]> {
  const { buyers, real, bare } = market;
  const purchase = async (port: number, path: string, round: string): Promise<number[]> =>
    stage.generator.ask("purchase", {
      port,
      path,
      secret: stage.stub.secret,
      perSecond: PER_SECOND,
      events: buyers.map((buyer) => paidEvent(stage, buyer, round)),
    });
  const pairs = await interleave(stage.rounds, {
    bare: async (round) => {
      await takeBack(bare.database.sql);
      const latencies = await purchase(bare.pushPort, "/webhook", round);
      await assertAllPaid(bare.database, buyers.length);
      return latencies;
    },
    real: async (round) => {
      await takeBack(real.database.sql);
      const latencies = await purchase(real.port, "/api/webhooks/stripe", round);
      await assertAllPaid(real.database, buyers.length);
      return latencies;
    },
  });
  const at = (share: number) =>
    pairs.map((pair) => ({ real: percentile(pair.real, share), bare: percentile(pair.bare, share) }));
  return [
    atMost({ what: "webhook → frame, p50", unit: " ms", pairs: at(0.5), budget: 2 }),
    atMost({ what: "webhook → frame, p99", unit: " ms", pairs: at(0.99), budget: 3 }),
  ];
}

/** One event stored and one frame written for every purchase of every round so far, and everybody is paid. */
async function assertAllPaid({ sql }: TestDatabase, count: number): Promise<void> {
  const { paid, told, stored } = await countPaid(sql);
  if (paid === count && told % count === 0 && stored === told) return;
  throw new Error(`of ${count} buyers ${paid} are paid; ${stored} events stored, ${told} frames written`);
}

function paidEvent(stage: Stage, { userId, customerId }: Buyer, round: string) {
  const subscription = stage.stub.get(customerId.replace("cus_", "sub_"));
  const id = `evt_${round}_${customerId}`;
  return { userId, event: stage.stub.event("customer.subscription.created", subscription, { id }) };
}
