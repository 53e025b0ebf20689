import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StripeError } from "./errors.ts";
import { decodeForm } from "./form.ts";

describe("a form", () => {
  it("nests by brackets; numbers and empty brackets make lists", () => {
    expect(decodeForm("a[b][c]=1&a[b][d]=x+y%20z&e[0]=f&e[1]=g&h[]=i&h[]=j&k")).toEqual({
      a: { b: { c: "1", d: "x y z" } },
      e: ["f", "g"],
      h: ["i", "j"],
      k: "",
    });
  });

  it("begins a new entry of a list when the last has that key already, as curl and Stripe's CLI write it", () => {
    expect(decodeForm("items[][price]=p1&items[][quantity]=2&items[][price]=p2")).toEqual({
      items: [{ price: "p1", quantity: "2" }, { price: "p2" }],
    });
  });

  it("refuses what is a text and a hash at once, either way round", () => {
    expect(() => decodeForm("a=1&a[b]=2")).toThrow("expected Hash (got String) for param `a'");
    expect(() => decodeForm("a[b]=2&a=1")).toThrow("expected String (got Hash) for param `a'");
  });

  it("takes long lists quickly", () => {
    const text = Array.from({ length: 60_000 }, () => "a[]=1").join("&");
    expect(decodeForm(text)["a"]).toHaveLength(60_000);
  });

  it("reads anything, or refuses it with an error of Stripe's", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      "[",
      "]",
      "[]",
      "[0]",
      "[1]",
      "=",
      "&",
      "%",
      "%41",
      "+",
      "__proto__",
      "é",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          decodeForm(pieces.join(""));
        } catch (error) {
          expect(error).toBeInstanceOf(StripeError);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { seed: 6, numRuns: 2000 },
    );
  });
});
