import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function ActionsPage(_props: { item: string | null }) {
  return <PageHeading tab="actions" title="actions" />;
}
