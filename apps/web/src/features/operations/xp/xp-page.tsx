import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function XpPage(_props: { item: string | null }) {
  return <PageHeading tab="xp" title="xp" />;
}
