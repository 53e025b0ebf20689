import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { buttonLook } from "../../../components/button.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { formats } from "../../../lib/format.ts";
import { useSite } from "../../../lib/use-site.ts";
import { landingTexts } from "../../../texts/landing.ts";
import { EnterLink } from "./enter-link.tsx";

const { free, premium } = landingTexts;

/** What it costs, with nothing in small print that matters. */
export function Prices() {
  const { site, failed } = useSite();
  const offer = site?.offer;
  const currency = offer?.currency ?? "SEK";
  return (
    <section aria-labelledby="prices" className="py-10 sm:py-14">
      <h2 id="prices" className="text-title">
        {landingTexts.priceTitle}
      </h2>
      <div className="mt-7 grid gap-5 md:grid-cols-2">
        <Plan name={free.name} price={formats.money(0, currency)} text={free.text} gives={free.gives}>
          <EnterLink to="/sign-up" className={buttonLook("secondary", true)}>
            {free.action}
          </EnterLink>
        </Plan>
        <Plan
          name={premium.name}
          badge={premium.badge}
          price={
            offer ? formats.money(offer.amount_ore, offer.currency) : failed ? premium.priceUnknown : null
          }
          per={failed ? undefined : premium.per}
          text={offer ? premium.text(offer.trial_days) : premium.textUnknown}
          gives={premium.gives}
        >
          <EnterLink to="/sign-up" className={buttonLook("primary", true)}>
            {offer ? premium.action(offer.trial_days) : premium.actionUnknown}
          </EnterLink>
        </Plan>
      </div>
    </section>
  );
}

interface PlanProps {
  name: string;
  badge?: string;
  /** Null while it is asked for; its place is kept. */
  price: string | null;
  per?: string | undefined;
  text: string;
  gives: readonly string[];
  children: ReactNode;
}

function Plan({ name, badge, price, per, text, gives, children }: PlanProps) {
  return (
    <div className="flex flex-col rounded-md border border-line bg-surface p-6 sm:p-7">
      <h3 className="flex min-h-8 items-center justify-between gap-3 text-lead">
        {name}
        {badge ? (
          <span className="rounded-full bg-premium-soft px-2.5 py-0.5 text-small font-semibold text-premium">
            {badge}
          </span>
        ) : null}
      </h3>
      <p className="mt-3 min-h-8 tabular-nums">
        {price === null ? (
          <Skeleton className="inline-block h-6 w-24 align-middle" />
        ) : (
          <span className="text-title font-semibold">{price}</span>
        )}
        {per ? <span className="ml-2 text-muted">{per}</span> : null}
      </p>
      <p className="mt-1 text-muted">{text}</p>
      <ul className="mt-5 mb-7 grid gap-2.5">
        {gives.map((gift) => (
          <li key={gift} className="flex gap-3">
            <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
            {gift}
          </li>
        ))}
      </ul>
      <div className="mt-auto">{children}</div>
    </div>
  );
}
