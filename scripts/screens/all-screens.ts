import { BANNER_SCREENS } from "./banner-screens.ts";
import { BILLING_SCREENS } from "./billing-screens.ts";
import { DELETION_SCREENS } from "./deletion-screens.ts";
import { HOME_SCREENS } from "./home-screens.ts";
import { LEGAL_SCREENS } from "./legal-screens.ts";
import { PAYMENT_SCREENS } from "./payment-screens.ts";
import type { Screen } from "./screen.ts";
import { SETTINGS_SCREENS } from "./settings-screens.ts";
import { UPGRADE_SCREENS } from "./upgrade-screens.ts";
import { VISITOR_SCREENS } from "./visitor-screens.ts";
import { WITHDRAWAL_SCREENS } from "./withdrawal-screens.ts";

/** Groups of screens, in the order of docs/screens/README.md. A new screen or state goes into one of them. */
export const GROUPS: { title: string; screens: Screen[] }[] = [
  { title: "Visitors", screens: VISITOR_SCREENS },
  { title: "Terms, privacy, seller", screens: LEGAL_SCREENS },
  { title: "Home", screens: HOME_SCREENS },
  { title: "What stands above every page", screens: BANNER_SCREENS },
  { title: "Upgrade", screens: UPGRADE_SCREENS },
  { title: "Settings", screens: SETTINGS_SCREENS },
  { title: "Card and receipts", screens: BILLING_SCREENS },
  { title: "Withdrawal", screens: WITHDRAWAL_SCREENS },
  { title: "Deleting the account", screens: DELETION_SCREENS },
  { title: "Payment and the way back", screens: PAYMENT_SCREENS },
];

export const ALL_SCREENS: Screen[] = GROUPS.flatMap((group) => group.screens);
