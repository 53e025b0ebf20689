import { useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { readStored, writeStored } from "../../../lib/stored.ts";
import { useNow } from "../../../lib/use-now.ts";
import { useUser } from "../../account/auth-context.tsx";
import { bannerOf } from "../banner.ts";
import { knownNow } from "../known-now.ts";
import { useSubscription } from "../subscription-context.tsx";

const BannerNotice = lazy(() =>
  import("./banner-notice.tsx").then((part) => ({ default: part.BannerNotice })),
);

/** Stands above every page while something about the subscription matters; the page that says it in full is spared. */
export function StandingBanner() {
  const { id } = useUser();
  const { status, standing, withdrawal } = useSubscription();
  const { pathname } = useLocation();
  const now = knownNow(useNow(60_000), status.data?.last_synced_at);
  const key = `liveassist.trial-notice.${id}`;
  const [dismissed, setDismissed] = useState(() => readStored(key));
  const banner = bannerOf({ standing, withdrawal, now, dismissed });
  const spared = pathname === "/settings" ? banner?.kind !== "refund" : pathname === "/withdraw";
  const putAway = (until: string) => {
    writeStored(key, until);
    setDismissed(until);
  };
  return (
    <div role="status" className="empty:hidden">
      {banner && standing && !spared ? (
        <Suspense>
          <div className="mb-6">
            <BannerNotice banner={banner} standing={standing} onDismiss={putAway} />
          </div>
        </Suspense>
      ) : null}
    </div>
  );
}
