import type { Decline } from "./declines.ts";

/** What becomes of a debit of a test account: paid or refused, sooner or later, perhaps disputed. */
export interface DebitBehaviour {
  refused?: Decline;
  /** At least three minutes. */
  slow?: boolean;
  disputed?: boolean;
}

function refusal(declineCode: string): Decline {
  return {
    code: "payment_intent_payment_attempt_failed",
    declineCode,
    message: "The payment failed.",
    hard: false,
  };
}

const FAILED = { refused: refusal("incorrect_account_holder_name") };
const SLOW = { slow: true };
const FAILED_SLOWLY = { ...FAILED, ...SLOW };
const DISPUTED = { disputed: true };

/** Stripe's test accounts by country: fails · succeeds slowly · fails slowly · succeeds and is disputed. */
const ACCOUNTS: readonly (readonly string[])[] = [
  ["AT861904300235473202", "AT321904300235473204", "AT051904300235473205", "AT591904300235473203"],
  ["BE68539007547034", "BE78510007547064", "BE51510007547065", "BE08510007547063"],
  ["DE62370400440532013001", "DE08370400440532013003", "DE78370400440532013004", "DE35370400440532013002"],
  ["EE762200221020145680", "EE222200221020145682", "EE922200221020145683", "EE492200221020145681"],
  ["FI9112345600000786", "FI3712345600000788", "FI1012345600000789", "FI6412345600000787"],
  [
    "FR8420041010050500013M02607",
    "FR3020041010050500013M02609",
    "FR7920041010050500013M02600",
    "FR5720041010050500013M02608",
  ],
  ["IE02AIBK93115212345679", "IE24AIBK93115212345671", "IE94AIBK93115212345672", "IE51AIBK93115212345670"],
  ["LU980019400644750001", "LU440019400644750003", "LU170019400644750004", "LU710019400644750002"],
  ["NL91ABNA0417164300", "NL55RABO0300065267", "NL28RABO0300065268", "NL82RABO0300065266"],
  ["NO6686011117948", "NO8886011117940", "NO6186011117941", "NO3986011117949"],
  [
    "PT23000201231234567890155",
    "PT66000201231234567890157",
    "PT39000201231234567890158",
    "PT93000201231234567890156",
  ],
  ["IT60X0542811101000000123456"],
];
const BEHAVIOURS = [FAILED, SLOW, FAILED_SLOWLY, DISPUTED];

/** The ends of account numbers that are refused for a reason of their own, in every country. */
const ENDS: readonly (readonly [string, DebitBehaviour])[] = [
  ["00343434", { refused: refusal("charge_exceeds_source_limit") }],
  ["00121212", { refused: refusal("charge_exceeds_weekly_limit") }],
  ["02222227", { refused: refusal("insufficient_funds") }],
];

/** What a debit of this account does (https://docs.stripe.com/testing, SEPA Direct Debit); any other one succeeds. */
export function debitBehaviour(iban: string): DebitBehaviour {
  for (const accounts of ACCOUNTS) {
    const behaviour = BEHAVIOURS[accounts.indexOf(iban)];
    if (behaviour !== undefined) return behaviour;
  }
  return ENDS.find(([end]) => iban.endsWith(end))?.[1] ?? {};
}

/** The check digits of an IBAN (ISO 13616), written without spaces. */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const turned = `${iban.slice(4)}${iban.slice(0, 4)}`;
  let rest = 0;
  for (const sign of turned) rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97;
  return rest === 1;
}
