import type { MessageView } from "@liveassist/api/contract";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { MessageFiles } from "./message-files.tsx";
import { TurnFooter } from "./turn-footer.tsx";

/** The look of one's own words, sent or not. */
export const BUBBLE =
  "w-fit max-w-full rounded-md rounded-br-sm bg-accent-soft px-4 py-2.5 whitespace-pre-wrap [overflow-wrap:anywhere]";

/** What one said oneself: on the right, in a bubble, its files above. */
export function UserTurn({ message }: { message: MessageView }) {
  return (
    <article className="group flex flex-col items-end gap-2 pl-[12%]">
      <h2 className="sr-only">{liveassistTexts.you}</h2>
      {message.uploads.length > 0 ? <MessageFiles uploads={message.uploads} /> : null}
      {message.text === "" ? null : (
        <div className={BUBBLE} data-testid="said">
          {message.text}
        </div>
      )}
      <div className="-mt-2">
        <TurnFooter createdAt={message.created_at} text={message.text} mine />
      </div>
    </article>
  );
}
