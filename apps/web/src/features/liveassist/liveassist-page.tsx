import { PageHeading } from "../../components/page-heading.tsx";

/** Not there yet. */
export function LiveAssistPage() {
  return <PageHeading tab="LiveAssist" title="LiveAssist" />;
}
