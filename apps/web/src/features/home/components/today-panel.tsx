import { Card } from "../../../components/card.tsx";
import { Skeleton } from "../../../components/skeleton.tsx";
import { homeTexts } from "../../../texts/home.ts";
import { UsageLine } from "../../subscription/components/usage-line.tsx";
import { useSubscription } from "../../subscription/subscription-context.tsx";

export function TodayPanel() {
  const { status } = useSubscription();
  return (
    <Card title={homeTexts.today}>
      {status.data ? <UsageLine usage={status.data.usage} /> : <Skeleton className="h-12 w-full" />}
    </Card>
  );
}
