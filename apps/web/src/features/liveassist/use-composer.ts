import { useEffect, useState } from "react";
import { useUser } from "../account/auth-context.tsx";
import type { Attachments } from "../uploads/attachment.ts";
import { isSending, type Outgoing, type OutgoingFile } from "./outgoing.ts";
import { roomLeft } from "./text-room.ts";

interface ComposerInput {
  text: string;
  setText: (text: string) => void;
  attachments: Attachments;
  outgoing: readonly Outgoing[];
  replyRuns: boolean;
  send: (text: string, files: readonly OutgoingFile[]) => void;
}

interface ComposerView {
  /** Without the files of messages that are on their way already. */
  attachments: Attachments;
  left: number;
  most: number;
  /** Why Send does nothing right now; null: it sends. */
  hindrance: "empty" | "too-long" | "reply-runs" | null;
  /** Send was pressed, and waits for files. */
  waits: boolean;
  submit: () => void;
}

/** What Send does and when: not without anything to send, not over the limit, not into a running reply, not before the files. */
export function useComposer(input: ComposerInput): ComposerView {
  const { text, setText, outgoing, replyRuns, send } = input;
  const { message_max_length: most } = useUser().entitlements;
  const [wanted, setWanted] = useState(false);
  const attachments = withoutSent(input.attachments, outgoing);
  const files = filesToSend(attachments);
  const isBusy = attachments.isBusy || attachments.isOpening;
  const left = roomLeft(text, most);
  const isEmpty = text.trim() === "" && files.length === 0 && !attachments.isBusy;
  // A second message before the first is taken would only be refused.
  const isTaken = replyRuns || outgoing.some(isSending);
  const hindrance = isTaken ? "reply-runs" : left < 0 ? "too-long" : isEmpty ? "empty" : null;

  const go = () => {
    setWanted(false);
    send(text.trim(), files);
    setText("");
  };
  const submit = () => {
    if (hindrance !== null) return;
    if (isBusy) setWanted(true);
    else go();
  };

  const hasTrouble = attachments.items.some(({ phase }) => phase === "failed" || phase === "held");
  const ready = wanted && !isBusy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it goes once, when the last file is up.
  useEffect(() => {
    if (!ready) return;
    // What did not make it is decided on by its owner, not sent away without it.
    if (hasTrouble || hindrance !== null) setWanted(false);
    else go();
  }, [ready]);

  return { attachments, left, most, hindrance, waits: wanted && isBusy, submit };
}

function withoutSent(attachments: Attachments, outgoing: readonly Outgoing[]): Attachments {
  const sent = new Set(outgoing.flatMap(({ files }) => files.map(({ uploadId }) => uploadId)));
  if (sent.size === 0) return attachments;
  const isFree = (uploadId: string | null) => uploadId === null || !sent.has(uploadId);
  return {
    ...attachments,
    items: attachments.items.filter(({ uploadId }) => isFree(uploadId)),
    readyIds: attachments.readyIds.filter(isFree),
  };
}

const filesToSend = ({ items, readyIds }: Attachments): OutgoingFile[] =>
  readyIds.flatMap((uploadId) => {
    const item = items.find((one) => one.uploadId === uploadId);
    return item?.kind ? [{ uploadId, name: item.name, kind: item.kind, previewUrl: item.previewUrl }] : [];
  });
