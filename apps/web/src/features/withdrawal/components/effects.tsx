import { Check } from "lucide-react";
import { withdrawalTexts as texts } from "../../../texts/withdrawal.ts";
import { useUser } from "../../account/auth-context.tsx";

/** What withdrawing brings about, said before it is done. */
export function Effects() {
  const { subscription_status } = useUser();
  const { ends, money, nothingPaid, receipt } = texts.effects;
  const effects = [ends, subscription_status === "trial" ? nothingPaid : money, receipt];
  return (
    <section aria-label={texts.whatHappens}>
      <ul className="grid gap-2.5">
        {effects.map((effect) => (
          <li key={effect} className="flex gap-3">
            <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
            {effect}
          </li>
        ))}
      </ul>
    </section>
  );
}
