import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { buttonLook } from "../../../components/button.tsx";
import { Card } from "../../../components/card.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { homeTexts } from "../../../texts/home.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { useUser } from "../../account/auth-context.tsx";
import { UpgradeOffer } from "../../subscription/components/upgrade-offer.tsx";
import { mayUpgrade } from "../../subscription/standing.ts";
import { useSubscription } from "../../subscription/subscription-context.tsx";

/** What Premium gives, and for who is Free the way to it. */
export function PlanPanel() {
  const user = useUser();
  const { standing } = useSubscription();
  const premium = user.entitlements.premium_badge;
  const upgradable = !premium && standing !== null && mayUpgrade(standing);
  const wayOn = upgradable ? <UpgradeOffer /> : premium || standing ? <ToSettings /> : <OfferSkeleton />;
  return (
    <Card title={premium ? homeTexts.premiumTitle : subscriptionTexts.plan}>
      <ul className="grid gap-2.5">
        {subscriptionTexts.gives.map((gift) => (
          <li key={gift} className="flex gap-3">
            <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
            {gift}
          </li>
        ))}
      </ul>
      <div className="mt-6">{wayOn}</div>
    </Card>
  );
}

function ToSettings() {
  return (
    <Link to="/settings" className={buttonLook("secondary")}>
      {homeTexts.more}
    </Link>
  );
}

function OfferSkeleton() {
  return (
    <>
      <Skeleton className="h-11 w-64 max-w-full" />
      <Skeleton className="mt-3 h-4 w-56" />
    </>
  );
}
