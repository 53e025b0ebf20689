import { Spinner } from "../../../components/spinner.tsx";
import { words } from "../../../texts/everywhere.ts";
import { liveassistTexts } from "../../../texts/liveassist.ts";

interface OlderMarkProps {
  state: "idle" | "loading" | "failed";
  retry: () => void;
}

/** Stands above the first message while there is more; its room is always kept. */
export function OlderMark({ state, retry }: OlderMarkProps) {
  return (
    <div className="absolute inset-x-0 top-0 flex h-14 items-center justify-center gap-2 text-small text-muted">
      {state === "failed" ? (
        <>
          <p role="alert">{liveassistTexts.olderFailed}</p>
          <button type="button" onClick={retry} className="min-h-11 px-2 font-medium text-accent">
            {words.retry}
          </button>
        </>
      ) : (
        <>
          <Spinner />
          {liveassistTexts.loadingOlder}
        </>
      )}
    </div>
  );
}
