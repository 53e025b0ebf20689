import { MessagesSquare, SquarePen } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { Spinner } from "../../../components/spinner.tsx";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useCreateSession, useSessionTitle } from "../use-sessions.ts";

const texts = liveassistTexts.sessions;

const loadPanel = () => import("./session-panel.tsx").then((part) => ({ default: part.SessionPanel }));
const SessionPanel = lazy(loadPanel);

/** Which session is open, and the ways to another one. */
export function ChatHeader({ sessionId }: { sessionId: string | null }) {
  const [open, setOpen] = useState(false);
  const title = useSessionTitle(sessionId ?? "");
  const creation = useCreateSession(sessionId);
  useEffect(() => {
    // There when it is asked for, also if the network is not.
    loadPanel().catch(() => undefined);
  }, []);
  return (
    <header className="shrink-0 border-b border-line pt-[env(safe-area-inset-top)]">
      <div className="mx-auto flex min-h-14 w-full max-w-[45rem] items-center gap-1 px-5">
        <h1 className="min-w-0 flex-1 truncate font-semibold" title={title ?? undefined}>
          {title ?? liveassistTexts.untitled}
        </h1>
        <p role="alert" className="text-small text-danger">
          {creation.isError ? texts.createFailed : null}
        </p>
        <HeaderButton
          label={texts.create}
          onClick={creation.run}
          icon={
            creation.isPending ? (
              <Spinner />
            ) : (
              <SquarePen aria-hidden="true" className="size-5" strokeWidth={1.75} />
            )
          }
        />
        <HeaderButton
          label={texts.open}
          onClick={() => setOpen(true)}
          icon={<MessagesSquare aria-hidden="true" className="size-5" strokeWidth={1.75} />}
        />
      </div>
      {open ? (
        <Suspense>
          <SessionPanel onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </header>
  );
}

interface HeaderButtonProps {
  label: string;
  icon: React.ReactNode;
  onClick: () => void;
}

function HeaderButton({ label, icon, ...rest }: HeaderButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className="flex min-h-11 min-w-11 shrink-0 items-center justify-center gap-2 rounded-md px-2.5 text-small font-medium text-muted transition-colors duration-150 hover:bg-sunken hover:text-text"
    >
      {icon}
      <span className="max-sm:sr-only">{label}</span>
    </button>
  );
}
