import { expect, test } from "vitest";
import { contentDisposition } from "./files-name.ts";

test.each([
  ["photo.jpg", `inline; filename="photo.jpg"; filename*=UTF-8''photo.jpg`],
  ["Åsa på ön.jpg", `inline; filename="_sa p_ _n.jpg"; filename*=UTF-8''%C3%85sa%20p%C3%A5%20%C3%B6n.jpg`],
  ['a"; evil="1.jpg', `inline; filename="a_; evil=_1.jpg"; filename*=UTF-8''a_%3B%20evil%3D_1.jpg`],
  ["a\r\nset-cookie: x", `inline; filename="a__set-cookie_ x"; filename*=UTF-8''a__set-cookie_%20x`],
  ["../../etc/passwd", `inline; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
  ["gpj.\u202eexe", `inline; filename="gpj._exe"; filename*=UTF-8''gpj._exe`],
  ["it's (1)*.png", `inline; filename="it's (1)_.png"; filename*=UTF-8''it%27s%20%281%29_.png`],
  ["100%.png", `inline; filename="100_.png"; filename*=UTF-8''100%25.png`],
  ["\ud800.png", `inline; filename="_.png"; filename*=UTF-8''%EF%BF%BD.png`],
])("%j is shown in place under a name that is safe", (filename, header) => {
  expect(contentDisposition(filename)).toBe(header);
  expect(() => new Headers({ "content-disposition": header })).not.toThrow();
});
