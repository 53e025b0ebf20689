import { createDb, type Sql } from "../packages/db/src/index.ts";
import { startBarePush } from "./bare-push.ts";
import { startBareStatus } from "./bare-status.ts";
import { answerParent } from "./child.ts";

export interface BareSettings {
  readonly databaseUrl: string;
  readonly stripeUrl: string;
  readonly secret: string;
}

/** A running part of the bare layer. */
export interface Bare {
  readonly port: number;
  close(): Promise<void>;
}

let stop: () => Promise<void> = async () => {};

/** The floors: what anybody would write by hand for the same steps, with nothing around it. */
const handlers = {
  start: async (settings: BareSettings): Promise<{ pushPort: number; statusPort: number }> => {
    const { sql, close }: { sql: Sql; close(): Promise<void> } = createDb(settings.databaseUrl, { max: 20 });
    const push = await startBarePush(sql, settings);
    const status = await startBareStatus(sql);
    stop = async () => {
      await Promise.all([push.close(), status.close()]);
      await close();
    };
    return { pushPort: push.port, statusPort: status.port };
  },
};

export type BareServer = typeof handlers;

answerParent(handlers, () => stop());
