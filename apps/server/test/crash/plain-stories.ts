import { checkQuiet } from "./check-quiet.ts";
import { Person, untilAnswered } from "./person.ts";
import { DAY, HOUR, type Story } from "./story.ts";

const MONTH = 31 * DAY;

/** What is paid is heard by events alone. */
const purchase: Story = {
  name: "purchase",
  async tell(lane) {
    const people = await Promise.all(
      ["Anna", "Bo"].map((name, at) => Person.signUp(lane, name, { away: at === 1 })),
    );
    // An outbox id that never commits: the tail has to ask for it again, and to give it up.
    await untilAnswered("a number drawn", async () => [
      ...(await lane.database.sql`select nextval(pg_get_serial_sequence('outbox', 'id'))`),
    ]);
    await Promise.all(people.map((person, at) => person.buys(at === 1)));
    await checkQuiet(lane, people);
    return people;
  },
};

/** No event comes at all: the sweep finds the trial's end. Later they all come, much too late. */
const trial: Story = {
  name: "trial",
  async tell(lane) {
    const person = await Person.signUp(lane, "Trial", { away: lane.chance() < 0.5 });
    await person.buys(true);
    await checkQuiet(lane, [person]);
    lane.deliveries.hold();
    await lane.pass(5 * DAY + 2 * HOUR);
    await checkQuiet(lane, [person]);
    lane.deliveries.release();
    await checkQuiet(lane, [person]);
    return [person];
  },
};

/** A card that fails, the grace, its end, and a second purchase after all. */
const dunning: Story = {
  name: "dunning",
  async tell(lane) {
    const person = await Person.signUp(lane, "Debt", { away: true });
    await person.buys(false);
    await person.usesCard("pm_card_chargeCustomerFail");
    await checkQuiet(lane, [person]);
    await lane.pass(MONTH + 2 * HOUR);
    await checkQuiet(lane, [person]);
    await lane.pass(8 * DAY);
    await checkQuiet(lane, [person]);
    await lane.pass(9 * DAY);
    await checkQuiet(lane, [person]);
    return [person];
  },
};

/** Cancelled for the period's end, told by nobody at the end. */
const cancel: Story = {
  name: "cancel",
  async tell(lane) {
    const person = await Person.signUp(lane, "Leaver");
    await person.buys(false);
    await person.changes({ cancel_at_period_end: true });
    await checkQuiet(lane, [person]);
    lane.deliveries.hold();
    await lane.pass(MONTH + 2 * HOUR);
    await checkQuiet(lane, [person]);
    lane.deliveries.release({ lose: true });
    return [person];
  },
};

/** A purchase, a trial, a debt, an end: what becomes of most people. */
export const PLAIN_STORIES: readonly Story[] = [purchase, trial, dunning, cancel];
