import { WITHDRAWAL_DAYS } from "@liveassist/shared/withdrawal";
import { dayCount } from "../counts.ts";
import type { Block, LegalFacts, Section } from "./document.ts";

/** The terms of LiveAssist Permission, for consumers in Sweden. */
export const termsTexts = {
  tab: "Terms",
  title: "Terms of LiveAssist Permission",
  lead: "What you buy, what it costs, and how you get out of it. In plain words, and complete.",
  validFrom: "2026-11-21",
  sections: (facts: LegalFacts): Section[] => [
    seller(facts),
    {
      id: "what",
      title: "What you buy",
      blocks: [
        "LiveAssist is a service on the web in which an AI assistant helps you with photos and videos. An account is free. LiveAssist Permission (“Premium”) is a monthly subscription that adds:",
        {
          list: [
            "unlimited images",
            "video upload",
            "longer messages, fuller answers and tools",
            "the Premium badge by your name",
          ],
        },
        "It is a digital service: you need a current browser and an internet connection, and nothing is sent to you by post. It starts as soon as you have ordered. Answers are written by an AI and can be wrong; do not rely on them alone where health, safety or much money is at stake.",
        "To buy it you must be at least 18, or have the consent of your parent or guardian.",
      ],
    },
    {
      id: "price",
      title: "Price and payment",
      blocks: [
        `Premium costs ${facts.price} a month, including VAT. There are no other fees. You pay in advance for each month, by card or Link, through our payment provider Stripe; we never see your card number.`,
        "You may stop at the end of any month you have paid. There is no longer minimum period. Receipts are in Settings.",
      ],
    },
    trial(facts),
    {
      id: "renewal",
      title: "Renewal",
      blocks: [
        `A paid subscription renews by itself every month at ${facts.price} until you cancel. The next date and amount are always shown in Settings.`,
      ],
    },
    {
      id: "cancel",
      title: "How to cancel",
      blocks: [
        "You cancel in Settings, in two clicks, at any time and without a reason. We show you the exact date until which you keep Premium. After it you are on the free plan and nothing more is charged. Until that date you can change your mind and resume.",
        "Cancelling is not the same as withdrawing: it ends the renewal, and what you have paid for runs to its end.",
        { to: "/settings", label: "Cancel in Settings" },
      ],
    },
    withdrawal(facts),
    modelForm(facts),
    {
      id: "failed-payment",
      title: "If a payment fails",
      blocks: [
        "We tell you in the app and by e-mail, and the payment is tried again during the following days. If you have paid for a month before, you keep Premium meanwhile, for a limited time; Settings shows until which date. You can update your card or pay the open amount there.",
        "If it is not put right by then, or if it is the first payment after a trial, you are on the free plan until it is paid. We charge no late fee and no interest.",
      ],
    },
    faults(facts),
    {
      id: "use",
      title: "What you may not do",
      blocks: [
        "What you upload stays yours. Upload only what you have the right to share, and nothing unlawful. Do not attack the service, resell it, or get around its limits. If you break this seriously we may close your account; we then give back what you paid for the time that is left.",
      ],
    },
    {
      id: "changes",
      title: "Changes",
      blocks: [
        "If we change the price or these terms to your disadvantage we tell you by e-mail at least 30 days before. You can cancel before the change applies, without cost. A period you have already paid for is never changed. If we close the service we tell you 30 days before and give back what you paid for the time after.",
      ],
    },
    {
      id: "account",
      title: "Deleting your account",
      blocks: [
        "You can delete your account in Settings. That first ends a running subscription, at once; if that does not succeed, nothing is deleted and we tell you. Deleting is not a withdrawal: if you still have the right to withdraw, do that first, so that your money comes back.",
        { to: "/privacy", label: "What happens to your data" },
      ],
    },
    {
      id: "law",
      title: "Law",
      blocks: [
        "Swedish law applies. If you live in another country of the EU you also keep the protection that the mandatory consumer rules there give you. A dispute may be brought before the general courts, also where you live. None of these terms limits a right that the law gives you as a consumer.",
      ],
    },
  ],
} as const;

