import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import {
  CLI_NAMES,
  FAMILIES,
  LEFT_OUT,
  OUT_OF_REACH,
  UNKNOWN_TO_CLI,
  WANTED,
} from "./cli/expected-events.ts";
import { differenceOf, expectedObject } from "./cli/expected-objects.ts";
import { type Cli, isCliThere, prepareCli } from "./cli/run-cli.ts";
import { openShop, type Shop } from "./shop.ts";

const KEY = "sk_test_command_line";
const HOUR = 3_600_000;

const said = isCliThere ? await listTriggers() : [];

/** The events that `stripe trigger` says it can make. */
async function listTriggers(): Promise<string[]> {
  const cli = await prepareCli();
  const { out } = await cli("trigger", "--help");
  await cli.close();
  const [, list = ""] = out.split("Supported events:");
  return (
    list
      .split("\n\n")[0]
      ?.split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "") ?? []
  );
}

const triggers = said.filter(
  (type) => (WANTED.includes(type) || FAMILIES.test(type)) && !(type in OUT_OF_REACH),
);

describe.skipIf(!isCliThere)("Stripe's own command line (skipped where Stripe builds none)", () => {
  let cli: Cli;
  beforeAll(async () => {
    cli = await prepareCli();
  });
  afterAll(() => cli.close());

  it("knows every event that it is asked for here, and no more", () => {
    expect(said.length).toBeGreaterThan(80);
    expect(WANTED.filter((type) => !said.includes(type))).toEqual(
      WANTED.filter((type) => UNKNOWN_TO_CLI.includes(type)),
    );
    expect(Object.keys(OUT_OF_REACH).filter((type) => !said.includes(type))).toEqual([]);
    const forgotten = said.filter((type) => !triggers.includes(type) && !(type in OUT_OF_REACH));
    expect(forgotten.filter((type) => !LEFT_OUT.test(type))).toEqual([]);
    expect(triggers.length).toBeGreaterThan(60);
  });

  describe.concurrent("triggers", () => {
    it.each(triggers)("%s", async (name) => {
      const emulator = await startEmulator({ secretKey: KEY });
      try {
        const { code, out } = await cli("trigger", name, "--api-key", KEY, "--api-base", emulator.url);
        // It ends with 0 also when a request failed.
        expect(problemIn(out)).toBeNull();
        expect(code).toBe(0);
        const type = CLI_NAMES[name] ?? name;
        // Banks answer later, and some cards are disputed a second later.
        if (eventsOf(emulator, type).length === 0) await emulator.clock.advance(HOUR);
        const objects = eventsOf(emulator, type).map(({ data }) => data.object);
        const wrong = objects.map((object) => differenceOf(object, expectedObject(type)));
        expect(objects.length, `events of type ${type}`).toBeGreaterThan(0);
        expect(wrong.includes(null) ? null : wrong[0]).toBeNull();
      } finally {
        await emulator.close();
      }
    });
  });

  describe("reads and writes", () => {
    let shop: Shop;
    const speak = (...args: string[]) => cli(...args, "--api-key", KEY, "--api-base", shop.emulator.url);
    const ask = async (...args: string[]) => {
      const { code, out } = await speak(...args);
      expect(code, out).toBe(0);
      return JSON.parse(out.slice(out.indexOf("{"))) as Record<string, unknown>;
    };
    beforeAll(async () => {
      shop = await openShop();
      await speak("trigger", "customer.subscription.created");
    });
    afterAll(() => shop.close());

    it("lists and retrieves customers, subscriptions, invoices and events as the SDK does", async () => {
      for (const noun of ["customers", "subscriptions", "invoices", "events"] as const) {
        const list = await ask(noun, "list", "--limit", "3");
        const same = await shop.stripe[noun].list({ limit: 3 });
        expect(list, noun).toEqual(JSON.parse(JSON.stringify(same)));
        const id = String(same.data[0]?.id);
        expect(await ask(noun, "retrieve", id)).toMatchObject({ id });
      }
    });

    it("gets, posts and deletes by path", async () => {
      const made = await ask("post", "/v1/customers", "-d", "name=Ada", "-d", "metadata[userId]=u1");
      expect(made).toMatchObject({ object: "customer", name: "Ada", metadata: { userId: "u1" } });
      expect(await ask("get", `/v1/customers/${String(made["id"])}`)).toMatchObject({ name: "Ada" });
      const gone = await ask("delete", `/v1/customers/${String(made["id"])}`, "--confirm");
      expect(gone).toMatchObject({ deleted: true });
    });

    it("triggers events that name somebody, when it is told whom", async () => {
      const whom = "checkout_session:client_reference_id=u1";
      const { out } = await speak("trigger", "checkout.session.completed", "--add", whom);
      expect(problemIn(out)).toBeNull();
      const completed = shop.emulator.events().findLast(({ type }) => type === "checkout.session.completed");
      expect(completed?.data.object).toMatchObject({ client_reference_id: "u1", payment_status: "paid" });
    });

    it("resends an event to its endpoint", async () => {
      await shop.emulator.settled();
      const endpoint = (await shop.stripe.webhookEndpoints.list()).data[0];
      const event = shop.received[0];
      if (event === undefined || endpoint === undefined) throw new Error("nothing arrived");
      const again = await ask("events", "resend", event.id, "--webhook-endpoint", endpoint.id);
      expect(again).toMatchObject({ id: event.id, object: "event" });
      await shop.emulator.settled();
      expect(shop.received.filter(({ id }) => id === event.id)).toHaveLength(2);
    });

    it("shows Stripe's error for what is not there", async () => {
      const { out } = await speak("customers", "retrieve", "cus_none");
      expect(out).toContain("No such customer: 'cus_none'");
    });
  });
});

function problemIn(out: string): string | null {
  if (out.includes("Trigger succeeded")) return null;
  return out.slice(Math.max(0, out.indexOf("Trigger failed"))).slice(0, 600);
}

function eventsOf(emulator: Emulator, type: string): Stripe.Event[] {
  return emulator.events().filter((event) => event.type === type);
}
