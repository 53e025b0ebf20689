import type { Outputs } from "@liveassist/api/contract";
import { consoleTexts } from "../../../texts/operations-console.ts";

const { sections } = consoleTexts;

/** The sections in the order of their navigation; the name is the part of the address behind `/operations`. */
export const SECTION_NAMES = {
  "": sections.overview,
  events: sections.events,
  dead: sections.dead,
  drifts: sections.drifts,
  flags: sections.flags,
  posts: sections.posts,
  users: sections.users,
  xp: sections.xp,
  jobs: sections.jobs,
  actions: sections.actions,
} as const;

export type SectionName = keyof typeof SECTION_NAMES;

type Indicator = Outputs["operations"]["readIndicators"]["indicators"][number];

/** Which indicator counts what waits for somebody in a section. */
export const WAITING_IN: Partial<Record<SectionName, Indicator["name"]>> = {
  dead: "dead_letters",
  drifts: "open_drifts",
  flags: "open_flags",
};
