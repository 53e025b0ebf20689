import type { Site } from "@liveassist/api/contract";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { formats } from "../../../lib/format.ts";
import { useSite } from "../../../lib/use-site.ts";
import { words } from "../../../texts/everywhere.ts";
import type { LegalFacts } from "../../../texts/legal/document.ts";
import { legalTexts } from "../../../texts/legal/links.ts";

interface WithFactsProps {
  children: (facts: LegalFacts) => ReactNode;
  /** The page itself says when there is no seller. */
  saysItself?: boolean;
}

/** Waits for price and seller: a legal text with a gap, or with a guessed price, is worse than none. */
export function WithFacts({ children, saysItself = false }: WithFactsProps) {
  const { site, failed, retry } = useSite();
  if (site) {
    return (
      <>
        {site.seller || saysItself ? null : (
          <div className="mb-8">
            <Notice tone="attention" title={legalTexts.testTitle} live={false}>
              {legalTexts.testText}
            </Notice>
          </div>
        )}
        {children(factsOf(site))}
      </>
    );
  }
  if (failed) {
    return (
      <Notice
        tone="problem"
        title={legalTexts.failed}
        actions={<Button onClick={retry}>{words.retry}</Button>}
      >
        {legalTexts.failedText}
      </Notice>
    );
  }
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{words.loading}</span>
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-64 w-full" />
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-4/5" />
    </div>
  );
}

const factsOf = ({ offer, seller }: Site): LegalFacts => ({
  price: formats.money(offer.amount_ore, offer.currency),
  trialDays: offer.trial_days,
  trialRequiresCard: offer.trial_requires_card,
  seller,
});
