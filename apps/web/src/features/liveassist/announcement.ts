import type { MessageView } from "@liveassist/api/contract";
import { liveassistTexts, replyFailureText } from "../../texts/liveassist.ts";
import { nextSentences } from "./sentences.ts";

/** How far a reply has been spoken. */
export interface Followed {
  readonly id: string;
  readonly upTo: number;
  readonly over: boolean;
}

interface Announcement {
  readonly followed: Followed | null;
  readonly lines: readonly string[];
}

/**
 * What to speak about the newest reply now. `onArrival`: the page was just opened, and what stands there already is
 * read, not announced; who comes back in the middle hears what is new from there on.
 */
export function announcementOf(
  reply: MessageView | undefined,
  known: Followed | null,
  onArrival: boolean,
): Announcement {
  if (!reply) return { followed: known, lines: [] };
  const over = reply.status !== "streaming";
  const isNew = known?.id !== reply.id;
  if (!isNew && known?.over) return { followed: known, lines: [] };
  if (isNew && onArrival && over) {
    return { followed: { id: reply.id, upTo: reply.text.length, over }, lines: [] };
  }
  const from = isNew ? (onArrival ? nextSentences(reply.text, 0, false).upTo : 0) : (known?.upTo ?? 0);
  const { words, upTo } = nextSentences(reply.text, from, over);
  const lines = [isNew ? liveassistTexts.reply.writing : "", words, over ? endWords(reply) : ""];
  return { followed: { id: reply.id, upTo, over }, lines: lines.filter((line) => line !== "") };
}

function endWords({ status, failure }: MessageView): string {
  switch (status) {
    case "complete":
      return liveassistTexts.reply.done;
    case "stopped":
      return liveassistTexts.reply.stoppedSpoken;
    case "interrupted":
      return liveassistTexts.reply.interrupted;
    case "failed":
      return replyFailureText[failure ?? "away"];
    case "streaming":
      return "";
  }
}
