import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function FlagsPage(_props: { item: string | null }) {
  return <PageHeading tab="flags" title="flags" />;
}
