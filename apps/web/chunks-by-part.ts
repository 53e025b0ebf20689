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
  getModuleInfo: (id: string) => { importedIds: readonly string[]; code?: string | null } | null;
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

/** One module for each icon, all of them reached from the package's entry, whoever uses which. */
const ICON = /\/lucide-react\/.*\/icons\/([\w-]+)\.m?js$/;
const TAKEN_ICONS = /import\s*\{([^}]*)\}\s*from\s*["']lucide-react["']/g;

/**
 * Every module that loading the roots loads; what is imported dynamically is not. Of the icons only those that are taken by
 * name, so that one of a page that is opened later is not loaded by all.
 */
function reachable(graph: Graph, roots: readonly string[]): Set<string> {
  const found = new Set<string>();
  const icons = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    const info = graph.getModuleInfo(id);
    for (const [, names = ""] of (info?.code ?? "").matchAll(TAKEN_ICONS))
      for (const name of names.split(",")) icons.add(fileOfIcon(name));
    for (const next of info?.importedIds ?? []) visit(next);
  };
  for (const id of graph.getModuleIds()) if (roots.some((root) => id.endsWith(root))) visit(id);
  const isTaken = (id: string): boolean => {
    const [, icon] = ICON.exec(id) ?? [];
    return icon === undefined || icons.has(icon);
  };
  return new Set([...found].filter(isTaken));
}

/** `ArrowUp as Up` lies in `arrow-up`. */
const fileOfIcon = (name: string): string =>
  (name.trim().split(/\s/, 1)[0] ?? "").replaceAll(/([a-z])([A-Z\d])/g, "$1-$2").toLowerCase();
