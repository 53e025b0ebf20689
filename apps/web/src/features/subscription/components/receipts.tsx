import { ExternalLink } from "lucide-react";
import { useId, useState } from "react";
import { formats } from "../../../lib/format.ts";
import { billingTexts as texts } from "../../../texts/billing.ts";
import type { Billing } from "../types.ts";

const FIRST = 6;

/** What was paid, the newest first: date, amount, and the receipt itself. */
export function Receipts({ receipts }: { receipts: Billing["receipts"] }) {
  const id = useId();
  const [all, setAll] = useState(false);
  const shown = all ? receipts : receipts.slice(0, FIRST);
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="text-muted">
        {texts.receipts}
      </h3>
      {receipts.length === 0 ? <p className="mt-2">{texts.noReceipts}</p> : null}
      <ul className="mt-1 divide-y divide-line empty:hidden">
        {shown.map((receipt) => (
          <Row key={receipt.id} receipt={receipt} />
        ))}
      </ul>
      {receipts.length > shown.length ? (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="mt-1 min-h-11 font-medium text-accent underline-offset-4 hover:underline"
        >
          {texts.more(receipts.length)}
        </button>
      ) : null}
    </section>
  );
}

function Row({ receipt }: { receipt: Billing["receipts"][number] }) {
  const date = formats.date(receipt.paid_at);
  return (
    <li className="grid min-h-12 grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-5 tabular-nums">
      <span>{date}</span>
      <span>{formats.money(receipt.amount_ore, receipt.currency)}</span>
      {receipt.url ? (
        <a
          href={receipt.url}
          target="_blank"
          rel="noreferrer"
          aria-label={texts.receiptOf(date)}
          className="inline-flex min-h-11 items-center gap-1.5 font-medium text-accent underline-offset-4 hover:underline"
        >
          {texts.receipt}
          <ExternalLink aria-hidden="true" className="size-4" />
        </a>
      ) : null}
    </li>
  );
}
