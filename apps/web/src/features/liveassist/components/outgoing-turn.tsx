import { CircleAlert, Video } from "lucide-react";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useChat } from "../chat-context.ts";
import type { Outgoing, OutgoingFile } from "../outgoing.ts";
import { BUBBLE } from "./user-turn.tsx";

const texts = liveassistTexts.outgoing;

/** One's own words before the server has them: they stand at once, and are never lost. */
export function OutgoingTurn({ one }: { one: Outgoing }) {
  const { sender, edit } = useChat();
  const failed = one.state === "failed";
  return (
    <article className="flex flex-col items-end gap-2 pl-[12%]">
      <h2 className="sr-only">{liveassistTexts.you}</h2>
      {one.files.length > 0 ? <Files files={one.files} /> : null}
      {one.text === "" ? null : (
        <div className={`${BUBBLE} ${one.state === "sending" ? "" : "opacity-70"}`} data-testid="said">
          {one.text}
        </div>
      )}
      <div className="flex min-h-10 flex-wrap items-center justify-end gap-x-1 text-small text-muted">
        <p
          className={`mr-2 flex items-start gap-1.5 ${failed ? "w-full justify-end" : ""}`}
          role={failed ? "alert" : undefined}
        >
          {failed ? <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" /> : null}
          {stateWords(one)}
        </p>
        {failed ? (
          <>
            <TextButton onClick={() => sender.again(one)}>{texts.again}</TextButton>
            <TextButton onClick={() => edit(one)}>{texts.edit}</TextButton>
            <TextButton onClick={() => sender.discard(one)}>{texts.discard}</TextButton>
          </>
        ) : null}
      </div>
    </article>
  );
}

function TextButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-11 rounded-md px-2 font-medium text-accent underline-offset-4 hover:underline"
    >
      {children}
    </button>
  );
}

function stateWords({ state, failure }: Outgoing): string {
  switch (state) {
    case "sending":
      return texts.sending;
    case "waiting":
      return texts.waiting;
    case "failed":
      if (failure?.code === "REPLY_RUNNING") return texts.replyRunning;
      return failure?.kind === "refused" ? `${texts.failed} ${failure.message}` : texts.failed;
  }
}

function Files({ files }: { files: readonly OutgoingFile[] }) {
  return (
    <ul className="flex flex-wrap justify-end gap-2">
      {files.map((file) => (
        <li
          key={file.uploadId}
          className="grid size-36 place-items-center overflow-hidden rounded-md bg-sunken text-muted"
        >
          {file.previewUrl ? (
            <img src={file.previewUrl} alt={file.name} className="size-full object-cover opacity-80" />
          ) : (
            <span className="grid justify-items-center gap-1 p-2 text-center text-small [overflow-wrap:anywhere]">
              {file.kind === "video" ? <Video aria-hidden="true" className="size-5" /> : null}
              {file.name}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
