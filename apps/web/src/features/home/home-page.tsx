import { PageHeading } from "../../components/page-heading.tsx";
import { formats } from "../../lib/format.ts";
import { homeTexts } from "../../texts/home.ts";
import { useUser } from "../account/auth-context.tsx";
import type { User } from "../account/user.ts";
import type { Standing } from "../subscription/standing.ts";
import { useSubscription } from "../subscription/subscription-context.tsx";
import { PlanPanel } from "./components/plan-panel.tsx";
import { TodayPanel } from "./components/today-panel.tsx";
import { XpPanel } from "./components/xp-panel.tsx";
import { dayPart } from "./day-part.ts";

/** A calm start: who you are to us, what you have, and what more there is. */
export function HomePage() {
  const user = useUser();
  const { standing } = useSubscription();
  return (
    <>
      <PageHeading tab={homeTexts.tab} title={homeTexts.greeting(dayPart(new Date().getHours()), user.name)}>
        {planLine(user, standing)}
      </PageHeading>
      <div className="grid gap-5">
        <PlanPanel />
        <div className="grid gap-5 sm:grid-cols-2">
          <TodayPanel />
          <XpPanel />
        </div>
      </div>
    </>
  );
}

function planLine(user: User, standing: Standing | null): string {
  switch (user.subscription_status) {
    case "free":
      return standing?.kind === "pending" ? homeTexts.pending : homeTexts.free;
    case "trial":
      return user.subscription_expiry
        ? homeTexts.trial(formats.date(user.subscription_expiry))
        : homeTexts.premium;
    case "paid":
      return homeTexts.premium;
  }
}
