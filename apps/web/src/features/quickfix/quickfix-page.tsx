import { PageHeading } from "../../components/page-heading.tsx";

/** Not there yet. */
export function QuickFixPage() {
  return <PageHeading tab="QuickFix" title="QuickFix" />;
}
