import type Stripe from "stripe";
import { isEnded } from "../billing/cancel-subscription.ts";
import {
  attachToClock,
  createTestClock,
  customersOfClock,
  deleteTestClock,
  startAdvance,
  strictLimit,
} from "../billing/test-clock.ts";
import { LONGEST_ADVANCE } from "../clock.ts";
import { badParam, badState } from "../http/errors.ts";
import { LIST_PARAMS, paginate } from "../http/lists.ts";
import { hash, integer, text } from "../http/params.ts";
import { type Call, idOf, type Route, route } from "../http/route.ts";
import { found, named, namedCustomer } from "./find.ts";

const URL = "/v1/test_helpers/test_clocks";
const STRICT_CUSTOMERS = 3;
const STRICT_SUBSCRIPTIONS = 3;

/** Test clocks: create, retrieve, advance, delete, list. */
export const testClockRoutes: Route[] = [
  route(
    `POST ${URL}`,
    hash({ frozen_time: integer, name: text, customer: text }, "frozen_time"),
    (call, params) => {
      const { frozen_time } = params;
      if (frozen_time < 0 || frozen_time - call.world.now() > LONGEST_ADVANCE / 1000)
        throw badParam("parameter_invalid", "Invalid timestamp: is it in seconds?", "frozen_time");
      const existing = params.customer ? namedCustomer(call, params.customer) : null;
      if (existing !== null && existing.test_clock !== null)
        throw badState("This customer already has a test clock.", { param: "customer" });
      const clock = createTestClock(call.world, {
        frozenTime: frozen_time,
        name: params.name ?? null,
      });
      if (existing !== null) attachToClock(call.world, existing.id, clock.id);
      return clock;
    },
  ),
  route(`GET ${URL}`, hash(LIST_PARAMS), (call, params) =>
    paginate(call.world.store.all("testClocks"), params, { url: URL, noun: "test_clock" }),
  ),
  route(`GET ${URL}/:id`, hash({}), (call) => found(call, "testClocks", "test_clock")),
  route(`POST ${URL}/:id/advance`, hash({ frozen_time: integer }, "frozen_time"), (call, params) => {
    const clock = found(call, "testClocks", "test_clock");
    if (clock.status !== "ready")
      throw badState("Test clock advancement underway. Wait until its status is ready.");
    if (params.frozen_time <= clock.frozen_time)
      throw badParam(
        "parameter_invalid",
        "You can only advance a test clock to a later time.",
        "frozen_time",
      );
    if (params.frozen_time - clock.frozen_time > LONGEST_ADVANCE / 1000)
      throw badParam(
        "parameter_invalid",
        "You cannot advance a test clock by more than 100 years at once. Is `frozen_time` in seconds?",
        "frozen_time",
      );
    if (call.world.settings.strictTestClocks && params.frozen_time > strictLimit(call.world, clock))
      throw badParam(
        "parameter_invalid",
        "You cannot advance a test clock more than two intervals at once.",
        "frozen_time",
      );
    return startAdvance(call.world, clock.id, params.frozen_time);
  }),
  route(`DELETE ${URL}/:id`, hash({}), (call) => {
    const { id, object } = found(call, "testClocks", "test_clock");
    deleteTestClock(call.world, idOf(call));
    return { id, object, deleted: true };
  }),
];

/** The clock a new customer is to live by; a strict one takes no fourth. */
export function namedClock(call: Call, id: string): string {
  const clock = named(call, "testClocks", { id, noun: "test_clock", param: "test_clock" });
  if (call.world.settings.strictTestClocks && customersOfClock(call.world, id).length >= STRICT_CUSTOMERS)
    throw badState("You can have at most 3 customers on a test clock.", { param: "test_clock" });
  return clock.id;
}

/** Refuses the fourth subscription of a customer with a strict clock; those that have ended do not count. */
export function checkClockRoom({ world }: Call, customer: Stripe.Customer): void {
  if (!world.settings.strictTestClocks || customer.test_clock === null) return;
  const live = world.store.where("subscriptions", "customer", customer.id).filter((row) => !isEnded(row));
  if (live.length >= STRICT_SUBSCRIPTIONS)
    throw badState("You can have at most 3 subscriptions per customer with a test clock.", {
      param: "customer",
    });
}
