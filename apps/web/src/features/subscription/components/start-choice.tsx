import { classNames } from "../../../lib/class-names.ts";
import { formats } from "../../../lib/format.ts";
import { subscriptionDetails } from "../../../texts/subscription-details.ts";
import type { Offer } from "../types.ts";

const texts = subscriptionDetails.upgrade;

interface StartChoiceProps {
  offer: Offer;
  trial: boolean;
  choose: (trial: boolean) => void;
}

/** With the trial, or paying at once: both are always one press away (requirements R2). */
export function StartChoice({ offer, trial, choose }: StartChoiceProps) {
  const ways = [
    {
      trial: true,
      title: texts.withTrial(offer.trial_days),
      note: texts.withTrialNote(formats.date(offer.trial_first_charge_at)),
    },
    { trial: false, title: texts.skipTrial, note: texts.skipTrialNote },
  ];
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 font-medium">{texts.how}</legend>
      {ways.map((way) => (
        <label
          key={way.title}
          className={classNames(
            "flex min-h-11 gap-3 rounded-md border p-3.5 transition-colors duration-150",
            way.trial === trial ? "border-accent bg-accent-soft" : "border-line-strong/60 hover:bg-sunken",
          )}
        >
          <input
            type="radio"
            name="start"
            checked={way.trial === trial}
            onChange={() => choose(way.trial)}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span>
            <span className="block font-medium">{way.title}</span>
            <span className="block text-small text-muted">{way.note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
