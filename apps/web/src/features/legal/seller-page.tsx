import { DetailList } from "../../components/detail-list.tsx";
import type { LegalFacts } from "../../texts/legal/document.ts";
import { sellerTexts as texts } from "../../texts/legal/seller.ts";
import { LegalPage } from "./components/legal-page.tsx";
import { WithFacts } from "./components/with-facts.tsx";

export function SellerPage() {
  return (
    <LegalPage tab={texts.tab} title={texts.title} lead={texts.lead}>
      <WithFacts saysItself>{(facts) => <Details {...facts} />}</WithFacts>
    </LegalPage>
  );
}

function Details({ seller, price }: LegalFacts) {
  if (!seller) {
    return (
      <>
        <h2 className="text-lead">{texts.noneTitle}</h2>
        <p className="mt-2 text-pretty text-muted">{texts.noneText}</p>
      </>
    );
  }
  const email = (
    <a
      href={`mailto:${seller.email}`}
      className="font-medium text-accent underline-offset-4 hover:underline [overflow-wrap:anywhere]"
    >
      {seller.email}
    </a>
  );
  return (
    <>
      <DetailList
        details={[
          { name: texts.name, value: seller.name },
          { name: texts.orgNo, value: seller.org_no },
          { name: texts.address, value: seller.address },
          { name: texts.email, value: email },
          { name: texts.offer, value: texts.offerText(price) },
        ]}
      />
      <p className="mt-8 text-pretty text-muted">{texts.complaints}</p>
    </>
  );
}
