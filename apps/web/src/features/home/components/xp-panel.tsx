import { Card } from "../../../components/card.tsx";
import { formats } from "../../../lib/format.ts";
import { homeTexts } from "../../../texts/home.ts";
import { subscriptionTexts } from "../../../texts/subscription.ts";
import { useUser } from "../../account/auth-context.tsx";

export function XpPanel() {
  const { xp } = useUser();
  return (
    <Card title={homeTexts.xp}>
      <p className="text-title font-semibold tabular-nums">{subscriptionTexts.xp(formats.number(xp))}</p>
      {xp === 0 ? <p className="mt-1 text-small text-muted">{homeTexts.xpText}</p> : null}
    </Card>
  );
}
