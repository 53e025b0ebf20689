import { PageHeading } from "../../components/page-heading.tsx";

/** Not there yet. */
export function PostPage() {
  return <PageHeading tab="Post" title="Post" />;
}
