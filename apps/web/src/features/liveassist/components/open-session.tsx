import { useEffect } from "react";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { words } from "../../../texts/everywhere.ts";
import { failureText } from "../../../texts/failures.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useDropSession } from "../use-session-choice.ts";
import { useThread } from "../use-thread.ts";
import { Chat } from "./chat.tsx";
import { ThreadSkeleton } from "./thread-skeleton.tsx";

/** One session from the moment its id is known; one that is not there, or not one's own, gives way to another. */
export function OpenSession({ sessionId }: { sessionId: string }) {
  const view = useThread(sessionId);
  const drop = useDropSession();
  const gone = view.failure?.code === "NOT_FOUND" || view.failure?.code === "INVALID_INPUT";
  useEffect(() => {
    if (gone) drop(sessionId);
  }, [gone, drop, sessionId]);

  if (view.thread) return <Chat sessionId={sessionId} view={{ ...view, thread: view.thread }} />;
  if (!view.failure || gone) return <ThreadSkeleton />;
  return (
    <div className="mx-auto w-full max-w-[45rem] px-5 py-6">
      <Notice
        tone="problem"
        title={liveassistTexts.loadFailed}
        actions={
          <Button look="secondary" onClick={view.refetch}>
            {words.retry}
          </Button>
        }
      >
        {failureText(view.failure).text}
      </Notice>
    </div>
  );
}
