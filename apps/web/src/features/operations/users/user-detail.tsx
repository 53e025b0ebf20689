import { PageHeading } from "../../../components/page-heading.tsx";
import { consoleTexts } from "../../../texts/operations-console.ts";
import { peopleTexts } from "../../../texts/operations-users.ts";
import { BackLink } from "../back-link.tsx";
import { Empty, Failed, Loading } from "../parts/list-states.tsx";
import { useOneUser, type WholeUser } from "./hooks.ts";
import { Story } from "./story.tsx";
import { Tag } from "./tag.tsx";
import { UserActions } from "./user-actions.tsx";
import { UserCustomers } from "./user-customers.tsx";
import { UserFacts } from "./user-facts.tsx";

/** One user: what they have, what happened to them, and what can be done for them. */
export function UserDetail({ userId }: { userId: string }) {
  const user = useOneUser(userId);
  const { data } = user;
  return (
    <>
      <BackLink section="users">{peopleTexts.back}</BackLink>
      <PageHeading tab={consoleTexts.tab(peopleTexts.tab)} title={data?.name ?? peopleTexts.one}>
        {data ? (
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="[overflow-wrap:anywhere]">{data.email}</span>
            {data.role === "admin" ? <Tag>{peopleTexts.admin}</Tag> : null}
          </span>
        ) : null}
      </PageHeading>
      {data ? (
        <Whole user={data} />
      ) : data === null ? (
        <Empty title={peopleTexts.missing} text={peopleTexts.missingText} />
      ) : user.error ? (
        <Failed error={user.error} retry={() => void user.refetch()} title={peopleTexts.failedOne} />
      ) : (
        <Loading label={peopleTexts.one} />
      )}
    </>
  );
}

function Whole({ user }: { user: WholeUser }) {
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
      <div className="lg:col-start-2">
        <UserFacts user={user} />
      </div>
      <div className="lg:col-start-1 lg:row-span-2 lg:row-start-1">
        <Story userId={user.id} />
      </div>
      <div className="grid grid-cols-1 gap-5 lg:col-start-2">
        <UserCustomers user={user} />
        <UserActions user={user} />
      </div>
    </div>
  );
}
