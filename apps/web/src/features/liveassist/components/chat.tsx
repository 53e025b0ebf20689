import { useCallback, useMemo, useRef } from "react";
import { DropArea } from "../../uploads/components/drop-area.tsx";
import { ImageLimitDialog } from "../../uploads/components/image-limit-dialog.tsx";
import { useAttachments } from "../../uploads/use-attachments.ts";
import { ChatContext } from "../chat-context.ts";
import type { Outgoing, OutgoingFile } from "../outgoing.ts";
import { rowCount } from "../rows.ts";
import { awaitsReply, runningReply, type Thread } from "../thread.ts";
import { useDraft } from "../use-draft.ts";
import { useLiveThread } from "../use-live-thread.ts";
import { useSender } from "../use-sender.ts";
import { Announcer } from "./announcer.tsx";
import { Composer } from "./composer.tsx";
import { FirstRun } from "./first-run.tsx";
import { ThreadList } from "./thread-list.tsx";

interface ChatProps {
  sessionId: string;
  view: { thread: Thread; older: "idle" | "loading" | "failed"; loadOlder: () => void };
}

/** An open session: its thread above, the composer below. */
export function Chat({ sessionId, view: { thread, older, loadOlder } }: ChatProps) {
  useLiveThread(sessionId, thread);
  const [text, setText] = useDraft(sessionId);
  const attachments = useAttachments({ scope: sessionId, endpoint: "liveassist" });
  const { clear } = attachments;
  const onSent = useCallback(
    (files: readonly OutgoingFile[]) => {
      if (files.length > 0) clear(files.map(({ uploadId }) => uploadId));
    },
    [clear],
  );
  const sender = useSender(sessionId, thread, onSent);
  const field = useRef<HTMLTextAreaElement>(null);
  const write = useCallback(
    (next: string) => {
      setText(next);
      field.current?.focus();
    },
    [setText],
  );
  const latestText = useRef(text);
  latestText.current = text;
  const chat = useMemo(
    () => ({
      sessionId,
      sender,
      edit: (one: Outgoing) => {
        sender.discard(one);
        write([one.text, latestText.current].filter((part) => part !== "").join("\n"));
      },
    }),
    [sessionId, sender, write],
  );
  return (
    <ChatContext value={chat}>
      <DropArea attachments={attachments} />
      {rowCount(thread) === 0 ? (
        <FirstRun onPick={write} />
      ) : (
        <ThreadList thread={thread} older={older} loadOlder={loadOlder} />
      )}
      <Composer
        field={field}
        text={text}
        setText={setText}
        attachments={attachments}
        outgoing={thread.outgoing}
        replyId={runningReply(thread)?.id}
        replyRuns={awaitsReply(thread)}
      />
      <ImageLimitDialog attachments={attachments} />
      <Announcer thread={thread} />
    </ChatContext>
  );
}
