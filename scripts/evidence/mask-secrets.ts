/** What opens something: keys, webhook secrets, signatures, cookies, login and return tokens. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(whsec|sk_test|sk_live|rk_test|rk_live)_\w+/g, "$1_[masked]"],
  [/\b(v1=)[0-9a-f]{64}\b/g, "$1[masked]"],
  [/((?:better-auth|liveassist)[\w.-]*=)[^;\s"\\]+/g, "$1[masked]"],
  [
    /("(?:token|client_secret|password|secret|cookie|set-cookie|authorization)"\s*:\s*")[^"]+/gi,
    "$1[masked]",
  ],
];

/** A text without anything that opens something. The demo people's names and addresses stay: they are nobody's. */
export const maskSecrets = (text: string): string =>
  SECRETS.reduce((masked, [pattern, by]) => masked.replaceAll(pattern, by), text);

/** What of a text is still secret, or the address of somebody who is no demo person. */
export function findSecrets(text: string): string[] {
  const keys = [...text.matchAll(/\b(?:whsec|sk_test|sk_live|rk_live)_(?!\[masked)\w+/g)].map(
    ([found]) => found,
  );
  const people = [...text.matchAll(/[\w.+-]+@[\w-]+\.[\w.]*[a-z]{2,}/gi)].map(([found]) => found);
  return [...keys, ...people.filter((address) => !/@example\.com$/i.test(address))];
}
