import type { Session } from "@liveassist/api/contract";
import { type KeyboardEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { failureOf } from "../../../lib/failure.ts";
import { failureText } from "../../../texts/failures.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useRenameSession } from "../use-sessions.ts";

const texts = liveassistTexts.sessions;

/** Longest name, as the server takes it. */
const MOST = 120;

/** A session's name, in its own place; Enter keeps it, Escape leaves it as it was. */
export function RenameForm({ session, onDone }: { session: Session; onDone: () => void }) {
  const [title, setTitle] = useState(session.title ?? "");
  const renaming = useRenameSession(session.id, onDone);
  const save = () => {
    const wanted = title.trim();
    if (wanted === "" || wanted === session.title) onDone();
    else if (!renaming.isPending) renaming.mutate(wanted);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // The panel around it stays open.
    event.stopPropagation();
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      className="grid gap-2 px-3 py-2"
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was pressed.
        autoFocus
        value={title}
        maxLength={MOST}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.target.select()}
        aria-label={texts.name}
        className="block min-h-11 w-full rounded-md border border-line-strong bg-surface px-3"
      />
      {renaming.error ? (
        <p role="alert" className="text-small text-danger">
          {failureText(failureOf(renaming.error)).text}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" busy={renaming.isPending}>
          {texts.save}
        </Button>
        <Button look="secondary" onClick={onDone}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}
