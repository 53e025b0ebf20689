import type { Session } from "@liveassist/api/contract";
import { Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { formats } from "../../../lib/format.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useAuth } from "../../account/auth-context.tsx";
import { dayWords } from "../day-words.ts";
import { DeleteSessionDialog } from "./delete-session-dialog.tsx";
import { RenameForm } from "./rename-form.tsx";

const texts = liveassistTexts.sessions;

/** One session in the list: open it, name it, delete it. */
export function SessionItem({ session, onPick }: { session: Session; onPick: () => void }) {
  const { liveassistSessionId, setLiveassistSessionId } = useAuth();
  const [mode, setMode] = useState<"shown" | "renaming" | "deleting">("shown");
  const title = session.title ?? liveassistTexts.untitled;
  const isOpen = session.id === liveassistSessionId;
  if (mode === "renaming") {
    return (
      <li>
        <RenameForm session={session} onDone={() => setMode("shown")} />
      </li>
    );
  }
  const pick = () => {
    setLiveassistSessionId(session.id);
    onPick();
  };
  return (
    <li
      className={`group flex items-center rounded-md pr-1 ${isOpen ? "bg-accent-soft" : "hover:bg-sunken"}`}
    >
      <button
        type="button"
        onClick={pick}
        aria-current={isOpen ? "true" : undefined}
        className="min-h-14 min-w-0 flex-1 rounded-md px-3 py-2 text-left"
      >
        <span className="block truncate font-medium">{title}</span>
        <span className="line-clamp-2 text-small text-muted [overflow-wrap:anywhere]">
          {session.excerpt ?? whenWords(session.last_active_at)}
        </span>
      </button>
      <IconButton label={texts.rename(title)} onClick={() => setMode("renaming")}>
        <Pencil aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      </IconButton>
      <IconButton label={texts.remove(title)} onClick={() => setMode("deleting")}>
        <Trash2 aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      </IconButton>
      {mode === "deleting" ? (
        <DeleteSessionDialog sessionId={session.id} title={title} onClose={() => setMode("shown")} />
      ) : null}
    </li>
  );
}

const whenWords = (iso: string): string => {
  const day = dayWords(iso, Date.now());
  return day === texts.today || day === texts.yesterday ? `${day}, ${formats.time(iso)}` : day;
};

function IconButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      title={label}
      className="grid size-11 shrink-0 place-items-center rounded-md text-muted hover:text-text pointer-fine:opacity-0 group-hover:opacity-100 group-focus-within:opacity-100"
    >
      {children}
    </button>
  );
}
