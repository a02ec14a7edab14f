import { describe, expect, it } from "vitest";
import { aroundQuote, markedText } from "./marked-text";

describe("markedText", () => {
  it("marks a quote without regard to case", () => {
    expect(markedText("It's Not my debt.", [{ quote: "not my debt", tone: "legal" }])).toEqual([
      { text: "It's ", tone: null },
      { text: "Not my debt", tone: "legal" },
      { text: ".", tone: null },
    ]);
  });

  it("marks nothing that is not there, nor an empty quote", () => {
    const marks = [{ quote: "my attorney", tone: "legal" }, { quote: "", tone: "legal" }];
    expect(markedText("It's not mine.", marks)).toEqual([{ text: "It's not mine.", tone: null }]);
  });

  it("never repeats or loses a letter, however marks overlap", () => {
    const text = "I already paid this, it's not my debt";
    const marks = ["paid this, it's", "it's not my debt", "already paid", "debt"].map((quote) => ({ quote, tone: "legal" }));
    expect(markedText(text, marks).map((stretch) => stretch.text).join("")).toBe(text);
  });
});

describe("aroundQuote", () => {
  const text = "No, listen, I have told your colleague twice already, I paid this in March and it's not my debt any more, so stop calling me";

  it("keeps a short text whole", () => {
    expect(aroundQuote("It's not mine.", "not mine", 80)).toBe("It's not mine.");
  });

  it("cuts at words and keeps the quote", () => {
    const cut = aroundQuote(text, "it's not my debt", 60);
    expect(cut).toContain("it's not my debt");
    expect(cut).toMatch(/^… \S/);
    expect(cut).toMatch(/\S …$/);
    expect(cut.length).toBeLessThanOrEqual(66);
    for (const word of cut.replaceAll("…", "").trim().split(" ")) expect(text.split(" ")).toContain(word);
  });

  it("keeps a quote that is longer than the room", () => {
    expect(aroundQuote(text, text.slice(4, 100).trim(), 40)).toContain(text.slice(4, 100).trim());
  });

  it("falls back to the quote when the words have changed since", () => {
    expect(aroundQuote(text, "my lawyer", 40)).toBe("my lawyer");
  });
});
