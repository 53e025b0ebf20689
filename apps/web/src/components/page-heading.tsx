import { type ReactNode, useEffect, useRef } from "react";
import { usePageTitle } from "../lib/use-page-title.ts";

let pagesShown = 0;

/** The page's name: it names the tab, and takes the focus when one came here by a link (not on the first load). */
export function PageHeading({
  title,
  tab,
  children,
}: {
  title: ReactNode;
  tab: string;
  children?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(tab);
  useEffect(() => {
    pagesShown += 1;
    if (pagesShown > 1) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className="mb-6 sm:mb-8">
      <h1 ref={heading} tabIndex={-1} className="text-title [overflow-wrap:anywhere]">
        {title}
      </h1>
      {children ? <div className="mt-1.5 text-muted">{children}</div> : null}
    </header>
  );
}
