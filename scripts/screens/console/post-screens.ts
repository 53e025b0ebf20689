import { showDrawings } from "../pretend-chat.ts";
import { AUTHORS, POSTS } from "../pretend-posts.ts";
import type { Screen, Stage } from "../screen.ts";

const LIST = "**/trpc/community.listReports*";
const ADMIN = { role: "admin" } as const;

const report = (by: { id: string }, reason: string, hoursAgo: number) => ({
  reporter_id: by.id,
  reason,
  created_at: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
});

async function openReports(stage: Stage, some: boolean): Promise<void> {
  const reports = [
    {
      post: POSTS.spam(),
      reports: [
        report(AUTHORS.noor, "Spam or advertising", 1.6),
        report(AUTHORS.erik, "Spam or advertising: the same text stands under three other names", 0.9),
      ],
    },
    { post: POSTS.washer(), reports: [report(AUTHORS.spam, "Something else: I sell hair clips", 0.2)] },
  ];
  await stage.page.route(LIST, (route) => route.fulfill({ json: { result: { data: some ? reports : [] } } }));
  await showDrawings(stage);
  await stage.open("/operations/posts", ADMIN);
}

/** Reported posts. */
export const POST_SCREENS: Screen[] = [
  {
    name: "reports",
    about: "Reported posts, why, and the two decisions",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openReports(stage, true);
      await stage.page.getByTestId("reported-post").nth(1).waitFor();
    },
  },
  {
    name: "reports-none",
    about: "Nothing is reported",
    who: "member",
    show: async (stage) => {
      await openReports(stage, false);
      await stage.page.getByText("Nothing is reported").waitFor();
    },
  },
  {
    name: "reports-loading",
    about: "Reports before the answer",
    who: "member",
    show: async (stage) => {
      await stage.stall(LIST);
      await stage.open("/operations/posts", ADMIN);
      await stage.page.getByText("Loading reports…").waitFor();
    },
  },
  {
    name: "reports-failed",
    about: "The reports did not come",
    who: "member",
    show: async (stage) => {
      await stage.refuse(LIST, "INTERNAL", 500);
      await stage.open("/operations/posts", ADMIN);
      await stage.page.getByText("The reports did not come").waitFor();
    },
  },
  {
    name: "report-removal",
    about: "Removing a post for everybody",
    who: "member",
    show: async (stage) => {
      await openReports(stage, true);
      await stage.page.getByRole("button", { name: "Remove the post by Best Watches 24" }).click();
      await stage.page.getByRole("dialog").waitFor();
    },
  },
];
