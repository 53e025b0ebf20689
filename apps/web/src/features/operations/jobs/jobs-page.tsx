import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function JobsPage(_props: { item: string | null }) {
  return <PageHeading tab="jobs" title="jobs" />;
}
