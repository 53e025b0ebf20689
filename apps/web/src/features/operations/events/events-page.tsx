import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function EventsPage(_props: { item: string | null }) {
  return <PageHeading tab="events" title="events" />;
}