function seller({ seller: who }: LegalFacts): Section {
  const blocks: Block[] = who
    ? [
        `The seller is ${who.name}, organisation number ${who.org_no}, ${who.address}. You reach us at ${who.email}. In these terms “we” is the seller and “you” are the consumer who buys.`,
      ]
    : [
        "This is a test installation without a seller. These terms show what would apply; nobody can conclude a contract here, and nothing is really charged.",
      ];
  return {
    id: "seller",
    title: "Who sells",
    blocks: [...blocks, { to: "/seller", label: "All details of the seller" }],
  };
}

function trial({ price, trialDays, trialRequiresCard }: LegalFacts): Section {
  const noCard = trialRequiresCard
    ? "We ask for a card when the trial begins. If there is none that can be used at its end, the subscription ends and you owe nothing."
    : "You may begin without a card. If there is none at its end, the subscription ends and you owe nothing.";
  return {
    id: "trial",
    title: "The free trial, and how it becomes paid",
    blocks: [
      `Once, you can try Premium free for ${dayCount(trialDays)}. You may also skip the trial and pay at once.`,
      `When the trial ends it turns into the paid subscription by itself, and ${price} is charged for the first month, unless you have cancelled before. The exact date and amount are shown before you order and in Settings during the whole trial, and we remind you by e-mail before it ends.`,
      "If you cancel in the trial nothing is charged, and you keep Premium until the trial ends.",
      noCard,
    ],
  };
}

function withdrawal({ trialDays, seller: who }: LegalFacts): Section {
  const left = WITHDRAWAL_DAYS - trialDays;
  const after =
    left > 0
      ? `With the ${trialDays}-day trial they go on for ${dayCount(left)} after it has become paid.`
      : "With the free trial they run out before it becomes paid.";
  const mail = who ? ` or write to ${who.email}` : "";
  return {
    id: "withdrawal",
    title: "Your right to withdraw, 14 days",
    blocks: [
      "You may withdraw from the contract within 14 days, without a reason. The 14 days begin on the day after the contract was concluded, which is the day you started the trial or, without one, paid.",
      `You have this right once. You are told clearly, before you order, that the trial becomes a paid subscription; so no new 14 days begin when it does (Court of Justice of the EU, case C-565/22). ${after}`,
      `To withdraw, use the function below, which stands in Settings and at the end of every page,${mail ? "" : " and"} fill in the form further down${mail}. It is enough that you send it before the 14 days are over. We confirm it by e-mail at once, with its content, date and time.`,
      { to: "/withdraw", label: "Withdraw from contract here" },
      "When you withdraw, Premium ends at once. We give back what you paid, in full and without undue delay, at the latest within 14 days, to the card or account you paid with. You pay nothing for the days you have used it, even though you asked us to begin at once.",
    ],
  };
}

function modelForm({ seller: who }: LegalFacts): Section {
  const to = who
    ? `${who.name}, ${who.address}, ${who.email}`
    : "[the seller; this test installation has none]";
  return {
    id: "model-form",
    title: "Model withdrawal form",
    blocks: [
      "You may use this form, but you do not have to. Fill it in and send it only if you want to withdraw from the contract.",
      {
        form: [
          `To: ${to}`,
          "I/we (*) hereby give notice that I/we (*) withdraw from my/our (*) contract for the provision of the following service: LiveAssist Permission",
          "Ordered on (*) / received on (*): ____________________",
          "Name of consumer(s): ____________________",
          "Address of consumer(s), or e-mail of the account: ____________________",
          "Signature of consumer(s) (only if this form is on paper): ____________________",
          "Date: ____________________",
          "(*) Delete what does not apply.",
        ],
      },
    ],
  };
}

function faults({ seller: who }: LegalFacts): Section {
  const where = who ? `Write to ${who.email}` : "Write to the seller (this test installation has none)";
  return {
    id: "complaints",
    title: "If something is wrong",
    blocks: [
      `${where} and tell us what is wrong. If the service is not as agreed you have the right to have it put right, and otherwise to a lower price or to end the contract, as the Swedish Consumer Sales Act (konsumentköplagen, 2022:260) says. Tell us within a reasonable time; two months after you noticed is always in time.`,
      "If we do not agree you can turn to the National Board for Consumer Disputes, ARN (Allmänna reklamationsnämnden), Box 174, 101 23 Stockholm, www.arn.se; we take part in its procedure. Your municipality's consumer advisers and Konsumentverket (www.hallakonsument.se) give advice.",
    ],
  };
}
