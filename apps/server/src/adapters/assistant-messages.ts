import type { AssistantPicture, AssistantTurn } from "@liveassist/api";
import type { FilePart, ModelMessage, TextPart } from "ai";
import { readPicture, type ShownPicture } from "./assistant-pictures.ts";

/** Most bytes of pictures in one request, the newest first; providers refuse more than about this. */
const MOST_PICTURE_BYTES = 20_000_000;

interface Budget {
  bytes: number;
}

/**
 * The thread as the SDK takes it. Pictures are read only now, the newest first, within a budget of bytes. Turns of one side that
 * follow each other become one message: some models insist on taking turns.
 */
export async function toMessages(turns: readonly AssistantTurn[]): Promise<ModelMessage[]> {
  const budget = { bytes: MOST_PICTURE_BYTES };
  const newestFirst: ModelMessage[] = [];
  for (const turn of turns.toReversed()) {
    newestFirst.push(
      turn.role === "user" ? await userMessage(turn, budget) : { role: "assistant", content: turn.text },
    );
  }
  return newestFirst.toReversed().reduce<ModelMessage[]>(joinSides, []);
}

async function userMessage(turn: AssistantTurn, budget: Budget): Promise<ModelMessage> {
  const pictures: (TextPart | FilePart)[] = [];
  const unseen = [...turn.unseen];
  for (const picture of turn.pictures) {
    const shown = await readWithin(picture, budget);
    if (shown === null) unseen.push(picture.label);
    else pictures.push(note(`Attached picture: "${picture.label}"`), { type: "file", ...shown });
  }
  const notes = unseen.map((name) => note(`Attached, but it cannot be shown to you: "${name}"`));
  const text: TextPart[] = turn.text === "" ? [] : [{ type: "text", text: turn.text }];
  return { role: "user", content: [...pictures, ...notes, ...text] };
}

/** Null: it does not fit any more, or is not there. */
async function readWithin(picture: AssistantPicture, budget: Budget): Promise<ShownPicture | null> {
  if (budget.bytes <= 0) return null;
  const shown = await readPicture(picture).catch(() => null);
  if (shown === null || shown.data.length > budget.bytes) return null;
  budget.bytes -= shown.data.length;
  return shown;
}

const note = (text: string): TextPart => ({ type: "text", text: `[${text}]` });

function joinSides(messages: ModelMessage[], message: ModelMessage): ModelMessage[] {
  const last = messages.at(-1);
  if (last?.role === "user" && message.role === "user") {
    last.content = [...partsOf(last.content), ...partsOf(message.content)];
  } else if (last?.role === "assistant" && message.role === "assistant") {
    last.content = `${String(last.content)}\n\n${String(message.content)}`;
  } else messages.push(message);
  return messages;
}

const partsOf = <Part>(content: string | Part[]): (Part | TextPart)[] =>
  typeof content === "string" ? [{ type: "text", text: content }] : content;
