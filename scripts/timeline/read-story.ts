import { type Deps, readTimeline } from "../../packages/api/src/index.ts";
import type { TimelineEntry } from "../../packages/shared/src/inputs/operations.ts";
import { OPERATOR } from "../console/with-server.ts";

/** The most that is read at once. */
const PAGE = 200;

/** What happened to a user, newest first. */
export interface Story {
  readonly entries: readonly TimelineEntry[];
  /** There is more than was asked for. */
  readonly more: boolean;
}

/** Reads the newest `most` entries of a user's timeline, page by page. */
export async function readStory(deps: Deps, userId: string, most: number): Promise<Story> {
  const entries: TimelineEntry[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(PAGE, most - entries.length);
    const page = await readTimeline(deps, OPERATOR, {
      userId,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    entries.push(...page.entries);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && entries.length < most);
  return { entries, more: cursor !== undefined };
}
