import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StripeStub } from "../apps/server/test/support/stripe-stub.ts";
import { createDatabaseIn, startTestCluster, type TestDatabase } from "../packages/db/src/test-cluster.ts";
import type { BareServer } from "./bare-server.ts";
import { type Child, type Handlers, startChild } from "./child.ts";
import type { Generator } from "./generator.ts";
import type { RealServer, RealSettings } from "./real-server.ts";

/** What every row is measured with: one durable Postgres, one stand-in for Stripe, one generator. */
export interface Stage {
  readonly rounds: number;
  readonly stub: StripeStub;
  readonly generator: Child<Generator>;
  /** A fresh, migrated database that really waits for the disk; it goes with the stage. */
  database(): Promise<TestDatabase>;
  /** The product on a database; stop it when the row is done. */
  serve(database: TestDatabase, options: ServeOptions): Promise<Served>;
  startFloor(): Child<BareServer>;
  close(): Promise<void>;
}

export type ServeOptions = Pick<RealSettings, "works" | "webFolder" | "modelUrl">;

export interface Served {
  readonly child: Child<RealServer>;
  readonly port: number;
}

export interface StageOptions {
  readonly rounds: number;
  /** Options for the server's node, e.g. `--cpu-prof`. */
  readonly serverOptions: string[];
}

export async function openStage({ rounds, serverOptions }: StageOptions): Promise<Stage> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closing.toReversed()) await one();
  };
  const dataDir = await mkdtemp(join(tmpdir(), "liveassist-bench-"));
  closing.push(() => rm(dataDir, { recursive: true, force: true }));
  try {
    const cluster = await startTestCluster({ durable: true });
    closing.push(() => cluster.stop());
    const stub = await new StripeStub().start();
    closing.push(() => stub.stop());
    function start<H extends Handlers>(file: string, nodeOptions: string[] = []): Child<H> {
      const child = startChild<H>(file, nodeOptions);
      closing.push(() => child.stop());
      return child;
    }
    return {
      rounds,
      stub,
      generator: start<Generator>("./generator.ts"),
      startFloor: () => start<BareServer>("./bare-server.ts"),
      async database() {
        const database = await createDatabaseIn(cluster);
        closing.push(() => database.close());
        await assertDurable(database);
        return database;
      },
      async serve(database, { works, webFolder, modelUrl }) {
        const child = start<RealServer>("./real-server.ts", serverOptions);
        const settings = {
          databaseUrl: database.url,
          dataDir,
          stripeUrl: stub.url,
          secret: stub.secret,
          ...{ works, webFolder, modelUrl },
        };
        return { child, ...(await child.ask("start", settings)) };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A bench of durable writes on a database that does not wait for the disk would measure nothing. */
async function assertDurable({ sql }: TestDatabase): Promise<void> {
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) {
    const [row] = await sql<{ value: string }[]>`select current_setting(${setting}) as value`;
    if (row?.value !== "on") throw new Error(`${setting} is ${row?.value}: acknowledgements are not durable`);
  }
}
