import { PageHeading } from "../../components/page-heading.tsx";
import { words } from "../../texts/everywhere.ts";
import { operationsTexts } from "../../texts/operations.ts";
import { useUser } from "../account/auth-context.tsx";
import { NotThere } from "../community/components/not-there.tsx";
import { ReportsCard } from "./components/reports-card.tsx";

/** For administrators; to everybody else it does not exist. */
export function OperationsPage() {
  const { role } = useUser();
  if (role !== "admin") return <NotThere title={words.notFound.title} text={words.notFound.text} />;
  return (
    <>
      <PageHeading tab={operationsTexts.tab} title={operationsTexts.title} />
      <ReportsCard />
    </>
  );
}
