import { photoOf } from "./drawings.ts";
import { MOMENTS } from "./moments.ts";
import { AUTHORS, openPosts, ownPost, POSTS, tellPosts } from "./pretend-posts.ts";
import type { Screen, Stage } from "./screen.ts";

const LIST = "**/trpc/community.listPosts*";
const everybody = () => [POSTS.washer(), POSTS.text(), POSTS.plants()];

const seen = ({ page }: Stage) => page.getByTestId("post").first();

async function openOwn(stage: Stage, path?: string): Promise<void> {
  const posts = [await ownPost(stage), POSTS.text()];
  await openPosts(stage, { posts, ...(path === undefined ? {} : { path }) });
  await seen(stage).waitFor();
  await seen(stage).scrollIntoViewIfNeeded();
}

async function openReport(stage: Stage): Promise<void> {
  await openPosts(stage, { posts: [POSTS.spam(), POSTS.text()] });
  await stage.page.getByTestId("post").first().getByRole("button", { name: "Report this post" }).click();
  await stage.page.getByRole("dialog").getByText("What is wrong with it?").waitFor();
}

/** Posts, what one does with them, and who wrote them. */
export const COMMUNITY_SCREENS: Screen[] = [
  {
    name: "posts",
    about: "Home with posts: text, pictures, authors with badge and XP",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openPosts(stage, { posts: everybody() });
      await seen(stage).waitFor();
      await stage.page.getByText("5-day free trial").waitFor();
    },
  },
  {
    name: "posts-new",
    about: "Others have posted meanwhile: said above, nothing moves",
    who: "member",
    show: async (stage) => {
      const tell = await openPosts(stage, { posts: everybody(), pretend: MOMENTS.paid });
      await seen(stage).waitFor();
      await stage.page.mouse.wheel(0, 450);
      await tellPosts(stage, [POSTS.news(), ...everybody()]);
      tell({ type: "post", post: POSTS.news() });
      await stage.page.getByTestId("new-posts").waitFor();
    },
  },
  {
    name: "posts-failed",
    about: "The posts did not come",
    who: "member",
    tall: true,
    show: async (stage) => {
      await stage.refuse(LIST, "INTERNAL", 500);
      await stage.open("/");
      await stage.page.getByText("The posts did not come").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "post-writing",
    about: "Writing a post, with a picture",
    who: "newcomer",
    tall: true,
    show: async (stage) => {
      const photo = await photoOf(stage.page, "shelf");
      await openPosts(stage, { posts: [POSTS.text()] });
      await stage.page
        .getByLabel("Write a post")
        .fill("A shelf for the survivors. It holds because of the plugs for plasterboard.");
      await stage.page.locator("form input[type=file]").first().setInputFiles([photo]);
      await stage.page.locator('li[data-phase="ready"]').waitFor();
    },
  },
  {
    name: "post-write-problem",
    about: "Nothing written, nothing to post",
    who: "member",
    show: async (stage) => {
      await openPosts(stage, { posts: everybody() });
      await stage.page.getByRole("button", { name: "Post", exact: true }).click();
      await stage.page.getByText("Write something, or add a picture.").waitFor();
    },
  },
  {
    name: "post-editing",
    about: "Changing one's own post",
    who: "member",
    show: async (stage) => {
      await openOwn(stage);
      await stage.page.getByRole("button", { name: "Edit this post" }).click();
      await stage.page.getByLabel("Change your post").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "post-delete",
    about: "Deleting one's own post",
    who: "member",
    show: async (stage) => {
      await openOwn(stage);
      await stage.page.getByRole("button", { name: "Delete this post" }).click();
      await stage.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "post-report",
    about: "Reporting a post",
    who: "member",
    show: openReport,
  },
  {
    name: "post-reported",
    about: "Reported: hidden at once, and why",
    who: "member",
    show: async (stage) => {
      await stage.page.route("**/trpc/community.reportPost*", (route) =>
        route.fulfill({ json: { result: { data: { done: true } } } }),
      );
      await openReport(stage);
      await stage.page.getByLabel("Spam or advertising").check();
      await stage.page.getByRole("dialog").getByRole("button", { name: "Report" }).click();
      await stage.page.getByText("You reported this post").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "post-picture",
    about: "A post's pictures, whole, one after the other",
    who: "member",
    show: async (stage) => {
      await openPosts(stage, { posts: [POSTS.plants()] });
      await stage.page.getByRole("button", { name: "Open picture 1 of 2" }).click();
      await stage.page.getByRole("dialog").getByRole("img").waitFor();
    },
  },
  {
    name: "post",
    about: "A post on its own page",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openPosts(stage, { posts: [POSTS.washer()], path: `/posts/${POSTS.washer().id}` });
      await seen(stage).waitFor();
    },
  },
  {
    name: "post-gone",
    about: "A post that is not there",
    who: "member",
    show: async (stage) => {
      await stage.open(`/posts/${crypto.randomUUID()}`);
      await stage.page.getByText("This post is not there").waitFor();
    },
  },
  {
    name: "profile",
    about: "What everybody sees of a person",
    who: "member",
    tall: true,
    show: async (stage) => {
      await openPosts(stage, { posts: [POSTS.washer()], path: `/people/${AUTHORS.maja.id}` });
      await seen(stage).waitFor();
    },
  },
  {
    name: "profile-own",
    about: "One's own profile, before the first post",
    who: "member",
    show: async (stage) => {
      const { author } = await ownPost(stage);
      await stage.open(`/people/${author.id}`);
      await stage.page.getByText("This is how others see you.").waitFor();
      await stage.page.getByText("No posts yet").waitFor();
    },
  },
  {
    name: "profile-loading",
    about: "A profile before the answer",
    who: "member",
    show: async (stage) => {
      await stage.stall("**/trpc/community.readProfile*");
      await stage.open(`/people/${AUTHORS.maja.id}`);
      await stage.page.getByRole("main").getByText("Loading").waitFor();
    },
  },
  {
    name: "profile-gone",
    about: "A profile that is not there",
    who: "member",
    show: async (stage) => {
      await stage.open("/people/nobody");
      await stage.page.getByText("Nobody is here").waitFor();
    },
  },
];
