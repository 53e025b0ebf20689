import type { Site } from "@liveassist/api/contract";

/** A paragraph, a list, a form to copy, or a link of our own. */
export type Block =
  | string
  | { list: readonly string[] }
  | { form: readonly string[] }
  | { to: "/withdraw" | "/terms" | "/privacy" | "/seller" | "/settings"; label: string };

export interface Section {
  /** The anchor in the address. */
  id: string;
  title: string;
  blocks: readonly Block[];
}

/** What a legal text has to fill in; money already written. */
export interface LegalFacts {
  price: string;
  trialDays: number;
  trialRequiresCard: boolean;
  seller: Site["seller"];
}
