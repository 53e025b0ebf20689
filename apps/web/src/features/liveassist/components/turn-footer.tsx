import { formats } from "../../../lib/format.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { CopyButton } from "./copy-button.tsx";

interface TurnFooterProps {
  createdAt: string;
  text: string;
  mine: boolean;
}

/** When it was said, and a way to copy it: on hover and focus, and always where there is no pointer. Its room is kept. */
export function TurnFooter({ createdAt, text, mine }: TurnFooterProps) {
  const { copy, copyMine } = liveassistTexts.reply;
  return (
    <div
      className={`flex h-11 items-center gap-1 text-small text-muted transition-opacity duration-150 pointer-fine:opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 ${mine ? "flex-row-reverse" : text === "" ? "" : "-ml-3"}`}
    >
      {text === "" ? null : <CopyButton label={mine ? copyMine : copy} text={() => text} />}
      <time dateTime={createdAt} title={formats.dateTime(createdAt)} className="tabular-nums">
        {formats.time(createdAt)}
      </time>
    </div>
  );
}
