import type { MessageView } from "@liveassist/api/contract";
import { type ComponentType, lazy, Suspense } from "react";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { ReplyEnd } from "./reply-end.tsx";
import { TurnFooter } from "./turn-footer.tsx";
import { TypingMark } from "./typing-mark.tsx";

const loadMarkdown = (): Promise<{ default: ComponentType<{ text: string; growing: boolean }> }> =>
  import("./markdown.tsx").then(
    (part) => ({ default: part.Markdown }),
    // Words without their look are better than a page that stopped.
    () => ({ default: PlainText }),
  );
const Markdown = lazy(loadMarkdown);
// Fetched beside the messages, not after them.
void loadMarkdown();

function PlainText({ text }: { text: string }) {
  return <p className="reply-text whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>;
}

interface ReplyTurnProps {
  reply: MessageView;
  isLast: boolean;
}

/** What the assistant said: plain text of the page, with a mark while it grows and a word about how it ended. */
export function ReplyTurn({ reply, isLast }: ReplyTurnProps) {
  const growing = reply.status === "streaming";
  return (
    <article className="group" aria-busy={growing || undefined} data-status={reply.status}>
      <h2 className="sr-only">{liveassistTexts.assistant}</h2>
      {reply.text === "" ? null : (
        <Suspense fallback={<PlainText text={reply.text} />}>
          <Markdown text={reply.text} growing={growing} />
        </Suspense>
      )}
      {growing ? (
        <div className={reply.text === "" ? "" : "mt-2"}>
          <TypingMark />
          <span className="sr-only">{liveassistTexts.reply.thinking}</span>
        </div>
      ) : null}
      <ReplyEnd reply={reply} canRetry={isLast} />
      {growing ? (
        <div className="h-11" />
      ) : (
        <TurnFooter createdAt={reply.created_at} text={reply.text} mine={false} />
      )}
    </article>
  );
}
