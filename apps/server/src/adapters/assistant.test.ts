import type { AssistantRequest } from "@liveassist/api";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assistantAt, request, whole } from "../../test/support/ask-assistant.ts";
import { OpenAiStub, type SentPart } from "../../test/support/openai-stub.ts";
import { createAssistant } from "./assistant.ts";

let stub: OpenAiStub;
beforeEach(async () => {
  stub = await new OpenAiStub().start();
});
afterEach(async () => {
  await stub.stop();
});

const assistant = () => assistantAt(stub);

const partsOf = (place: number, message: number): readonly SentPart[] => {
  const content = stub.requests[place]?.body.messages[message]?.content;
  return Array.isArray(content) ? content : [];
};
const picture = (label: string, bytes: Uint8Array | Error, mediaType = "image/png") => ({
  label,
  mediaType,
  read: async () => {
    if (bytes instanceof Error) throw bytes;
    return bytes;
  },
});

describe("what is sent", () => {
  test("the model, the key, the instructions, the limit of tokens, and no tools where there are none", async () => {
    expect(await whole(assistant())).toBe("Hello.");
    expect(stub.requests[0]).toMatchObject({
      path: "/v1/chat/completions",
      authorization: "Bearer sk-secret",
      body: { model: "some-model", max_tokens: 300, stream: true },
    });
    expect(stub.requests[0]?.body.messages).toEqual([
      { role: "system", content: "Be kind." },
      { role: "user", content: "Why does it drip?" },
    ]);
    expect(stub.requests[0]?.body["tools"]).toBeUndefined();
  });

  test("without a key, none", async () => {
    await whole(createAssistant({ baseUrl: stub.url, model: "m", apiKey: undefined }));
    expect(stub.requests[0]?.authorization).toBeUndefined();
  });

  test("pictures as data with their own type, with their names beside them, before the text", async () => {
    const png = new Uint8Array([137, 80, 78, 71, 1]);
    const webp = new Uint8Array([82, 73, 70, 70, 9]);
    const pictures = [picture("tap.png", png), picture("0:04 of clip.mp4", webp, "image/webp")];
    await whole(
      assistant(),
      request({ turns: [{ role: "user", text: "This", pictures, unseen: ["film.mov"] }] }),
    );
    expect(partsOf(0, 1)).toEqual([
      { type: "text", text: '[Attached picture: "tap.png"]' },
      {
        type: "image_url",
        image_url: { url: `data:image/png;base64,${Buffer.from(png).toString("base64")}` },
      },
      { type: "text", text: '[Attached picture: "0:04 of clip.mp4"]' },
      {
        type: "image_url",
        image_url: { url: `data:image/webp;base64,${Buffer.from(webp).toString("base64")}` },
      },
      { type: "text", text: '[Attached, but it cannot be shown to you: "film.mov"]' },
      { type: "text", text: "This" },
    ]);
  });

  test("a large picture becomes a smaller one; one that cannot be made smaller, or is gone, is named", async () => {
    const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
    const large = await sharp({
      create: { width: 3_000, height: 1_500, channels: 3, background: "red", noise },
    })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const pictures = [
      picture("large", large),
      picture("broken", new Uint8Array(2_000_000)),
      picture("gone", new Error("no")),
    ];
    await whole(assistant(), request({ turns: [{ role: "user", text: "", pictures, unseen: [] }] }));
    const [name, image, broken, gone] = partsOf(0, 1);
    expect(name?.text).toContain('"large"');
    const [, data = ""] = image?.image_url?.url.split("data:image/jpeg;base64,") ?? [];
    expect(await sharp(Buffer.from(data, "base64")).metadata()).toMatchObject({
      width: 2_048,
      height: 1_024,
    });
    expect(broken?.text).toBe('[Attached, but it cannot be shown to you: "broken"]');
    expect(gone?.text).toBe('[Attached, but it cannot be shown to you: "gone"]');
  });

  test("of more pictures than a request may hold, the newest are shown and the others named", async () => {
    const turns = Array.from({ length: 16 }, (_, place) => ({
      role: "user" as const,
      text: "",
      pictures: [picture(`${place}`, new Uint8Array(1_400_000))],
      unseen: [],
    }));
    await whole(assistant(), request({ turns }));
    const names = partsOf(0, 1).flatMap(({ text }) => text ?? []);
    expect(names[0]).toBe('[Attached, but it cannot be shown to you: "0"]');
    expect(names[1]).toBe('[Attached, but it cannot be shown to you: "1"]');
    expect(names.slice(2).every((text) => text.startsWith("[Attached picture"))).toBe(true);
  });

  test("turns of one side that follow each other are one message", async () => {
    const turn = (role: "user" | "assistant", text: string) => ({ role, text, pictures: [], unseen: [] });
    await whole(
      assistant(),
      request({ turns: [turn("user", "a"), turn("user", "b"), turn("assistant", "c"), turn("user", "d")] }),
    );
    const roles = stub.requests[0]?.body.messages.map(({ role }) => role);
    expect(roles).toEqual(["system", "user", "assistant", "user"]);
    expect(partsOf(0, 1).map(({ text }) => text)).toEqual(["a", "b"]);
  });

  test("a model that takes the limit of tokens only under its newer name gets it so, at once and from then on", async () => {
    const by = assistant();
    const message =
      "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.";
    stub.refuse({
      status: 400,
      body: { error: { message, param: "max_tokens", code: "unsupported_parameter" } },
    });
    expect(await whole(by)).toBe("Hello.");
    await whole(by);
    expect(stub.requests.map(({ body }) => [body["max_tokens"], body["max_completion_tokens"]])).toEqual([
      [300, undefined],
      [undefined, 300],
      [undefined, 300],
    ]);
  });
});

