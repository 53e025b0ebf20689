import { PLAIN_STORIES } from "./plain-stories.ts";
import type { Story } from "./story.ts";
import { STRAY_STORIES } from "./stray-stories.ts";

/** Every story that is told. Together they come past every failpoint. */
export const STORIES: readonly Story[] = [...PLAIN_STORIES, ...STRAY_STORIES];
