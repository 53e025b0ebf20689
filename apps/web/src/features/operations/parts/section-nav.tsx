import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { formats } from "../../../lib/format.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { SECTION_NAMES, type SectionName, WAITING_IN } from "./sections.ts";
import { useIndicators } from "./use-indicators.ts";

const TAB =
  "inline-flex min-h-11 items-center gap-2 border-b-2 border-transparent px-1 whitespace-nowrap text-muted hover:text-text data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-text";

/** The sections of the console, and how much waits in each; a row that scrolls where it does not fit. */
export function SectionNav({ section }: { section: SectionName }) {
  const row = useRef<HTMLUListElement>(null);
  const { data } = useIndicators();
  const indicators = data?.indicators ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section may stand beyond the edge, and counts push it there.
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>("[data-status=active]");
    if (row.current && tab)
      row.current.scrollLeft = tab.offsetLeft - (row.current.clientWidth - tab.offsetWidth) / 2;
  }, [section, data === undefined]);
  return (
    <nav aria-label={consoleTexts.sections.label} className="mb-6 border-b border-line sm:mb-8">
      <ul ref={row} className="relative -mx-1 -mb-px flex gap-4 overflow-x-auto [scrollbar-width:none]">
        {(Object.keys(SECTION_NAMES) as SectionName[]).map((name) => {
          const waiting = indicators.find((indicator) => indicator.name === WAITING_IN[name])?.value ?? 0;
          return (
            <li key={name}>
              <Link
                to="/operations/{-$section}/{-$item}"
                params={{ section: name === "" ? undefined : name, item: undefined }}
                search={{}}
                activeOptions={{ exact: name === "", includeSearch: false }}
                preload={false}
                className={TAB}
              >
                {SECTION_NAMES[name]}
                {waiting > 0 ? <Waiting count={formats.number(waiting)} /> : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Waiting({ count }: { count: string }) {
  return (
    <span className="rounded-full bg-danger-soft px-1.5 text-small font-medium text-danger tabular-nums">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{consoleTexts.waiting(count)}</span>
    </span>
  );
}
