import type { Screen } from "../screen.ts";
import { openConsole } from "./open-console.ts";
import { drifts, flags, runningWalks, stoppedWalks, walks } from "./pretend-drifts.ts";
import { readingsOf } from "./pretend-overview.ts";

const OPEN_DRIFT = () => readingsOf({ open_drifts: 2 });
const STOPPED = {
  "admin.listWalks": () => ({ walks: stoppedWalks(), next: null }),
  "admin.listDrifts": () => ({ drifts: [], next: null }),
};

/** Differences from Stripe, and money to look at. */
export const DRIFT_SCREENS: Screen[] = [
  {
    name: "operations-drifts",
    about: "The last walk, and differences that remain",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "/drifts", {
        "operations.readIndicators": OPEN_DRIFT(),
        "admin.listWalks": { walks: walks(), next: null },
        "admin.listDrifts": { drifts: drifts(true), next: null },
      });
      await stage.page.getByText("A paying customer bound to nobody").waitFor();
      await stage.page.getByText("Earlier walks").first().waitFor();
    },
  },
  {
    name: "operations-drifts-all",
    about: "All differences, also those that were repaired, while a walk is under way",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "/drifts?state=all", {
        "operations.readIndicators": OPEN_DRIFT(),
        "admin.listWalks": { walks: runningWalks(), next: null },
        "admin.listDrifts": { drifts: drifts(false), next: null },
      });
      await stage.page.getByText("Its cancellation").waitFor();
      await stage.page.getByText("comparing our rows").waitFor();
    },
  },
  {
    name: "operations-drifts-stopped",
    about: "A walk stopped, because too many would lose Premium at once",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/drifts", STOPPED);
      await stage.page.getByText("Nobody was downgraded").waitFor();
    },
  },
  {
    name: "operations-drifts-accept",
    about: "Accepting that many lose Premium",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/drifts", STOPPED);
      await stage.page.getByRole("button", { name: "Accept downgrades…" }).click();
      await stage.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "operations-drifts-none",
    about: "Nothing was compared yet, and nothing differs",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/drifts", {
        "admin.listWalks": { walks: [], next: null },
        "admin.listDrifts": { drifts: [], next: null },
      });
      await stage.page.getByText("No walk yet").waitFor();
      await stage.page.getByText("Nothing differs").waitFor();
    },
  },
  {
    name: "operations-flags",
    about: "Flags: money that somebody has to look at",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/flags", {
        "operations.readIndicators": readingsOf({ open_flags: 2 }),
        "admin.listFlags": { flags: flags(true), next: null },
      });
      await stage.page.getByText("Disputed", { exact: true }).waitFor();
    },
  },
  {
    name: "operations-flags-all",
    about: "All flags, also those that were looked at",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "/flags?state=all", {
        "operations.readIndicators": readingsOf({ open_flags: 2 }),
        "admin.listFlags": { flags: flags(false), next: null },
      });
      await stage.page.getByText("Refunded", { exact: true }).waitFor();
    },
  },
  {
    name: "operations-flags-none",
    about: "No money waits for anybody",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/flags", { "admin.listFlags": { flags: [], next: null } });
      await stage.page.getByText("Nothing waits").waitFor();
    },
  },
];
