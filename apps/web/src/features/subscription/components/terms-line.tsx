import type { ReactNode } from "react";
import { legalTexts } from "../../../texts/legal/links.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";

const { terms: texts } = subscriptionDetails.upgrade;

/** What one accepts by ordering, where one orders. New tabs: the summary must not be lost by reading. */
export function TermsLine() {
  return (
    <p className="mt-1 text-center text-small text-pretty text-muted">
      {texts.before}
      <Aside href="/terms">{texts.terms}</Aside>
      {texts.middle}
      <Aside href="/terms#withdrawal">{texts.withdraw}</Aside>
      {texts.afterWithdraw}
      <Aside href="/seller">{texts.seller}</Aside>
      {texts.after}
    </p>
  );
}

function Aside({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="underline underline-offset-2 hover:text-text">
      {children}
      <span className="sr-only"> {legalTexts.newTab}</span>
    </a>
  );
}
