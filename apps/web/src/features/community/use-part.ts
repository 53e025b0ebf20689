import { useCallback, useEffect, useState } from "react";
import { useOnline } from "../../lib/use-online.ts";

/** A part of the app that is fetched once it is wanted; null until it is there. Without a network it comes with the network. */
export function usePart<Part>(load: () => Promise<Part>, wanted: boolean): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  const online = useOnline();
  useEffect(() => {
    if (!wanted || part !== null || !online) return;
    let gone = false;
    load().then(
      (loaded) => {
        if (!gone) setPart(loaded);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [load, wanted, part, online]);
  return part;
}

interface Opening<Part> {
  /** The part, while it is open. */
  opened: Part | null;
  /** It was pressed for, and did not come. */
  failed: boolean;
  open: () => void;
  close: () => void;
}

/** Something that opens at a press and is fetched for it. When it cannot be had the page stays as it is, and says so. */
export function useOpening<Part>(load: () => Promise<Part>): Opening<Part> {
  const [state, setState] = useState<{ opened: Part | null; failed: boolean }>({
    opened: null,
    failed: false,
  });
  const open = useCallback(() => {
    load().then(
      (opened) => setState({ opened, failed: false }),
      () => setState({ opened: null, failed: true }),
    );
  }, [load]);
  const close = useCallback(() => setState({ opened: null, failed: false }), []);
  return { ...state, open, close };
}

/** Fetches before it is pressed for; whether that worked shows at the press. */
export const near = (load: () => Promise<unknown>) => () => void load().catch(() => undefined);
