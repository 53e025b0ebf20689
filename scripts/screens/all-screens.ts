import { BANNER_SCREENS } from "./banner-screens.ts";
import { BILLING_SCREENS } from "./billing-screens.ts";
import { CHAT_SCREENS } from "./chat-screens.ts";
import { CHAT_TROUBLE_SCREENS } from "./chat-trouble-screens.ts";
import { COMMUNITY_SCREENS } from "./community-screens.ts";
import { DEAD_SCREENS } from "./console/dead-screens.ts";
import { DRIFT_SCREENS } from "./console/drift-screens.ts";
import { EVENT_SCREENS } from "./console/event-screens.ts";
import { OVERVIEW_SCREENS } from "./console/overview-screens.ts";
import { PEOPLE_SCREENS } from "./console/people-screens.ts";
import { POST_SCREENS } from "./console/post-screens.ts";
import { WORK_SCREENS } from "./console/work-screens.ts";
import { DELETION_SCREENS } from "./deletion-screens.ts";
import { DOWNLOAD_SCREENS } from "./download-screens.ts";
import { CHECKOUT_STATES } from "./emulator/checkout-states.ts";
import { CONTROL_STATES } from "./emulator/control-states.ts";
import { INVOICE_STATES, PORTAL_STATES } from "./emulator/portal-states.ts";
import { HOME_SCREENS } from "./home-screens.ts";
import { LEGAL_SCREENS } from "./legal-screens.ts";
import { LIMIT_SCREENS } from "./limit-screens.ts";
import { PAYMENT_SCREENS } from "./payment-screens.ts";
import { QUICKFIX_SCREENS } from "./quickfix-screens.ts";
import type { Screen } from "./screen.ts";
import { SESSION_SCREENS } from "./session-screens.ts";
import { SETTINGS_SCREENS } from "./settings-screens.ts";
import { UPGRADE_SCREENS } from "./upgrade-screens.ts";
import { UPLOAD_SCREENS } from "./upload-screens.ts";
import { VISITOR_SCREENS } from "./visitor-screens.ts";
import { WITHDRAWAL_SCREENS } from "./withdrawal-screens.ts";

/** Groups of screens, in the order of docs/screens/README.md. A new screen or state goes into one of them. */
export const GROUPS: { title: string; screens: Screen[] }[] = [
  { title: "Visitors", screens: VISITOR_SCREENS },
  { title: "Terms, privacy, seller", screens: LEGAL_SCREENS },
  { title: "Home", screens: HOME_SCREENS },
  { title: "Community", screens: COMMUNITY_SCREENS },
  { title: "LiveAssist", screens: [...CHAT_SCREENS, ...CHAT_TROUBLE_SCREENS] },
  { title: "One's chats", screens: SESSION_SCREENS },
  { title: "Pictures and videos", screens: [...UPLOAD_SCREENS, ...LIMIT_SCREENS] },
  { title: "QuickFix", screens: QUICKFIX_SCREENS },
  { title: "Operations: overview", screens: OVERVIEW_SCREENS },
  { title: "Operations: events and dead letters", screens: [...EVENT_SCREENS, ...DEAD_SCREENS] },
  { title: "Operations: drift and flags", screens: DRIFT_SCREENS },
  { title: "Operations: reported posts", screens: POST_SCREENS },
  { title: "Operations: users and XP", screens: PEOPLE_SCREENS },
  { title: "Operations: jobs and actions", screens: WORK_SCREENS },
  { title: "What stands above every page", screens: BANNER_SCREENS },
  { title: "Upgrade", screens: UPGRADE_SCREENS },
  { title: "Settings", screens: [...SETTINGS_SCREENS, ...DOWNLOAD_SCREENS] },
  { title: "Card and receipts", screens: BILLING_SCREENS },
  { title: "Withdrawal", screens: WITHDRAWAL_SCREENS },
  { title: "Deleting the account", screens: DELETION_SCREENS },
  { title: "Payment and the way back", screens: PAYMENT_SCREENS },
  { title: "The Stripe emulator: checkout", screens: CHECKOUT_STATES },
  { title: "The Stripe emulator: portal and invoices", screens: [...PORTAL_STATES, ...INVOICE_STATES] },
  { title: "The Stripe emulator: its own pages", screens: CONTROL_STATES },
];

export const ALL_SCREENS: Screen[] = GROUPS.flatMap((group) => group.screens);
