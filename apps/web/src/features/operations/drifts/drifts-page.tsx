import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { driftTexts } from "../../../texts/operations-ledger.ts";
import { DriftList } from "./components/drift-list.tsx";
import { EarlierWalks } from "./components/earlier-walks.tsx";
import { LastWalk } from "./components/last-walk.tsx";
import { useWalks } from "./hooks.ts";

/** What differed from Stripe, the walks that found it, and how it is mended. */
export default function DriftsPage(_props: { item: string | null }) {
  const walks = useWalks();
  return (
    <>
      <PageHeading tab={consoleTexts.tab(driftTexts.title)} title={driftTexts.title}>
        {driftTexts.about}
      </PageHeading>
      <div className="grid gap-10">
        <LastWalk walks={walks} />
        <DriftList />
        <EarlierWalks walks={walks} />
      </div>
    </>
  );
}
