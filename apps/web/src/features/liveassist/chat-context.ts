import { createContext, useContext } from "react";
import type { Outgoing } from "./outgoing.ts";
import type { Sender } from "./use-sender.ts";

/** What the parts of one open session share. */
interface Chat {
  sessionId: string;
  sender: Sender;
  /** Puts what was not sent back into the composer. */
  edit: (one: Outgoing) => void;
}

export const ChatContext = createContext<Chat | null>(null);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("useChat is for the parts of an open session");
  return chat;
}
