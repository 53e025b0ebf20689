import type { Screen, Stage } from "../screen.ts";
import { answerConsole, openAsAdmin, openConsole } from "./open-console.ts";
import { chartsOf } from "./pretend-charts.ts";
import { CALM, openIncidents, pastIncidents, readingsOf, TROUBLE } from "./pretend-overview.ts";

const charts = async ({ page }: Stage, range?: "Day" | "Week"): Promise<void> => {
  const part = page.locator("#charts");
  if (range) await part.getByText(range, { exact: true }).click();
  await part.getByRole("heading", { name: "Time to activation" }).waitFor();
  await part.scrollIntoViewIfNeeded();
  await part.evaluate((element) => element.scrollIntoView({ block: "start" }));
};

/** How the installation is doing. */
export const OVERVIEW_SCREENS: Screen[] = [
  {
    name: "operations",
    about: "Operations: all is well; indicators, charts, servers, what was",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "");
      await stage.page.getByText("No incident is open").last().waitFor();
      await stage.page.getByRole("heading", { name: "Time to activation" }).waitFor();
    },
  },
  {
    name: "operations-incidents",
    about: "Incidents are open, what wakes somebody first, each with the way to mend it",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "", {
        "operations.readIndicators": () => readingsOf(TROUBLE),
        "operations.readCharts": chartsOf("hour", "bad"),
        "operations.listIncidents": { incidents: [...openIncidents(), ...pastIncidents()], next: null },
      });
      await stage.page.getByText("Replay the dead letters").waitFor();
      await stage.page.getByRole("heading", { name: "Time to activation" }).waitFor();
    },
  },
  {
    name: "operations-stripe-away",
    about: "Stripe does not answer, and nobody outside is told of incidents",
    who: "member",
    show: async (stage) => {
      const [incident] = openIncidents();
      if (!incident) return;
      const away = { ...incident, alert: "stripe_away", value: 552, threshold: 300, last_tell_error: null };
      await openConsole(stage, "", {
        "operations.readIndicators": () =>
          readingsOf({ stripe_away_seconds: 552, slow_activations: null }, false),
        "operations.listIncidents": { incidents: [away, ...pastIncidents()], next: null },
      });
      await stage.page.getByText("When Stripe last answered").waitFor();
    },
  },
  {
    name: "operations-charts-day",
    about: "Charts of a day",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "");
      await charts(stage, "Day");
    },
  },
  {
    name: "operations-charts-week",
    about: "Charts of a week",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "");
      await charts(stage, "Week");
    },
  },
  {
    name: "operations-charts-table",
    about: "The numbers of a chart as a table",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "");
      await charts(stage);
      await stage.page.locator("#charts").getByText("Show as a table").first().click();
    },
  },
  {
    name: "operations-charts-empty",
    about: "Charts of a time in which nothing happened",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "", { "operations.readCharts": chartsOf("hour", "empty") });
      await charts(stage);
    },
  },
  {
    name: "operations-loading",
    about: "The overview before the answers",
    who: "member",
    show: async (stage) => {
      await stage.stall("**/trpc/operations.*");
      await openAsAdmin(stage, "");
      await stage.page.getByText("Loading indicators…").waitFor({ state: "attached" });
    },
  },
  {
    name: "operations-failed",
    about: "The overview when the answers do not come",
    who: "member",
    tall: true,
    show: async (stage) => {
      await stage.refuse("**/trpc/operations.*", "INTERNAL", 500);
      await openAsAdmin(stage, "");
      await stage.page.getByText("The indicators did not come").waitFor();
      await stage.page.getByText("The charts did not come").waitFor();
    },
  },
  {
    name: "operations-not-found",
    about: "Operations, for everybody who is no administrator",
    who: "member",
    show: async ({ page, open }) => {
      await open("/operations/events");
      await page.getByRole("heading", { name: "not" }).first().waitFor();
    },
  },
  {
    name: "operations-crashed",
    about: "One section stopped working; the others go on",
    who: "member",
    show: async (stage) => {
      await answerConsole(stage, CALM());
      await stage.page.route("**/trpc/operations.listJobs*", (route) =>
        route.fulfill({ json: { result: { data: { jobs: [null] } } } }),
      );
      await openAsAdmin(stage, "/jobs");
      await stage.page.getByText("This section stopped working").waitFor();
    },
  },
];
