import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { words } from "../../../texts/everywhere.ts";

/** An id of a list or of details: it can be selected, and copied with one press. `label` says what it is. */
export function Copyable({ id, label }: { id: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
  };
  const Mark = copied ? Check : Copy;
  return (
    <span className="inline-flex max-w-full items-start gap-1">
      <code className="min-w-0 font-mono text-[0.8125rem] leading-6 [overflow-wrap:anywhere] select-all">
        {id}
      </code>
      <button
        type="button"
        onClick={() => void copy().catch(() => undefined)}
        onBlur={() => setCopied(false)}
        className="relative z-[1] -my-1 grid size-8 shrink-0 place-items-center rounded-sm text-muted hover:text-text pointer-coarse:-my-2.5 pointer-coarse:size-11"
      >
        <Mark aria-hidden="true" className="size-3.5" />
        <span className="sr-only">
          {words.copy} {label}
        </span>
        <span role="status" className="sr-only">
          {copied ? words.copied : ""}
        </span>
      </button>
    </span>
  );
}
