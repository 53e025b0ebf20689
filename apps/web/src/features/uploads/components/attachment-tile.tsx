import { Check, CircleAlert, Clock, Film, ImageIcon, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { formats } from "../../../lib/format.ts";
import { uploadTexts as texts } from "../../../texts/uploads.ts";
import { prepareUpgrade, useSubscription } from "../../subscription/subscription-context.tsx";
import { type Attachment, type Attachments, isOnItsWay } from "../attachment.ts";
import { ProgressRing } from "./progress-ring.tsx";

interface TileProps {
  item: Attachment;
  attachments: Attachments;
}

/** One file: a small picture while all is well, a row with words and buttons when it needs the user. */
export function AttachmentTile({ item, attachments }: TileProps) {
  const needsWords = item.phase === "failed" || item.phase === "held" || item.note !== null;
  return needsWords ? (
    <li className="flex basis-full items-start gap-3 rounded-md bg-sunken p-2 pr-1" data-phase={item.phase}>
      <Preview item={item} size="size-14" />
      <div className="min-w-0 flex-1">
        <p className="truncate text-small font-medium">{item.name}</p>
        <Words item={item} />
        <WayOut item={item} attachments={attachments} />
      </div>
      <RemoveButton item={item} attachments={attachments} inRow />
    </li>
  ) : (
    <li className="relative size-20 shrink-0" data-phase={item.phase}>
      <Preview item={item} size="size-20" />
      {item.kind === "video" && item.previewUrl ? <VideoMark /> : null}
      <span className="sr-only">
        {item.name}
        {item.phase === "ready" ? `, ${texts.phases.ready}` : ""}
      </span>
      {isOnItsWay(item) ? (
        <span className="absolute inset-0 grid place-items-center rounded-md bg-veil">
          <ProgressRing name={item.name} share={item.phase === "uploading" ? item.progress : null} />
        </span>
      ) : (
        <span className="absolute bottom-1 left-1 grid size-5 place-items-center rounded-full bg-accent text-on-accent">
          <Check aria-hidden="true" className="size-3.5" strokeWidth={2.5} />
        </span>
      )}
      <RemoveButton item={item} attachments={attachments} />
    </li>
  );
}

/** A still looks like a picture: this says that it is a video. */
function VideoMark() {
  return (
    <span className="absolute top-1 left-1 grid size-5 place-items-center rounded-full bg-surface/90 text-text">
      <Film aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{texts.videoMark}</span>
    </span>
  );
}

function Preview({ item, size }: { item: Attachment; size: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  const look = `${size} shrink-0 rounded-md border border-line object-cover bg-sunken`;
  const url = item.previewUrl;
  if (url && broken !== url) {
    return <img src={url} alt="" draggable={false} className={look} onError={() => setBroken(url)} />;
  }
  const Icon = item.kind === "video" ? Film : ImageIcon;
  return (
    <span className={`grid place-items-center ${look}`}>
      <Icon aria-hidden="true" className="size-6 text-muted" strokeWidth={1.75} />
    </span>
  );
}

function Words({ item }: { item: Attachment }) {
  const { status } = useSubscription();
  const resets = status.data ? formats.time(status.data.usage.resets_at) : null;
  const [text, Icon] =
    item.phase === "failed"
      ? [item.problem?.text, CircleAlert]
      : item.heldFor === null
        ? [item.note, null]
        : [texts.held[item.heldFor](resets), Clock];
  return (
    <p className={`flex gap-1.5 text-small ${item.phase === "failed" ? "text-danger" : "text-muted"}`}>
      {Icon ? <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" /> : null}
      <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
    </p>
  );
}

function WayOut({ item, attachments }: TileProps) {
  const { openUpgrade, standing } = useSubscription();
  if (item.phase === "failed" && item.problem?.canRetry) {
    return (
      <Button
        look="quiet"
        className="-ml-4"
        aria-label={texts.retryFile(item.name)}
        onClick={() => attachments.retry(item.id)}
      >
        {texts.retry}
      </Button>
    );
  }
  if (item.phase !== "held" || standing?.kind === "pending") return null;
  return (
    <Button
      look="quiet"
      className="-ml-4"
      onClick={openUpgrade}
      onPointerEnter={prepareUpgrade}
      onFocus={prepareUpgrade}
    >
      {texts.upgrade}
    </Button>
  );
}

/** A small mark in a large target. */
function RemoveButton({ item, attachments, inRow }: TileProps & { inRow?: boolean }) {
  return (
    <button
      type="button"
      aria-label={texts.remove(item.name)}
      title={texts.remove(item.name)}
      onClick={() => attachments.remove(item.id)}
      className={`group grid size-11 shrink-0 place-items-center rounded-md ${inRow ? "self-start" : "absolute -top-3 -right-3"}`}
    >
      <span className="grid size-6 place-items-center rounded-full border border-line-strong/60 bg-surface text-text group-hover:bg-sunken">
        <X aria-hidden="true" className="size-3.5" strokeWidth={2.25} />
      </span>
    </button>
  );
}
