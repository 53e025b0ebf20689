import type { AssistantRequest, FoundPost } from "@liveassist/api";
import { describe, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { createAssistant } from "./assistant.ts";
import { practiceAssistant } from "./assistant-practice.ts";
import { ANSWERS, answerTo } from "./assistant-practice-answers.ts";

const config = readConfig({
  DATABASE_URL: "postgres://x",
  STRIPE_SECRET_KEY: "sk_test_x",
  STRIPE_WEBHOOK_SECRET: "x",
});
/** As with no settings at all. */
const FACTS = {
  price: `${config.PRICE_SEK} SEK`,
  trialDays: config.TRIAL_DAYS,
  trialRequiresCard: config.TRIAL_REQUIRES_CARD,
  freeImagesPerDay: config.FREE_IMAGES_PER_DAY,
  quotaTimezone: config.QUOTA_TIMEZONE,
  mostVideoMb: config.MAX_VIDEO_MB,
};

function ask(text: string, over: Partial<AssistantRequest> = {}): AssistantRequest {
  return {
    plan: "free",
    instructions: "",
    facts: FACTS,
    turns: [{ role: "user", text, pictures: [], unseen: [] }],
    limits: { outputTokens: 300, steps: 1 },
    searchPosts: null,
    signal: new AbortController().signal,
    ...over,
  };
}

async function pieces(request: AssistantRequest, by = practiceAssistant(0)): Promise<string[]> {
  const all: string[] = [];
  for await (const piece of by.reply(request)) all.push(piece);
  return all;
}
const answer = async (text: string, over?: Partial<AssistantRequest>): Promise<string> =>
  (await pieces(ask(text, over))).join("");
const searching = (find: (query: string) => FoundPost[]) =>
  ({ plan: "paid", searchPosts: async (query: string) => find(query) }) as const;

describe("the ten questions", () => {
  test("docs/practice.md has them all, with both answers", async () => {
    const sections = ANSWERS.map(
      ({ question, brief, full }, place) =>
        `## ${place + 1}. ${question}\n\n**Free:** ${brief(FACTS)}\n\n**Premium:** ${full(FACTS)}\n`,
    );
    const lead = `# The practice assistant

Without \`AI_BASE_URL\` and \`AI_MODEL\` a practice assistant answers. It says what it is, knows these ten questions about the
product, shorter on Free, and looks at no pictures. With Premium it also searches the community's posts: “Search the community
for …”. Amounts and days below are those of an installation without settings. This page is written by
[its test](../apps/server/src/adapters/assistant-practice.test.ts) (\`vitest run -u\`) from
[the answers](../apps/server/src/adapters/assistant-practice-answers.ts).
`;
    expect(sections).toHaveLength(10);
    await expect([lead, ...sections].join("\n")).toMatchFileSnapshot("../../../../docs/practice.md");
  });

  test.each(ANSWERS)("“$question” is answered, briefly on Free, fully with Premium", async (one) => {
    const free = await answer(one.question);
    const paid = await answer(one.question, { plan: "paid" });
    expect(free).toContain(one.brief(FACTS));
    expect(paid).toContain(one.full(FACTS));
    expect(free.length).toBeLessThan(paid.length);
    // About four characters a token.
    expect(free.length / 4).toBeLessThan(300);
  });

  test.each([
    ["how can i cancel my trial", "How do I cancel?"],
    ["I want a refund please", "Can I withdraw and get my money back?"],
    ["What is the price after the trial?", "What does it cost?"],
    ["may I upload a video", "Can I send video?"],
    ["how many photos per day?", "How many images can I send a day?"],
    ["what happens when the trial ends?", "How does the free trial work?"],
    ["where do I find my invoice", "Where are my receipts?"],
    ["delete my account", "How do I delete my account and my data?"],
    ["why should I upgrade", "What does Premium give me?"],
    ["and at the limit, what then?", "What happens when I reach the limit?"],
  ])("“%s” is understood as “%s”", (asked, question) => {
    expect(answerTo(asked)?.question).toBe(question);
  });

  test("amounts and days are those of the installation", async () => {
    const facts = { ...FACTS, price: "49.50 SEK", trialDays: 1, freeImagesPerDay: 1, mostVideoMb: 50 };
    expect(await answer("What does it cost?", { facts })).toContain(
      "49.50 SEK a month including VAT. It can be tried free for 1 day,",
    );
    expect(await answer("How many images can I send a day?", { facts })).toContain("1 image a day");
    expect(await answer("Can I send video?", { facts, plan: "paid" })).toContain("up to 50 MB");
  });
});

describe("anything else", () => {
  test.each(["My tap drips. What should I do?", "", "hello"])(
    "“%s”: it says what it is, and what it can answer",
    async (text) => {
      const free = await answer(text);
      expect(free).toContain("I am the practice assistant. No AI model is configured here");
      expect(free.length / 4).toBeLessThan(300);
      const paid = await answer(text, { plan: "paid" });
      for (const { question } of ANSWERS) expect(paid).toContain(question);
    },
  );

  test("of pictures it says that it cannot look at them, and never looks", async () => {
    const read = () => Promise.reject(new Error("it looked"));
    const pictures = [{ label: "tap.png", mediaType: "image/png", read }];
    const text = await answer("What does it cost?", {
      turns: [{ role: "user", text: "What does it cost?", pictures, unseen: [] }],
    });
    expect(text).toContain("I cannot look at pictures or videos");
    expect(text).toContain("39 SEK");
    const film = await answer("", {
      turns: [{ role: "user", text: "", pictures: [], unseen: ["film.mov"] }],
    });
    expect(film).toContain("I cannot look at pictures or videos");
  });
});

describe("the search of posts", () => {
  const posts = [{ id: "p1", author: "Maja", text: "Change the washer", url: "/posts/p1" }];

  test.each([
    "Search the community for dripping taps",
    "please look in the posts about “dripping taps”?",
    "search for dripping taps in the community",
    "Find posts about dripping taps.",
  ])("“%s” finds and cites", async (text) => {
    const queries: string[] = [];
    const found = await answer(
      text,
      searching((query) => {
        queries.push(query);
        return posts;
      }),
    );
    expect(queries).toEqual(["dripping taps"]);
    expect(found).toContain("[Change the washer](/posts/p1) by Maja");
  });

  test("what people wrote stays text", async () => {
    const text = "![x](https://evil.example/a.png) <b>now</b>\n# www.evil.example [go](javascript:1)";
    const found = await answer(
      "search the community for taps",
      searching(() => [{ id: "p", author: "**M**", text, url: "/posts/p" }]),
    );
    expect(found.replaceAll(/\\./g, "")).not.toMatch(/!\[|<b>|https:|www\.|\*\*M|\]\(j/);
  });

  test("nothing found is said; without Premium it is not searched", async () => {
    expect(
      await answer(
        "search the community for taps",
        searching(() => []),
      ),
    ).toContain("I found no post");
    expect(await answer("search the community for taps")).toContain("part of Premium");
  });
});

describe("the stream", () => {
  test("comes word by word, within a second and a half, however long it is", async () => {
    const longest =
      [...ANSWERS].sort((a, b) => b.full(FACTS).length - a.full(FACTS).length)[0]?.question ?? "";
    let words: string[] = [];
    // The best of three: the machine may stand still in one of them.
    for (let [tries, took] = [0, Number.POSITIVE_INFINITY]; took >= 1_500; tries += 1) {
      expect(tries).toBeLessThan(3);
      const began = performance.now();
      words = await pieces(ask(longest, { plan: "paid" }), createAssistant(null));
      took = performance.now() - began;
    }
    expect(words.length).toBeGreaterThan(80);
    expect(Math.max(...words.map((word) => word.length))).toBeLessThan(30);
  });

  test("ends when the signal fires", async () => {
    const stopping = new AbortController();
    const reply = createAssistant(null).reply(ask("What does it cost?", { signal: stopping.signal }));
    const words: string[] = [];
    for await (const word of reply) {
      words.push(word);
      stopping.abort();
    }
    expect(words).toHaveLength(1);
  });
});
