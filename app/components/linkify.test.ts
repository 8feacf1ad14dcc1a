import { expect, test } from "vitest";
import { parts } from "./linkify";

const links = (text: string) => parts(text).flatMap(({ href }) => href ?? []);

test("addresses become links, and what surrounds them stays text", () => {
  expect(parts("See https://a.example/b?c=1, or write to mailto:x@a.example.")).toEqual([
    { text: "See " },
    { text: "https://a.example/b?c=1", href: "https://a.example/b?c=1" },
    { text: ", or write to " },
    { text: "mailto:x@a.example", href: "mailto:x@a.example" },
    { text: "." },
  ]);
});

test.each([
  ["(https://a.example/b)", "https://a.example/b"],
  ["https://a.example/Hera_(bird)", "https://a.example/Hera_(bird)"],
  ["https://a.example/?!", "https://a.example/"],
  ["**https://a.example**", "https://a.example/"],
])("the end of the address in %s", (text, href) => {
  expect(links(text)).toEqual([href]);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "java\nscript:alert(1)",
  "http://",
  "https://[",
  "file:///etc/passwd",
])("%s stays text", (text) => {
  expect(
    parts(text)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
  expect(links(text)).toEqual([]);
});

test("a link cannot leave its attribute", () => {
  expect(links(`https://a.example/"onmouseover="alert(1)`)).toEqual(["https://a.example/"]);
});

test("long text of brackets and addresses takes no time", () => {
  const began = performance.now();
  parts("https://a.example/" + ")".repeat(8_000));
  parts("http://".repeat(1_200));
  expect(performance.now() - began).toBeLessThan(200);
});
