import { link, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** The files of uploads that are on their way: `<id>` as far as it has come, `<id>.json` as tus knows it. */
export interface Parts {
  /** How many bytes have come; null: there is no such part. */
  sizeOf(id: string): Promise<number | null>;
  /** A second name for the part, for who takes it away: the part stays until the database knows what became of it. */
  lend(id: string): Promise<string>;
  remove(id: string): Promise<void>;
}

export function partsIn(folder: string): Parts {
  const at = (id: string): string => join(folder, id);
  return {
    sizeOf: async (id) => (await stat(at(id)).catch(() => null))?.size ?? null,
    async lend(id) {
      const lent = `${at(id)}.whole`;
      await rm(lent, { force: true });
      // Some file systems have no second names: then a crash at the wrong moment costs a film being sent again.
      return link(at(id), lent).then(
        () => lent,
        () => at(id),
      );
    },
    async remove(id) {
      await Promise.all(["", ".json", ".whole"].map((end) => rm(at(id) + end, { force: true })));
    },
  };
}

/** Removes files of one folder that nobody has touched since then (epoch ms, the disk's time), and those that belong to them. */
export async function removeUntouched(folder: string, since: number): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let removed = 0;
  for (const [, family] of Map.groupBy(names, (name) => name.split(".")[0] ?? name)) {
    const paths = family.map((name) => join(folder, name));
    const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
    const touched = Math.max(...found.map((one) => one?.mtimeMs ?? 0));
    if (touched >= since || found.some((one) => one?.isDirectory())) continue;
    await Promise.all(paths.map((path) => rm(path, { force: true })));
    removed += paths.length;
  }
  return removed;
}
