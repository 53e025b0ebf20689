import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function OverviewPage(_props: { item: string | null }) {
  return <PageHeading tab="overview" title="overview" />;
}
