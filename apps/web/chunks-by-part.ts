import type { Plugin } from "vite";

/** Where the parts begin; what they import dynamically begins parts of its own. */
const ROOTS = {
  entrance: ["/src/app/main.tsx"],
  landing: ["/src/features/landing/landing-page.tsx"],
  routed: ["/src/app/routed.tsx"],
  home: ["/src/app/signed-in.tsx", "/src/features/home/home-page.tsx"],
} as const;

interface Graph {
  getModuleIds: () => IterableIterator<string>;
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null;
}

/**
 * What the landing page shares with the app, what every address loads, and the first signed-in page: each in one file
 * instead of dozens of small ones. gzip finds repetitions only within a file, which is a tenth of that page.
 */
export function chunksByPart() {
  const chunkOf = new Map<string, string>();
  const plugin: Plugin = {
    name: "chunks-by-part",
    apply: "build",
    buildEnd() {
      const entrance = reachable(this, ROOTS.entrance);
      const landing = reachable(this, ROOTS.landing);
      const routed = reachable(this, ROOTS.routed);
      chunkOf.clear();
      for (const id of new Set([...routed, ...reachable(this, ROOTS.home)])) {
        if (entrance.has(id)) continue;
        chunkOf.set(id, landing.has(id) ? "shared" : routed.has(id) ? "routed" : "home");
      }
    },
  };
  const groups = ["shared", "routed", "home"].map((name) => ({
    name,
    test: (id: string) => chunkOf.get(id) === name,
    includeDependenciesRecursively: false,
  }));
  return { plugin, groups };
}

/** Every module that loading the roots loads; what is imported dynamically is not. */
function reachable(graph: Graph, roots: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) visit(next);
  };
  for (const id of graph.getModuleIds()) if (roots.some((root) => id.endsWith(root))) visit(id);
  return found;
}
