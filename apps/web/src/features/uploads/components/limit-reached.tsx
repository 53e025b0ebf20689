import { Button } from "../../../components/button.tsx";
import { Modal } from "../../../components/modal.tsx";
import { formats } from "../../../lib/format.ts";
import { uploadTexts } from "../../../texts/uploads.ts";
import { prepareUpgrade, useSubscription } from "../../subscription/subscription-context.tsx";
import type { Attachments } from "../attachment.ts";

const texts = uploadTexts.limit;

/** Why no more picture goes today, when it resets, and what one can do: Premium, or go on without. */
export function LimitReached({ attachments }: { attachments: Attachments }) {
  const { status, standing, openUpgrade } = useSubscription();
  const { closeDialog } = attachments.limit;
  const held = attachments.items.filter(({ heldFor }) => heldFor === "day-limit");
  const usage = status.data?.usage;
  const most = usage?.image_limit ?? null;
  const isPending = standing?.kind === "pending";
  const upgrade = () => {
    closeDialog();
    openUpgrade();
  };
  return (
    <Modal open onClose={closeDialog} title={texts.title} description={texts.reason}>
      <div className="grid gap-4">
        {usage && most !== null ? (
          <p className="tabular-nums">{texts.resets(formats.number(most), formats.time(usage.resets_at))}</p>
        ) : null}
        {held.length > 0 ? (
          <div className="flex items-center gap-3 rounded-md bg-sunken p-3">
            {held[0]?.previewUrl ? (
              <img
                src={held[0].previewUrl}
                alt=""
                className="size-14 shrink-0 rounded-sm border border-line object-cover"
              />
            ) : null}
            <p className="text-small text-muted">{isPending ? texts.pending : texts.kept(held.length)}</p>
          </div>
        ) : null}
        <div className="mt-1 grid gap-2">
          {isPending ? null : (
            <Button wide onClick={upgrade} onPointerEnter={prepareUpgrade} onFocus={prepareUpgrade}>
              {texts.upgrade}
            </Button>
          )}
          <Button wide look="secondary" onClick={closeDialog}>
            {texts.textOnly}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
