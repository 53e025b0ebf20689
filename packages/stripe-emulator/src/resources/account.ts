import type Stripe from "stripe";
import { hash } from "../http/params.ts";
import { type Route, route } from "../http/route.ts";

const ACCOUNT: Stripe.Account = {
  id: "acct_1Emulator00000001",
  object: "account",
  business_profile: {
    mcc: null,
    minority_owned_business_designation: null,
    name: "Stripe emulator",
    specified_commercial_transactions_act_url: null,
    support_address: null,
    support_email: null,
    support_phone: null,
    support_url: null,
    url: null,
  },
  charges_enabled: true,
  country: "SE",
  created: 1_700_000_000,
  default_currency: "sek",
  details_submitted: true,
  email: "emulator@example.com",
  metadata: {},
  payouts_enabled: true,
  type: "standard",
};

/** The one account of the emulator. */
export const accountRoutes: Route[] = [route("GET /v1/account", hash({}), () => ACCOUNT)];
