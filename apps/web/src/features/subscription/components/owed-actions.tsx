import { ExternalLink } from "lucide-react";
import { buttonLook } from "../../../components/button.tsx";
import { formats } from "../../../lib/format.ts";
import { legalTexts } from "../../../texts/legal/links.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import type { Standing } from "../standing.ts";
import type { Billing } from "../types.ts";
import { PortalButton } from "./portal-button.tsx";

const texts = subscriptionDetails.card;

/** How an open payment is put right: a new card, or the invoice's own page. The card first: it is there at once. */
export function OwedActions({ standing, billing }: { standing: Standing; billing: Billing | undefined }) {
  const open = billing?.open_invoice ?? null;
  const pay = open?.url ? (
    <a
      href={open.url}
      target="_blank"
      rel="noreferrer"
      className={buttonLook(standing.kind === "incomplete" ? "primary" : "secondary")}
    >
      {standing.kind === "incomplete"
        ? texts.finishPayment
        : texts.payNow(formats.money(open.amount_ore, open.currency))}
      <ExternalLink aria-hidden="true" className="size-4" />
      <span className="sr-only">{legalTexts.newTab}</span>
    </a>
  ) : null;
  if (standing.kind === "incomplete" && pay) return pay;
  const label = standing.kind === "incomplete" ? texts.manage : texts.updateCard;
  return (
    <>
      <PortalButton look="primary" label={label} />
      {pay}
    </>
  );
}
