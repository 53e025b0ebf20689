import { PageHeading } from "../../components/page-heading.tsx";

/** Not there yet. */
export function ProfilePage() {
  return <PageHeading tab="Profile" title="Profile" />;
}
