import { buttonLook } from "../../../components/button.tsx";
import { FullPageMessage } from "../../../components/full-page-message.tsx";
import { usePageTitle } from "../../../lib/use-page-title.ts";
import { words } from "../../../texts/everywhere.ts";
import { settingsTexts } from "../../../texts/settings.ts";

const texts = settingsTexts.deleteAccount;

/** What is left to say to who has gone. */
export function AccountDeletedPage() {
  usePageTitle(texts.doneTab);
  return (
    <FullPageMessage
      title={texts.done}
      text={texts.doneText}
      actions={
        <a href="/" className={buttonLook("secondary")}>
          {words.goHome}
        </a>
      }
    />
  );
}
