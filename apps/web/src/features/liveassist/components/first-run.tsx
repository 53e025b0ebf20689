import { liveassistTexts } from "../../../texts/liveassist.ts";
import { useUser } from "../../account/auth-context.tsx";

const texts = liveassistTexts.firstRun;

/** An empty session: what it is for, and a few ways to begin. */
export function FirstRun({ onPick }: { onPick: (text: string) => void }) {
  const { name } = useUser();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid min-h-full w-full max-w-[45rem] content-center gap-6 px-5 py-8">
        <div>
          <h2 className="text-title [overflow-wrap:anywhere]">{texts.title(name)}</h2>
          <p className="mt-1.5 text-muted">{texts.text}</p>
        </div>
        <ul aria-label={texts.startersLabel} className="grid gap-2.5 sm:grid-cols-2">
          {texts.starters.map((starter) => (
            <li key={starter} className="max-sm:last:hidden">
              <button
                type="button"
                onClick={() => onPick(starter)}
                className="h-full min-h-11 w-full rounded-md border border-line bg-surface px-4 py-3 text-left transition-colors duration-150 hover:border-line-strong hover:bg-sunken"
              >
                {starter}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
