import { termsTexts } from "../../texts/legal/terms.ts";
import { LegalPage } from "./components/legal-page.tsx";
import { LegalText } from "./components/legal-text.tsx";
import { WithFacts } from "./components/with-facts.tsx";

export function TermsPage() {
  return (
    <LegalPage tab={termsTexts.tab} title={termsTexts.title} lead={termsTexts.lead}>
      <WithFacts>
        {(facts) => <LegalText sections={termsTexts.sections(facts)} validFrom={termsTexts.validFrom} />}
      </WithFacts>
    </LegalPage>
  );
}
