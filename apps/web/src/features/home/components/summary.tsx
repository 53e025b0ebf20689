import { Link } from "@tanstack/react-router";
import { Skeleton } from "../../../components/skeleton.tsx";
import { formats } from "../../../lib/format.ts";
import { homeTexts } from "../../../texts/home.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { useUser } from "../../account/auth-context.tsx";
import { UpgradeOffer } from "../../subscription/components/upgrade-offer.tsx";
import { UsageLine } from "../../subscription/components/usage-line.tsx";
import { mayUpgrade } from "../../subscription/standing.ts";
import { useSubscription } from "../../subscription/subscription-context.tsx";

/** What one has today, in little room: images, XP, and for who is Free the way to Premium. */
export function Summary() {
  const user = useUser();
  const { status, standing } = useSubscription();
  const premium = user.entitlements.premium_badge;
  const upgradable = !premium && standing !== null && mayUpgrade(standing);
  return (
    <section
      aria-label={homeTexts.summary}
      className="grid gap-x-8 gap-y-4 rounded-md bg-sunken p-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:p-5"
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto] content-start gap-4 sm:grid-cols-1">
        <div className="min-w-0">
          <h2 className="text-small text-muted">{homeTexts.today}</h2>
          {status.data ? (
            <UsageLine usage={status.data.usage} />
          ) : (
            <Skeleton className="mt-1 h-9 w-44 max-w-full" />
          )}
        </div>
        <div className="max-sm:text-right">
          <h2 className="text-small text-muted">{homeTexts.xp}</h2>
          <p className="tabular-nums">{subscriptionTexts.xp(formats.number(user.xp))}</p>
        </div>
      </div>
      {premium || (standing !== null && !upgradable) ? (
        <Link
          to="/settings"
          className="inline-flex min-h-11 items-center self-start font-medium text-accent underline-offset-4 hover:underline max-sm:-my-2.5"
        >
          {homeTexts.more}
        </Link>
      ) : (
        <div>{upgradable ? <Offer xp={user.xp} /> : <OfferSkeleton />}</div>
      )}
    </section>
  );
}

function Offer({ xp }: { xp: number }) {
  return (
    <>
      <UpgradeOffer />
      <details className="-mb-2.5 sm:max-w-64">
        <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-md font-medium text-accent underline-offset-4 hover:underline">
          {homeTexts.gives}
        </summary>
        <ul className="grid list-disc gap-1 pb-2 pl-5 marker:text-accent">
          {subscriptionTexts.gives.map((gift) => (
            <li key={gift}>{gift}</li>
          ))}
          {xp === 0 ? <li>{homeTexts.xpText}</li> : null}
        </ul>
      </details>
    </>
  );
}

function OfferSkeleton() {
  return (
    <>
      <Skeleton className="h-11 w-64 max-w-full" />
      <Skeleton className="mt-3 h-4 w-56" />
      <Skeleton className="mt-5 mb-3 h-4 w-40" />
    </>
  );
}
