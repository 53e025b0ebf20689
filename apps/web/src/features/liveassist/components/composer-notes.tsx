import { CloudOff } from "lucide-react";
import { useOnline } from "../../../lib/use-online.ts";
import { words } from "../../../texts/everywhere.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useSubscription } from "../../subscription/subscription-context.tsx";
import { PermissionOffer } from "./permission-offer.tsx";

const texts = liveassistTexts.composer;

interface ComposerNotesProps {
  waits: boolean;
  stopFailed: boolean;
}

/** What there is to know before one sends: no network, files under way, and what Premium would give. */
export function ComposerNotes({ waits, stopFailed }: ComposerNotesProps) {
  const online = useOnline();
  const { connection } = useSubscription();
  const away = online ? (connection.down ? awayWords(connection.exhausted) : null) : texts.offline;
  return (
    <>
      <div role="status" className="text-small text-muted">
        {away ? (
          <p className="flex animate-appear items-start gap-2 px-1 py-2">
            <CloudOff aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {away}
          </p>
        ) : null}
        {waits ? <p className="px-1 py-2">{texts.waitsForFiles}</p> : null}
      </div>
      <div role="alert" className="text-small">
        {stopFailed ? <p className="px-1 py-2">{texts.stopFailed}</p> : null}
      </div>
      <PermissionOffer />
    </>
  );
}

const awayWords = (exhausted: boolean): string =>
  `${words.reconnecting.title}. ${exhausted ? words.reconnecting.exhausted : words.reconnecting.text}`;
