const UPCOMING =
  "the invoice of `invoice.upcoming` is not made yet: Stripe sends it without an id, whatever its type says";

/** What is not as its type says and right all the same, each with the reason. */
export const EXCEPTIONS: Record<string, string> = {
  "invoice.upcoming.data.object.id: required, missing": UPCOMING,
  // One that is missing elsewhere is found in the event itself.
  "list.data[].data.object.id: required, missing": UPCOMING,
};
