import type { ReactNode } from "react";
import { SectionLink } from "./section-link.tsx";
import type { SectionName } from "./sections.ts";

interface RowLinkProps {
  section: SectionName;
  item: string;
  search?: Record<string, string>;
  children: ReactNode;
}

/** The link of a row, as wide as the row. Stands in the first column of a list that `isLinked`. */
export function RowLink(props: RowLinkProps) {
  return (
    <SectionLink
      {...props}
      className="font-medium [overflow-wrap:anywhere] outline-none after:absolute after:inset-0 after:rounded-sm after:content-[''] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    />
  );
}
