import { CreditCard } from "lucide-react";
import { useNow } from "../../../lib/use-now.ts";
import { billingTexts as texts } from "../../../texts/billing.ts";
import { hasExpired } from "../card-on-file.ts";
import type { Billing } from "../types.ts";
import { PortalButton } from "./portal-button.tsx";

/** Brand and last four digits, and the way to another card. */
export function CardOnFile({ card }: { card: Billing["card"] }) {
  const now = useNow(3_600_000);
  const expired = card !== null && hasExpired(card, now);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <CreditCard
        aria-hidden="true"
        className="size-5 shrink-0 text-muted max-sm:hidden"
        strokeWidth={1.75}
      />
      <div className="min-w-0 flex-1">
        {card ? (
          <>
            <p className="font-medium tabular-nums">
              {texts.cardText(texts.brands[card.brand] ?? texts.unknownBrand, card.last4)}
            </p>
            <p className={expired ? "text-small" : "text-small text-muted tabular-nums"}>
              {expired ? texts.cardExpired : expiryText(card)}
            </p>
          </>
        ) : (
          <p>{texts.noCard}</p>
        )}
      </div>
      <PortalButton look="secondary" label={card ? texts.update : texts.add} name={texts.updateLabel} />
    </div>
  );
}

const expiryText = (card: NonNullable<Billing["card"]>): string =>
  texts.cardExpiry(String(card.exp_month).padStart(2, "0"), String(card.exp_year % 100).padStart(2, "0"));
