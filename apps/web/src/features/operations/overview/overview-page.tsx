import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { overviewTexts } from "../../../texts/operations-overview.ts";
import { useIndicators } from "../parts/use-indicators.ts";
import { ChartsPart } from "./components/charts-part.tsx";
import { IndicatorsPart } from "./components/indicators-part.tsx";
import { OpenIncidents } from "./components/open-incidents.tsx";
import { RecentIncidents } from "./components/recent-incidents.tsx";
import { ServersPart } from "./components/servers-part.tsx";
import { useIncidents } from "./hooks.ts";

/** What is wrong now, loudest first; then how things are, how they were, and what runs. */
export default function OverviewPage(_props: { item: string | null }) {
  const indicators = useIndicators();
  const incidents = useIncidents();
  return (
    <>
      <PageHeading tab={consoleTexts.tab(overviewTexts.title)} title={overviewTexts.title} />
      <div className="grid gap-10">
        <OpenIncidents incidents={incidents} tells={indicators.data?.tells ?? true} />
        <IndicatorsPart indicators={indicators} />
        <ChartsPart />
        <ServersPart indicators={indicators} />
        <RecentIncidents incidents={incidents} />
      </div>
    </>
  );
}