describe("the stream", () => {
  test("hands on each piece when it comes, not when the next one does", async () => {
    const held = Promise.withResolvers<void>();
    stub.next("It ", held.promise, "drips.");
    const pieces = assistant().reply(request())[Symbol.asyncIterator]();
    expect(await pieces.next()).toEqual({ done: false, value: "It " });
    held.resolve();
    expect(await pieces.next()).toEqual({ done: false, value: "drips." });
    expect(await pieces.next()).toEqual({ done: true, value: undefined });
  });

  test("ends without an error when the signal fires, and the provider's call with it", async () => {
    const stopping = new AbortController();
    stub.next("It ", "silence!");
    const pieces = assistant()
      .reply(request({ signal: stopping.signal }))
      [Symbol.asyncIterator]();
    await pieces.next();
    stopping.abort();
    expect(await pieces.next()).toEqual({ done: true, value: undefined });
    await stub.until(() => stub.abandoned === 1);
  });

  test("hangs up when nobody wants more", async () => {
    stub.next("It ", "silence!");
    for await (const piece of assistant().reply(request())) {
      expect(piece).toBe("It ");
      break;
    }
    await stub.until(() => stub.abandoned === 1);
  });

  test("a signal that fired before asks nobody", async () => {
    expect(await whole(assistant(), request({ signal: AbortSignal.abort() }))).toBe("");
    expect(stub.requests).toHaveLength(0);
  });

  test("a reply that its limit of tokens ends is a reply", async () => {
    stub.next("It dri", { finish: "length" });
    expect(await whole(assistant())).toBe("It dri");
  });
});

describe("the search of posts", () => {
  const post = { id: "p1", author: "Maja", text: "Change the washer.", url: "/posts/p1" };
  const paid = (searchPosts: NonNullable<AssistantRequest["searchPosts"]>) =>
    request({ plan: "paid", limits: { outputTokens: 2_000, steps: 5 }, searchPosts });

  test("is one tool; what it finds goes back as data, and both steps are one text", async () => {
    const queries: string[] = [];
    stub.next("Let me look.", { call: "searchPosts", input: { query: `drip ${"x".repeat(500)}` } });
    stub.next("See [washer](/posts/p1).");
    const text = await whole(
      assistant(),
      paid(async (query) => {
        queries.push(query);
        return [post];
      }),
    );
    expect(text).toBe("Let me look.\n\nSee [washer](/posts/p1).");
    expect(queries[0]).toHaveLength(200);
    const [first, second] = stub.requests.map(({ body }) => body);
    expect(first).toMatchObject({ max_tokens: 2_000, tools: [{ function: { name: "searchPosts" } }] });
    const answer = second?.messages.find(({ role }) => role === "tool")?.content;
    expect(JSON.parse(String(answer))).toMatchObject({ posts: [post] });
  });

  test("ends in an answer: the last step may not search", async () => {
    for (let step = 0; step < 4; step += 1) stub.next({ call: "searchPosts", input: { query: "drip" } });
    stub.next("Nothing there.");
    expect(
      await whole(
        assistant(),
        paid(async () => []),
      ),
    ).toBe("Nothing there.");
    expect(stub.requests.map(({ body }) => body["tool_choice"])).toEqual([
      "auto",
      "auto",
      "auto",
      "auto",
      "none",
    ]);
  });

  test("says nothing of what went wrong inside", async () => {
    stub.next({ call: "searchPosts", input: { query: "drip" } });
    await whole(
      assistant(),
      paid(() => Promise.reject(new Error("relation community_posts does not exist"))),
    );
    expect(JSON.stringify(stub.requests)).not.toContain("relation");
  });
});
