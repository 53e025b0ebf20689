import { PageHeading } from "../../../components/page-heading.tsx";

/** Not built yet. */
export default function UsersPage(_props: { item: string | null }) {
  return <PageHeading tab="users" title="users" />;
}
