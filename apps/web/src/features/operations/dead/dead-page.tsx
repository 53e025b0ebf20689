import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function DeadPage(_props: { item: string | null }) {
  return <PageHeading tab="dead" title="dead" />;
}
