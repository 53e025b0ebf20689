import type { Hit } from "../chaos/chaos.ts";
import type { Fault } from "../chaos/faults.ts";
import type { EndpointSecret } from "../store/tables.ts";
import { signatureHeader } from "./signature.ts";

const STALE_MS = 10 * 60_000;

export interface Letter {
  body: string;
  secrets: EndpointSecret["secrets"];
  /** The wall's time and the emulator's (ms): signatures carry the one, secrets expire by the other. */
  wall: number;
  clock: number;
  /** What spoils this attempt. */
  hits: readonly Hit[];
}

/** Body and headers as they are sent: signed with every secret in force, unless chaos has it otherwise. */
export function envelope(letter: Letter): { body: string; headers: Record<string, string> } {
  const { body, hits, wall } = letter;
  const struck = (fault: Fault) => hits.find((hit) => hit.fault === fault);
  const stale = struck("stale");
  const seconds = Math.floor((wall - (stale === undefined ? 0 : (stale.ms ?? STALE_MS))) / 1000);
  const corrupt = struck("corrupt");
  return {
    body: corrupt === undefined ? body : damage(body, corrupt.draw),
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      accept: "*/*; q=0.5, application/xml",
      "stripe-signature": signatureHeader(body, signers(letter, struck), seconds),
    },
  };
}

function signers({ secrets, clock }: Letter, struck: (fault: Fault) => Hit | undefined): string[] {
  if (struck("wrong_secret") !== undefined) return ["whsec_never_a_secret_of_this_endpoint"];
  const inForce = secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > clock);
  if (struck("old_secret") === undefined) return inForce.map(({ secret }) => secret);
  const old = secrets.find((entry) => !inForce.includes(entry));
  return [old?.secret ?? "whsec_rolled_away_long_ago"];
}

/** Another digit or letter somewhere in the body: still text, mostly still JSON, no longer what was signed. */
function damage(body: string, draw: number): string {
  const place = Math.floor(draw * body.length);
  const other = body[place] === "0" ? "1" : "0";
  return body.slice(0, place) + other + body.slice(place + 1);
}
