import type { Screen, Stage } from "../screen.ts";
import { ago, DAY } from "./moment-ago.ts";
import { type Answers, openAsAdmin, openConsole } from "./open-console.ts";
import { deadEvent, EVENTS, eventOf, ledger, paidEvent, wholeEvent } from "./pretend-events.ts";
import { CUSTOMERS, majaAsWhole, PEOPLE } from "./pretend-people.ts";

const LIST = "**/trpc/admin.listEvents*";

/** One event, and the others of its customer. */
const openEvent = (stage: Stage, id: string, answers: Answers): Promise<void> =>
  openConsole(stage, `/events/${id}`, {
    "admin.listEvents": ({ customerId }) => ({
      events: ledger().filter(({ customer_id }) => customer_id === customerId),
      next: null,
    }),
    ...answers,
  });

/** The ledger of webhook events. */
export const EVENT_SCREENS: Screen[] = [
  {
    name: "operations-events",
    about: "The ledger of events, newest first",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "/events", { "admin.listEvents": { events: ledger(), next: "b2xkZXI" } });
      await stage.page.getByText("checkout.session.completed").last().waitFor();
    },
  },
  {
    name: "operations-events-none",
    about: "Filters that no event fits",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, `/events?state=dead&user=${majaAsWhole().id}`, {
        "admin.listEvents": { events: [], next: null },
        "admin.readUser": majaAsWhole(),
      });
      await stage.page.getByText("No event fits").waitFor();
    },
  },
  {
    name: "operations-events-loading",
    about: "The ledger before the answer",
    who: "member",
    show: async (stage) => {
      await stage.stall(LIST);
      await openAsAdmin(stage, "/events");
      await stage.page.getByText("Loading: Events…").waitFor({ state: "attached" });
    },
  },
  {
    name: "operations-events-failed",
    about: "The ledger did not come",
    who: "member",
    show: async (stage) => {
      await stage.refuse(LIST, "INTERNAL", 500);
      await openAsAdmin(stage, "/events");
      await stage.page.getByText("The list did not come").waitFor();
    },
  },
  {
    name: "operations-events-stale",
    about: "The server is away: the last answer stays, and that it is old is said",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "/events", { "admin.listEvents": { events: ledger(), next: null } });
      await stage.page.getByText("checkout.session.completed").last().waitFor();
      await stage.refuse(LIST, "INTERNAL", 503);
      await stage.page.getByText("This list is not fresh").waitFor();
    },
  },
  {
    name: "operations-event",
    about: "One event, processed: facts, attempts, masked payload, others of its customer",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openEvent(stage, EVENTS.paid, { "admin.readEvent": wholeEvent(paidEvent()) });
      await stage.page.getByText("subscription_create").waitFor();
      await stage.page.getByText("customer.subscription.created").waitFor();
    },
  },
  {
    name: "operations-event-dead",
    about: "One event that was given up on, why, and what to do",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openEvent(stage, EVENTS.dead, { "admin.readEvent": wholeEvent(deadEvent()) });
      await stage.page.getByText("What to do:").waitFor();
    },
  },
  {
    name: "operations-event-missing",
    about: "An event that is not there",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/events/evt_1mistyped", { "admin.readEvent": () => null });
      await stage.page.getByText("There is no such event").waitFor();
    },
  },
  {
    name: "operations-event-payload-gone",
    about: "One event that is older than payloads are kept",
    who: "member",
    tall: true,
    show: async (stage) => {
      const old = eventOf("invoice.paid", 95 * DAY, {
        user_id: PEOPLE.karl().id,
        customer_id: CUSTOMERS.karl,
        processed_at: ago(95 * DAY),
      });
      await openEvent(stage, old.event_id, { "admin.readEvent": wholeEvent(old, null) });
      await stage.page.getByText("It is older than payloads are kept").waitFor();
    },
  },
];
