import { useState } from "react";
import { words } from "../texts/everywhere.ts";

/** A long id to hand on: it can be selected, and copied with one press. */
export function CopyableId({ label, id }: { label: string; id: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
  };
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3">
      <p>
        {label} <code className="font-mono text-text select-all">{id}</code>
      </p>
      <button
        type="button"
        onClick={() => void copy().catch(() => undefined)}
        className="min-h-11 font-medium text-accent underline-offset-4 hover:underline"
      >
        <span aria-live="polite">{copied ? words.copied : words.copy}</span>
      </button>
    </div>
  );
}
