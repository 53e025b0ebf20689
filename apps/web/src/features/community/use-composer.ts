import { useCallback, useEffect, useRef, useState } from "react";
import { newId } from "../../lib/new-id.ts";
import { useUser } from "../account/auth-context.tsx";
import type { Attachments } from "../uploads/attachment.ts";
import { type Draft, emptyDraft, readDraft, writeDraft } from "./draft.ts";
import { useCreatePost } from "./use-post-deeds.ts";

/** Refusals that mean that a picture is not what it seemed. */
const ABOUT_PICTURES: ReadonlySet<string> = new Set(["NOT_FOUND", "UPLOAD_NOT_READY", "UPLOAD_USED"]);

/** A post that is being written: its draft is kept, its pictures are taken along, and it is sent once. */
export function useComposer(onPosted: () => void) {
  const { id: userId } = useUser();
  const [draft, setDraft] = useState(() => readDraft(userId));
  const [pictures, setPictures] = useState<Attachments | null>(null);
  const [awake, setAwake] = useState(draft.text !== "" || draft.pictures);
  const picked = useRef<readonly File[]>([]);
  const [pickedAt, setPickedAt] = useState(0);
  const [takenAt, setTakenAt] = useState(0);
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
    onPosted();
  });
  const readyIds = pictures?.readyIds ?? [];
  const isOpening = draft.pictures && pictures?.isOpening !== false;
  const onItsWay = pictures?.isBusy === true || pickedAt > takenAt || isOpening;
  const hasContent = draft.text.trim() !== "" || readyIds.length > 0 || onItsWay;
  const hasFailed = pictures?.items.some(({ phase }) => phase === "failed") === true;
  const send = () => {
    setSendWhenReady(false);
    // A post without one of its pictures is not what was written.
    if (hasFailed || (draft.text.trim() === "" && readyIds.length === 0)) return;
    // Its earlier try arrived, and what it made was deleted since: what is sent now is another post.
    const gone = deed.failure?.code === "NOT_FOUND";
    const id = gone ? newId() : draft.id;
    if (gone) keep({ ...draft, id });
    deed.run({
      text: draft.text,
      uploadIds: readyIds,
      clientPostId: id,
      again: deed.failure !== null && !gone,
    });
  };
  const latest = useRef({ send, keep, draft, pictures });
  latest.current = { send, keep, draft, pictures };
  useEffect(() => {
    if (sendWhenReady && !onItsWay) latest.current.send();
  }, [sendWhenReady, onItsWay]);
  useEffect(() => {
    if (pictures?.isOpening !== false || latest.current.draft.pictures === hasPictures) return;
    latest.current.keep({ ...latest.current.draft, pictures: hasPictures });
  }, [pictures, hasPictures]);

  const refusal = deed.failure?.code;
  useEffect(() => {
    if (refusal && ABOUT_PICTURES.has(refusal)) latest.current.pictures?.recheck();
  }, [refusal]);

  return {
    draft,
    deed,
    awake,
    pickedAt,
    pictures,
    onPictures: useCallback((now: Attachments, taken: number) => {
      setPictures(now);
      setTakenAt(taken);
    }, []),
    hasContent,
    hasFailed,
    waits: sendWhenReady,
    wake: useCallback(() => setAwake(true), []),
    write: (text: string) => keep({ ...draft, text }),
    takePicked: useCallback(() => {
      const files = picked.current;
      picked.current = [];
      return files;
    }, []),
    pick: (files: readonly File[]) => {
      setAwake(true);
      picked.current = [...picked.current, ...files];
      setPickedAt((before) => before + 1);
    },
    submit: () => {
      if (onItsWay) setSendWhenReady(true);
      else send();
    },
  };
}
