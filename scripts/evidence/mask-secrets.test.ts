import { expect, test } from "vitest";
import { findSecrets, maskSecrets } from "./mask-secrets.ts";

test.each([
  ["whsec_abcDEF123", "whsec_[masked]"],
  ["sk_test_liveassist_emulator", "sk_test_[masked]"],
  [`t=1,v1=${"a".repeat(64)}`, "t=1,v1=[masked]"],
  ["better-auth.session_token=abc.def; Path=/", "better-auth.session_token=[masked]; Path=/"],
  ['{"token": "abc", "xp": 250}', '{"token": "[masked]", "xp": 250}'],
  ["anna@example.com paid", "anna@example.com paid"],
])("%s becomes %s", (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

test("what is still secret, or names somebody real, is found", () => {
  expect(findSecrets(maskSecrets("whsec_abc sk_live_abc bo@example.com"))).toEqual([]);
  expect(findSecrets("whsec_abc, a.person@gmail.com, bo@example.com")).toEqual([
    "whsec_abc",
    "a.person@gmail.com",
  ]);
});
