import type { World } from "../billing/world.ts";
import { isWebAddress, registerEndpoint } from "../resources/webhook-endpoints.ts";

/** The endpoint that is given at the start; further ones have a number behind it. */
export const FORWARD_ID = "we_1EmulatorForwardTo";

interface Given {
  forwardTo?: string | readonly string[];
  forwardApiVersion?: string;
  secret: string;
}

/** The webhook endpoints that were given at the start: always there, always under the addresses of this start. */
export class ForwardEndpoints {
  readonly #world: World;
  readonly #secret: string;
  readonly #version: string | undefined;
  readonly #urls: Map<string, string>;

  constructor(world: World, { forwardTo = [], forwardApiVersion, secret }: Given) {
    this.#world = world;
    this.#secret = secret;
    this.#version = forwardApiVersion;
    const urls = typeof forwardTo === "string" ? [forwardTo] : forwardTo;
    const bad = urls.find((url) => !isWebAddress(url));
    if (bad !== undefined) throw new RangeError(`forwardTo must be an http(s) address, not "${bad}".`);
    this.#urls = new Map(
      urls.map((url, index) => [index === 0 ? FORWARD_ID : `${FORWARD_ID}${index + 1}`, url]),
    );
  }

  /** Registers them anew; those of an earlier start go. */
  register(): void {
    this.#removeOthers();
    for (const id of this.#urls.keys()) this.#registerOne(id);
    this.#world.store.commit();
  }

  /** After a snapshot, which may be of an earlier start: other addresses, the secrets of then. */
  correct(): void {
    const { store } = this.#world;
    this.#removeOthers();
    for (const [id, url] of this.#urls) {
      const endpoint = store.get("endpoints", id);
      if (endpoint === undefined) this.#registerOne(id);
      else if (endpoint.url !== url) store.put("endpoints", { ...endpoint, url });
    }
    store.commit();
  }

  #registerOne(id: string): void {
    const [url = "", secret, apiVersion] = [this.#urls.get(id), this.#secret, this.#version];
    registerEndpoint(this.#world, { id, url, secret, ...(apiVersion !== undefined && { apiVersion }) });
  }

  #removeOthers(): void {
    const { store } = this.#world;
    for (const { id } of store.all("endpoints"))
      if (id.startsWith(FORWARD_ID) && !this.#urls.has(id)) store.remove("endpoints", id);
  }
}
