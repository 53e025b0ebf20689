import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { vi } from "vitest";
import { BrowserUser } from "./browser-user.ts";
import type { Shop } from "./purchases.ts";
import { TusSender } from "./tus-sender.ts";

export type UploadRow = Record<string, unknown>;

/** Waits for a condition, on a busy machine too. */
export const soon = <T>(check: () => Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 10_000 });

/** People who send files, and what the server keeps of them. */
export function uploadPeople(shop: () => Shop) {
  const dataDir = (): string => shop().server.dataDir;
  return {
    someone: async (name = "Una") => new TusSender(await new BrowserUser(shop().server.url).signUp(name)),
    async payer(name = "Pia"): Promise<TusSender> {
      const purchase = await shop().buy(name, true);
      await shop().inTurn(shop().eventsOf(purchase));
      return new TusSender(purchase.user);
    },
    rowOf: async (id: string): Promise<UploadRow> =>
      (await shop().server.database.sql`select * from uploads where id = ${id}`)[0] ?? {},
    rowsOf: async ({ user }: TusSender): Promise<UploadRow[]> =>
      shop().server.database.sql`select * from uploads where user_id = ${user.id} order by created_at`,
    /** Units that count today. */
    unitsOf: async ({ user }: TusSender): Promise<number> => {
      const { body } = await user.get("/api/subscriptions/status");
      return (body["usage"] as { images_used: number }).images_used;
    },
    /** How many bytes of an upload have reached the disk. */
    arrived: async (id: string): Promise<number> => (await stat(join(dataDir(), "uploads", id))).size,
    partOf: (id: string): string => join(dataDir(), "uploads", id),
    /** Names in the folder of what is on its way. */
    async partsLeft(id: string): Promise<string[]> {
      return (await readdir(join(dataDir(), "uploads"))).filter((name) => name.startsWith(id));
    },
    keptOf: (id: string): Promise<Buffer> => readFile(join(dataDir(), "files", "liveassist", id)),
  };
}
