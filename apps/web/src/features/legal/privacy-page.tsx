import { privacyTexts } from "../../texts/legal/privacy.ts";
import { LegalPage } from "./components/legal-page.tsx";
import { LegalText } from "./components/legal-text.tsx";
import { WithFacts } from "./components/with-facts.tsx";

export function PrivacyPage() {
  return (
    <LegalPage tab={privacyTexts.tab} title={privacyTexts.title} lead={privacyTexts.lead}>
      <WithFacts>
        {(facts) => <LegalText sections={privacyTexts.sections(facts)} validFrom={privacyTexts.validFrom} />}
      </WithFacts>
    </LegalPage>
  );
}
