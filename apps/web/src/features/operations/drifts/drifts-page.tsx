import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function DriftsPage(_props: { item: string | null }) {
  return <PageHeading tab="drifts" title="drifts" />;
}
