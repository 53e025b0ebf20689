import type { Screen } from "../screen.ts";
import { openConsole } from "./open-console.ts";
import { readingsOf } from "./pretend-overview.ts";
import { actions, jobs, troubledJobs } from "./pretend-work.ts";

const TROUBLE = () => readingsOf({ job_lag_seconds: 383 });

/** Background jobs, and what administrators did. */
export const WORK_SCREENS: Screen[] = [
  {
    name: "operations-jobs",
    about: "The jobs of every server",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/jobs", { "operations.listJobs": { jobs: jobs() } });
      await stage.page.getByText("due-sweeper").first().waitFor();
    },
  },
  {
    name: "operations-jobs-trouble",
    about: "One job fails and one hangs",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/jobs", {
        "operations.readIndicators": TROUBLE(),
        "operations.listJobs": { jobs: troubledJobs() },
      });
      await stage.page.getByText("Hangs", { exact: true }).waitFor();
    },
  },
  {
    name: "operations-jobs-restart",
    about: "Restarting a job",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/jobs", {
        "operations.readIndicators": TROUBLE(),
        "operations.listJobs": { jobs: troubledJobs() },
      });
      await stage.page
        .getByRole("button", { name: /^Restart reconciler/ })
        .first()
        .click();
      await stage.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "operations-actions",
    about: "What administrators and commands did",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openConsole(stage, "/actions", { "operations.listActions": { actions: actions(), next: null } });
      await stage.page.getByText("npm run replay").waitFor();
    },
  },
  {
    name: "operations-actions-none",
    about: "Nobody did anything yet",
    who: "member",
    show: async (stage) => {
      await openConsole(stage, "/actions", { "operations.listActions": { actions: [], next: null } });
      await stage.page.getByText("Nobody did anything yet").waitFor();
    },
  },
];
