import { PenLine } from "lucide-react";
import { PageHeading } from "../../components/page-heading.tsx";
import { quickfixTexts, type StarterId } from "../../texts/quickfix.ts";
import { FailureNotice } from "../account/components/failure-notice.tsx";
import { StarterCard } from "./components/starter-card.tsx";
import { useStarter } from "./hooks.ts";
import { STARTER_ICONS } from "./starter-icons.ts";

const texts = quickfixTexts;
const IDS = Object.keys(texts.starters) as StarterId[];

/** Common problems, one press away from an answer. */
export function QuickFixPage() {
  const { open, opening, failure } = useStarter();
  return (
    <>
      <PageHeading tab={texts.tab} title={texts.title}>
        {texts.lead}
      </PageHeading>
      <div className="mb-4 empty:hidden">
        <FailureNotice failure={failure} />
      </div>
      <p role="status" className="sr-only">
        {opening === null ? "" : texts.opening}
      </p>
      <ul aria-label={texts.list} className="grid gap-3 sm:grid-cols-2 sm:gap-4">
        {IDS.map((id) => {
          const { title, about, prompt } = texts.starters[id];
          return (
            <li key={id}>
              <StarterCard
                title={title}
                about={about}
                Icon={STARTER_ICONS[id]}
                opening={opening === prompt}
                onPress={() => open(prompt)}
              />
            </li>
          );
        })}
        <li className="sm:col-span-2">
          <StarterCard
            title={texts.other}
            about={texts.otherAbout}
            Icon={PenLine}
            opening={opening === ""}
            onPress={() => open("")}
          />
        </li>
      </ul>
    </>
  );
}
