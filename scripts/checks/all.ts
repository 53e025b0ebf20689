import { checkBiome } from "./biome.ts";
import type { Check } from "./check.ts";
import { checkDocsLinks } from "./docs-links.ts";
import { checkEnvironmentTable } from "./environment-table.ts";
import { checkUnused } from "./knip.ts";
import { checkLockfileHoles } from "./lockfile-holes.ts";
import { checkStructure } from "./structure.ts";
import { checkTypes } from "./types.ts";

/** What `npm run verify` runs, quick ones first: a broken law is told before the type checker is done. */
export const CHECKS: Check[] = [
  { name: "structure", run: (root) => checkStructure(root) },
  { name: "lockfile", run: checkLockfileHoles },
  { name: "docs links", run: checkDocsLinks },
  { name: "environment table", run: checkEnvironmentTable },
  { name: "biome", run: checkBiome },
  { name: "types", run: checkTypes },
  { name: "unused", run: checkUnused },
];
