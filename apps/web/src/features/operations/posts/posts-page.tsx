import { PageHeading } from "../../../components/page-heading.tsx";
import { operationsTexts } from "../../../texts/operations.ts";
import { ReportsCard } from "./reports-card.tsx";

/** Reported posts, and the decisions about them. */
export default function PostsPage(_props: { item: string | null }) {
  return (
    <>
      <PageHeading tab={operationsTexts.tab} title={operationsTexts.title} />
      <ReportsCard />
    </>
  );
}
