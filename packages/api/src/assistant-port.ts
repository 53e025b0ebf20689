import type { ReplyFailure } from "@liveassist/shared/session-events";

/** A picture for the model, read only when it is sent. */
export interface AssistantPicture {
  /** What it is, in words: its file name, or which moment of which video. */
  readonly label: string;
  readonly mediaType: string;
  readonly read: () => Promise<Uint8Array>;
}

/** One turn of the thread, oldest first. */
export interface AssistantTurn {
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly pictures: readonly AssistantPicture[];
  /** Names of attached files that no picture stands for: a video without stills, pictures of long ago. */
  readonly unseen: readonly string[];
}

/** What is true of the product here, for whoever explains it: from settings and Stripe, never from memory. */
export interface ProductFacts {
  /** A month in words, VAT included, e.g. `39 SEK`. */
  readonly price: string;
  readonly trialDays: number;
  readonly trialRequiresCard: boolean;
  readonly freeImagesPerDay: number;
  /** Where the day turns, e.g. `Europe/Stockholm`. */
  readonly quotaTimezone: string;
  readonly mostVideoMb: number;
}

/** A post that the assistant may cite. */
export interface FoundPost {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  /** Path of the post in the web app. */
  readonly url: string;
}

export interface AssistantRequest {
  /** Told to the model in its prompt; a trial counts as paid (requirements R6). */
  readonly plan: "free" | "paid";
  readonly instructions: string;
  readonly facts: ProductFacts;
  readonly turns: readonly AssistantTurn[];
  /** Output tokens and steps of the plan (requirements R5). */
  readonly limits: { readonly outputTokens: number; readonly steps: number };
  /** Searches the community's posts; null: this plan has no tools. */
  readonly searchPosts: ((query: string) => Promise<readonly FoundPost[]>) | null;
  readonly signal: AbortSignal;
}

/** Why a reply could not be made; what a person reads is written where it is shown. */
export class AssistantError extends Error {
  override readonly name = "AssistantError";
  readonly failure: ReplyFailure;

  constructor(failure: ReplyFailure, cause?: unknown) {
    super(`the assistant failed: ${failure}`, { cause });
    this.failure = failure;
  }
}

/** Whoever answers: a model behind an OpenAI-compatible endpoint, or the practice assistant. */
export interface AssistantPort {
  /** Yields the reply's text piece by piece; ends early when the signal fires. Throws `AssistantError`. */
  reply(request: AssistantRequest): AsyncIterable<string>;
}
