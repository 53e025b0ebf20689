import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { ReportsCard } from "./reports-card.tsx";

const title = consoleTexts.sections.posts;

/** Reported posts, and the decisions about them. */
export default function PostsPage(_props: { item: string | null }) {
  return (
    <>
      <PageHeading tab={consoleTexts.tab(title)} title={title} />
      {/* As wide as their readers see the posts. */}
      <div className="max-w-3xl">
        <ReportsCard />
      </div>
    </>
  );
}
