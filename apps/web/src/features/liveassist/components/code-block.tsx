import { isValidElement, type ReactNode, useRef } from "react";
import { liveassistTexts } from "../../../texts/liveassist.ts";
import { CopyButton } from "./copy-button.tsx";

/** Code with its language and a way to copy it; long lines scroll, also by keyboard. */
export function CodeBlock({ children }: { children: ReactNode }) {
  const code = useRef<HTMLPreElement>(null);
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      <div className="flex items-center justify-between gap-3 bg-sunken pl-4 text-small text-muted">
        <span>{languageOf(children) ?? liveassistTexts.reply.code}</span>
        <CopyButton label={liveassistTexts.reply.copyCode} text={() => code.current?.textContent ?? ""} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines have to be scrolled by keyboard, too. */}
      <pre ref={code} tabIndex={0} className="overflow-x-auto p-4 font-mono text-small">
        {children}
      </pre>
    </div>
  );
}

function languageOf(children: ReactNode): string | null {
  if (!isValidElement<{ className?: unknown }>(children)) return null;
  const { className } = children.props;
  return typeof className === "string" ? (/language-([\w+#-]{1,24})/.exec(className)?.[1] ?? null) : null;
}
