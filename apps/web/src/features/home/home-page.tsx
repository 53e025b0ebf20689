import { PageHeading } from "../../components/page-heading.tsx";
import { formats } from "../../lib/format.ts";
import { homeTexts } from "../../texts/home.ts";
import { useUser } from "../account/auth-context.tsx";
import type { User } from "../account/user.ts";
import type { Standing } from "../subscription/standing.ts";
import { useSubscription } from "../subscription/subscription-context.tsx";
import { CommunitySection } from "./components/community-section.tsx";
import { Summary } from "./components/summary.tsx";
import { dayPart } from "./day-part.ts";

/** A calm start: what you have today, and what the others found out. */
export function HomePage() {
  const user = useUser();
  const { standing } = useSubscription();
  return (
    <>
      <PageHeading tab={homeTexts.tab} title={homeTexts.greeting(dayPart(new Date().getHours()), user.name)}>
        {planLine(user, standing)}
      </PageHeading>
      <Summary />
      <CommunitySection />
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
