import { PageHeading } from "../../components/page-heading.tsx";

/** Not there yet. */
export function OperationsPage() {
  return <PageHeading tab="Operations" title="Operations" />;
}
