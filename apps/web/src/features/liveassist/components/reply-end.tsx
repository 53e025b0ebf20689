import type { MessageView } from "@liveassist/api/contract";
import { CircleAlert, CircleStop } from "lucide-react";
import { Button } from "../../../components/button.tsx";
import { liveassistTexts, replyFailureText } from "../../../texts/liveassist.ts";
import { useRetry } from "../use-reply-actions.ts";

const texts = liveassistTexts.reply;

/** How a reply ended, when it did not end well, and the way on. */
export function ReplyEnd({ reply, canRetry }: { reply: MessageView; canRetry: boolean }) {
  const retry = useRetry(reply);
  const words = endWords(reply);
  if (words === null) return null;
  const Icon = reply.status === "stopped" ? CircleStop : CircleAlert;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-sunken py-2 pr-2 pl-4">
      <p className="flex min-w-0 flex-1 basis-60 items-start gap-2.5 py-1.5 text-small">
        <Icon aria-hidden="true" className="mt-px size-4.5 shrink-0 text-muted" strokeWidth={1.75} />
        <span role={retry.failed ? "alert" : undefined}>
          {retry.atLimit ? texts.tryAtLimit : retry.failed ? texts.tryFailed : words}
        </span>
      </p>
      {canRetry ? (
        <Button look="quiet" busy={retry.busy} onClick={retry.run}>
          {retry.busy ? texts.trying : texts.again}
        </Button>
      ) : null}
    </div>
  );
}

function endWords({ status, failure }: MessageView): string | null {
  switch (status) {
    case "stopped":
      return texts.stopped;
    case "interrupted":
      return texts.interrupted;
    case "failed":
      return replyFailureText[failure ?? "away"];
    case "complete":
    case "streaming":
      return null;
  }
}
