import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { usePageTitle } from "../../lib/use-page-title.ts";
import { useVisibleHeight } from "../../lib/use-visible-height.ts";
import { words } from "../../texts/everywhere.ts";
import { failureText } from "../../texts/failures.ts";
import { liveassistTexts } from "../../texts/liveassist.ts";
import { ChatHeader } from "./components/chat-header.tsx";
import { OpenSession } from "./components/open-session.tsx";
import { ThreadSkeleton } from "./components/thread-skeleton.tsx";
import { useSessionChoice } from "./use-session-choice.ts";

/** The chat: one session open, the others a press away. */
export function LiveAssistPage() {
  usePageTitle(liveassistTexts.tab);
  useVisibleHeight();
  const { sessionId, failure, retry } = useSessionChoice();
  const problem = failure && failureText(failure);
  return (
    <>
      <ChatHeader sessionId={sessionId} />
      {sessionId === null ? (
        problem ? (
          <div className="mx-auto w-full max-w-[45rem] px-5 py-6">
            <Notice
              tone="problem"
              title={problem.title}
              actions={
                <Button look="secondary" onClick={retry}>
                  {words.retry}
                </Button>
              }
            >
              {problem.text}
            </Notice>
          </div>
        ) : (
          <ThreadSkeleton />
        )
      ) : (
        <OpenSession key={sessionId} sessionId={sessionId} />
      )}
    </>
  );
}
