import type { ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "../../../components/button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { words } from "../../../texts/everywhere.ts";
import { consoleTexts } from "../../../texts/operations-console.ts";

const texts = consoleTexts.crashed;

/** One section's accident; the navigation above it still works. A part that was replaced by a new release needs the reload. */
export function SectionCrashed({ reset }: ErrorComponentProps) {
  return (
    <Notice
      tone="problem"
      title={texts.title}
      actions={
        <>
          <Button onClick={reset}>{words.retry}</Button>
          <Button look="secondary" onClick={() => location.reload()}>
            {texts.reload}
          </Button>
        </>
      }
    >
      {texts.text}
    </Notice>
  );
}
