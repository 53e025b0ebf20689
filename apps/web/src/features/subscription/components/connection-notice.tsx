import { CloudOff } from "lucide-react";
import { useOnline } from "../../../lib/use-online.ts";
import { words } from "../../../texts/everywhere.ts";
import { useSubscription } from "../subscription-context.tsx";

/** Says that what is shown may be old, and goes away by itself. The region stands always, so that it is heard. */
export function ConnectionNotice() {
  const online = useOnline();
  const { connection } = useSubscription();
  const say = online ? (connection.down ? words.reconnecting : null) : words.offline;
  const text = online && connection.exhausted ? words.reconnecting.exhausted : say?.text;
  return (
    <div role="status" className="empty:hidden">
      {say ? (
        <div className="mb-6 flex animate-appear gap-3 rounded-md bg-sunken p-4">
          <CloudOff aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted" />
          <div>
            <p className="font-medium">{say.title}</p>
            <p className="text-small text-muted">{text}</p>
          </div>
        </div>
      ) : null}
    </div>
  );
}
