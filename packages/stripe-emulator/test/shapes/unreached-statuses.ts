/** Statuses that the types know and the stories never show, each with the reason. */
export const UNREACHED: Record<string, string> = {
  "dispute appeal_needs_response": "appeals are a second round that no test card starts",
  "dispute appeal_under_review": "as above",
  "dispute prevented": "a service of card networks, not of a subscription business",
  "mandate inactive": "nothing takes a mandate back yet",
  "mandate pending": "the banks of test accounts answer at once",
  "setup_intent processing": "no means of payment here is set up later than at once",
  "test_helpers.test_clock internal_failure": "a failure of Stripe's own",
};
