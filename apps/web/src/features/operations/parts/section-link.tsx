import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { SectionName } from "./sections.ts";

interface SectionLinkProps {
  section: SectionName;
  /** What is opened in the section: an event's id, a user's id. */
  item?: string;
  /** Filters of the section, as they stand in the address. */
  search?: Record<string, string>;
  className?: string;
  children: ReactNode;
}

/** The look of a link within the console's words. */
export const LINK =
  "rounded-sm font-medium text-accent underline-offset-4 [overflow-wrap:anywhere] hover:underline";

/** Leads to a section of the console, or to one thing in it. */
export function SectionLink({ section, item, search, className = LINK, children }: SectionLinkProps) {
  return (
    <Link
      to="/operations/{-$section}/{-$item}"
      params={{ section: section === "" ? undefined : section, item }}
      search={search ?? {}}
      preload={false}
      className={className}
    >
      {children}
    </Link>
  );
}
