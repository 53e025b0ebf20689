import { useCallback, useEffect, useRef, useState } from "react";
import { showToast } from "../../lib/show-toast.ts";
import { communityTexts } from "../../texts/community.ts";
import { useUser } from "../account/auth-context.tsx";
import type { Attachments } from "../uploads/attachment.ts";
import { type Draft, emptyDraft, readDraft, writeDraft } from "./draft.ts";
import { useCreatePost } from "./use-post-deeds.ts";

const NOTHING: readonly File[] = [];

/** A post that is being written: its draft is kept, its pictures are taken along, and it is sent once. */
export function useComposer(onPosted: () => void) {
  const { id: userId } = useUser();
  const [draft, setDraft] = useState(() => readDraft(userId));
  const [pictures, setPictures] = useState<Attachments | null>(null);
  const [awake, setAwake] = useState(draft.text !== "" || draft.pictures);
  const [picked, setPicked] = useState(NOTHING);
  /** Pressed while pictures were on their way: it goes by itself when they are there. */
  const [sendWhenReady, setSendWhenReady] = useState(false);

  const keep = (next: Draft) => {
    setDraft(next);
    writeDraft(userId, next);
  };
  const hasPictures = (pictures?.items.length ?? 0) > 0;
  const deed = useCreatePost((sent) => {
    pictures?.clear(sent.uploadIds);
    keep(emptyDraft());
    showToast(communityTexts.composer.posted);
    onPosted();
  });
  const readyIds = pictures?.readyIds ?? [];
  const hasContent = draft.text.trim() !== "" || readyIds.length > 0 || pictures?.isBusy === true;
  const hasFailed = pictures?.items.some(({ phase }) => phase === "failed") === true;
  const onItsWay = pictures?.isBusy === true || (picked.length > 0 && pictures === null);
  const send = () => {
    setSendWhenReady(false);
    // A post without one of its pictures is not what was written.
    if (hasFailed || (draft.text.trim() === "" && readyIds.length === 0)) return;
    deed.run({ text: draft.text, uploadIds: readyIds, clientPostId: draft.id });
  };
  const latest = useRef({ send, keep, draft });
  latest.current = { send, keep, draft };
  useEffect(() => {
    if (sendWhenReady && !onItsWay) latest.current.send();
  }, [sendWhenReady, onItsWay]);
  useEffect(() => {
    if (pictures === null || latest.current.draft.pictures === hasPictures) return;
    latest.current.keep({ ...latest.current.draft, pictures: hasPictures });
  }, [pictures, hasPictures]);

  return {
    draft,
    deed,
    awake,
    picked,
    pictures,
    setPictures,
    hasContent,
    hasFailed,
    waits: sendWhenReady,
    wake: useCallback(() => setAwake(true), []),
    write: (text: string) => keep({ ...draft, text }),
    taken: useCallback(() => setPicked(NOTHING), []),
    pick: (files: readonly File[]) => {
      setAwake(true);
      setPicked(files);
    },
    submit: () => {
      if (onItsWay) setSendWhenReady(true);
      else send();
    },
  };
}
