import { ArrowLeft } from "lucide-react";
import { SectionLink } from "./parts/section-link.tsx";
import type { SectionName } from "./parts/sections.ts";

/** From one thing back to the list it stands in. */
export function BackLink({ section, children }: { section: SectionName; children: string }) {
  return (
    <p className="-mt-3 mb-2">
      <SectionLink
        section={section}
        className="inline-flex min-h-11 items-center gap-2 text-muted underline-offset-4 hover:text-text hover:underline"
      >
        <ArrowLeft aria-hidden="true" className="size-4" />
        {children}
      </SectionLink>
    </p>
  );
}
