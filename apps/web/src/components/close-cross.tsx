import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { words } from "../texts/everywhere.ts";

/** The cross that closes the dialog it stands in; `place` moves it to the dialog's edge. */
export function CloseCross({ place = "" }: { place?: "" | "-m-2.5" | "-mr-2.5" }) {
  return (
    <Dialog.Close
      aria-label={words.close}
      className={`grid size-11 shrink-0 place-items-center rounded-md text-muted hover:text-text ${place}`}
    >
      <X aria-hidden="true" className="size-5" />
    </Dialog.Close>
  );
}
