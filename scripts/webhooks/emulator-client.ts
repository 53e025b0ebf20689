import { EMULATOR_KEY } from "../start/stripe-emulator.ts";

type Fields = Readonly<Record<string, string>>;
/** As much of a Stripe object as is needed to go on. */
export interface StripeObject {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Speaks to the Stripe emulator as an SDK would, and to its control API. */
export class EmulatorClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  post = (path: string, fields: Fields = {}): Promise<StripeObject> => this.#ask("POST", path, fields);
  remove = (path: string): Promise<StripeObject> => this.#ask("DELETE", path);

  async list(path: string): Promise<readonly StripeObject[]> {
    return (await this.#ask("GET", path))["data"] as StripeObject[];
  }

  /** How many deliveries have not come to an end. */
  async waiting(): Promise<number> {
    const path = "deliveries?status=pending";
    const answer = await checked(path, await fetch(`${this.url}/_emulator/${path}`));
    return (answer["deliveries"] as unknown[]).length;
  }

  /** `/_emulator/…`: what people and banks do. */
  async control(path: string, body: object): Promise<StripeObject> {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.url}/_emulator/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return checked(path, answer);
  }

  /** Pays on the hosted page. */
  async pay(sessionId: string): Promise<void> {
    const card = {
      cardNumber: "4242424242424242",
      cardExpiry: "12 / 34",
      cardCvc: "123",
      billingName: "Test Person",
    };
    const body = new URLSearchParams({ ...card, email: "somebody@example.com", billingCountry: "SE" });
    const headers = { accept: "application/json" };
    const answer = await fetch(`${this.url}/c/pay/${sessionId}`, { method: "POST", headers, body });
    if (!answer.ok)
      throw new Error(`the payment page answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
  }

  async #ask(method: string, path: string, fields?: Fields): Promise<StripeObject> {
    const headers = { authorization: `Bearer ${EMULATOR_KEY}` };
    const body = fields === undefined ? null : new URLSearchParams(fields);
    return checked(path, await fetch(`${this.url}/v1/${path}`, { method, headers, body }));
  }
}

async function checked(path: string, answer: Response): Promise<StripeObject> {
  const body = (await answer.json()) as StripeObject & { error?: { message?: string } };
  if (answer.ok) return body;
  throw new Error(`${path}: ${body.error?.message ?? answer.status}`);
}
