import type { MessageView } from "@liveassist/api/contract";
import { memo } from "react";
import { dayWords } from "../day-words.ts";
import type { Outgoing } from "../outgoing.ts";
import { OutgoingTurn } from "./outgoing-turn.tsx";
import { ReplyTurn } from "./reply-turn.tsx";
import { UserTurn } from "./user-turn.tsx";

interface ThreadRowProps {
  message: MessageView | null;
  outgoing: Outgoing | null;
  isLast: boolean;
  beginsDay: boolean;
}

/** One turn; drawn anew only when it changes itself. */
export const ThreadRow = memo(function ThreadRow({ message, outgoing, isLast, beginsDay }: ThreadRowProps) {
  return (
    <>
      {message && beginsDay ? (
        <p className="pt-2 pb-5 text-center text-small text-muted">
          {dayWords(message.created_at, Date.now())}
        </p>
      ) : null}
      {message?.role === "user" ? <UserTurn message={message} /> : null}
      {message?.role === "assistant" ? <ReplyTurn reply={message} isLast={isLast} /> : null}
      {outgoing ? <OutgoingTurn one={outgoing} /> : null}
    </>
  );
});
