import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { CloseCross } from "../../../components/close-cross.tsx";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { SessionList } from "./session-list.tsx";

const texts = liveassistTexts.sessions;

/** All sessions in a panel: from the side on a desktop, from below on a phone. */
export function SessionPanel({ onClose }: { onClose: () => void }) {
  const [search, setSearch] = useState("");
  const query = useDeferredValue(search.trim());
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-veil" />
        <Dialog.Popup className="fixed inset-x-0 bottom-0 z-10 flex h-[85dvh] animate-appear flex-col rounded-t-md bg-surface pb-[env(safe-area-inset-bottom)] shadow-lift outline-none sm:inset-x-auto sm:top-0 sm:right-0 sm:h-auto sm:w-[24rem] sm:rounded-none">
          <div className="flex items-center justify-between gap-3 px-5 pt-3">
            <Dialog.Title className="text-lead">{texts.title}</Dialog.Title>
            <CloseCross place="-mr-2.5" />
          </div>
          <div className="relative mx-5 mt-2 mb-3">
            <Search
              aria-hidden="true"
              className="pointer-events-none absolute top-1/2 left-3.5 size-4.5 -translate-y-1/2 text-muted"
            />
            <input
              type="search"
              value={search}
              maxLength={200}
              onChange={(event) => setSearch(event.target.value)}
              aria-label={texts.search}
              placeholder={texts.search}
              className="block min-h-11 w-full rounded-md border border-line-strong bg-surface pr-3 pl-10 placeholder:text-muted"
            />
          </div>
          <SessionList query={query} onPick={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
