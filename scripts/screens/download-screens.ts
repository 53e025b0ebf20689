import type { Screen, Stage } from "./screen.ts";

const CALL = "**/trpc/user.exportData*";

async function press({ page, open }: Stage): Promise<void> {
  await open("/settings");
  await page.getByText("Last active").waitFor();
  await page.getByRole("button", { name: "Download my data" }).click();
}

const center = (stage: Stage): Promise<void> =>
  stage.page
    .getByRole("heading", { name: "Your data" })
    .evaluate((heading) => heading.scrollIntoView({ block: "center" }));

/** Everything that is kept about oneself, as a file. */
export const DOWNLOAD_SCREENS: Screen[] = [
  {
    name: "download-data-busy",
    about: "One's own data is being collected",
    who: "member",
    show: async (stage) => {
      await stage.stall(CALL);
      await press(stage);
      await stage.page.getByText("Collecting…").waitFor();
      await center(stage);
    },
  },
  {
    name: "download-data",
    about: "One's own data is in the downloads",
    who: "member",
    show: async (stage) => {
      await press(stage);
      await stage.page.getByText("The file is in your downloads").waitFor();
      await center(stage);
    },
  },
  {
    name: "download-data-failed",
    about: "One's own data did not come",
    who: "member",
    show: async (stage) => {
      await stage.refuse(CALL, "INTERNAL", 500);
      await press(stage);
      await stage.page.getByRole("alert").first().waitFor();
      await center(stage);
    },
  },
];
