import type { ReactNode } from "react";
import { legalTexts } from "../texts/legal/links.ts";

export type LegalPath = "/terms" | "/privacy" | "/seller" | "/withdraw";

const LINKS: { to: LegalPath; label: string }[] = [
  { to: "/terms", label: legalTexts.terms },
  { to: "/privacy", label: legalTexts.privacy },
  { to: "/seller", label: legalTexts.seller },
  { to: "/withdraw", label: legalTexts.withdraw },
];

const LOOK =
  "inline-flex min-h-11 items-center text-muted underline-offset-4 hover:text-text hover:underline";

/** The pages the law wants within reach, and the way out of the contract, in one quiet row. */
export function LegalLinks({
  link,
}: {
  link: (to: LegalPath, label: string, className: string) => ReactNode;
}) {
  return (
    <nav aria-label={legalTexts.navigation}>
      <ul className="flex flex-wrap gap-x-6 text-small">
        {LINKS.map(({ to, label }) => (
          <li key={to}>{link(to, label, LOOK)}</li>
        ))}
      </ul>
    </nav>
  );
}
