import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { liveassistTexts } from "../../../texts/liveassist.ts";

interface CopyButtonProps {
  label: string;
  text: () => string;
}

/** Copies, and says so for a moment, to eyes and ears. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    void navigator.clipboard?.writeText(text()).then(
      () => setCopied(true),
      () => undefined,
    );
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={copy}
      title={label}
      className="grid size-11 shrink-0 place-items-center rounded-md text-muted transition-colors duration-150 hover:text-text"
    >
      <Icon aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      <span className="sr-only">{label}</span>
      <span role="status" className="sr-only">
        {copied ? liveassistTexts.reply.copied : null}
      </span>
    </button>
  );
}
