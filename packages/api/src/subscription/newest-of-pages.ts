import type { Trail } from "../deps.ts";

/** Pages remembered by each process; the oldest is forgotten, and may at worst be noted twice. */
const MOST_PAGES = 20_000;

/** The newest version each page was noted for: a page that asks again and again is no story, and must not fill the trail. */
export interface NewestOfPages {
  isNews(page: string, version: number): boolean;
  remember(page: string, version: number): void;
}

/** One memory a trail, which is one a process: of what pages were told, and of what they confirmed. */
const memories = {
  push: new WeakMap<Trail, NewestOfPages>(),
  ack: new WeakMap<Trail, NewestOfPages>(),
} as const;

/** The memory of this process. */
export function newestOfPages(trail: Trail, kind: keyof typeof memories): NewestOfPages {
  const known = memories[kind].get(trail) ?? createMemory();
  memories[kind].set(trail, known);
  return known;
}

function createMemory(): NewestOfPages {
  const newest = new Map<string, number>();
  return {
    isNews: (page, version) => version > (newest.get(page) ?? -1),
    remember(page, version) {
      newest.delete(page);
      newest.set(page, version);
      const [oldest] = newest.keys();
      if (newest.size > MOST_PAGES && oldest !== undefined) newest.delete(oldest);
    },
  };
}
