import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Row } from "./report.ts";

const DIST = join(import.meta.dirname, "../apps/web/dist");
const KB = 1000;

interface Route {
  readonly what: string;
  /** Beginnings of the names of the files that the route loads on top of the page's own. */
  readonly chunks: readonly string[];
  readonly budgetKb: number;
}

const ROUTES: Route[] = [
  { what: "JavaScript of the landing page, gzipped", chunks: ["landing-page"], budgetKb: 90 },
  {
    what: "JavaScript of the first signed-in route, gzipped",
    chunks: ["routed", "home"],
    budgetKb: 150,
  },
];

/** The size of what a route loads first, following static imports; none when the web was not built. */
export async function measureBundles(): Promise<Row[]> {
  if (!existsSync(join(DIST, "index.html"))) return [];
  const page = await readFile(join(DIST, "index.html"), "utf8");
  const names = await readdir(join(DIST, "assets"));
  const own = [...page.matchAll(/assets\/([\w.-]+\.js)/g)].map((match) => match[1] ?? "");
  const rows: Row[] = [];
  for (const { what, chunks, budgetKb } of ROUTES) {
    const starts = chunks.map((chunk) => {
      const name = names.find((one) => one.startsWith(`${chunk}-`) && one.endsWith(".js"));
      if (name === undefined)
        throw new Error(`apps/web/dist has no chunk ${chunk}: what is the route called now?`);
      return name;
    });
    const sizes = await Promise.all(
      (await reachable([...own, ...starts])).map(async (name) => gzipSync(await asset(name)).length),
    );
    const kb = sizes.reduce((sum, size) => sum + size, 0) / KB;
    const real = `${kb.toFixed(1)} kB in ${sizes.length} files`;
    rows.push({ what, real, bare: "", ratio: "", budget: `≤ ${budgetKb} kB`, kept: kb <= budgetKb });
  }
  return rows;
}

const asset = (name: string): Promise<Buffer> => readFile(join(DIST, "assets", name));

/** The files and everything they import statically. */
async function reachable(starts: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const open = [...starts];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const source = (await asset(name)).toString();
    for (const match of source.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
      open.push(match[1] ?? "");
  }
  return [...found];
}
