import { CatchBoundary, useParams } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense } from "react";
import { words } from "../../texts/everywhere.ts";
import { useUser } from "../account/auth-context.tsx";
import { NotThere } from "../community/components/not-there.tsx";
import { Loading } from "./parts/list-states.tsx";
import { SectionCrashed } from "./parts/section-crashed.tsx";
import { SectionNav } from "./parts/section-nav.tsx";
import { SECTION_NAMES, type SectionName } from "./parts/sections.ts";

/** What lies behind `/operations/<section>`; each is loaded when somebody opens it. */
const SECTIONS: Record<SectionName, ComponentType<{ item: string | null }>> = {
  "": lazy(() => import("./overview/overview-page.tsx")),
  events: lazy(() => import("./events/events-page.tsx")),
  dead: lazy(() => import("./dead/dead-page.tsx")),
  drifts: lazy(() => import("./drifts/drifts-page.tsx")),
  flags: lazy(() => import("./flags/flags-page.tsx")),
  posts: lazy(() => import("./posts/posts-page.tsx")),
  users: lazy(() => import("./users/users-page.tsx")),
  xp: lazy(() => import("./xp/xp-page.tsx")),
  jobs: lazy(() => import("./jobs/jobs-page.tsx")),
  actions: lazy(() => import("./actions/actions-page.tsx")),
};

const isSection = (name: string): name is SectionName => Object.hasOwn(SECTIONS, name);

/** For administrators; to everybody else it does not exist. */
export function OperationsPage() {
  const { role } = useUser();
  const { section = "", item = null } = useParams({ strict: false }) as { section?: string; item?: string };
  if (role !== "admin" || !isSection(section))
    return <NotThere title={words.notFound.title} text={words.notFound.text} />;
  const Section = SECTIONS[section];
  return (
    <>
      <SectionNav section={section} />
      <CatchBoundary getResetKey={() => `${section}/${item}`} errorComponent={SectionCrashed}>
        <Suspense key={section} fallback={<Loading label={SECTION_NAMES[section]} />}>
          <Section item={item} />
        </Suspense>
      </CatchBoundary>
    </>
  );
}
