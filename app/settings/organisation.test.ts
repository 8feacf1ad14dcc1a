import { expect, test } from "vitest";
import { isPicture } from "./organisation";

test.each([
  ["https://pictures.example/a.png", true],
  ["http://localhost:3000/a.png", true],
  ["https://[2001:db8::1]/a.png", true],
  ["https://xn--bcher-kva.example/a_b.png?c;d,e", true],
  ["https://a;script-src/a.png", false],
  ["https://a,b/a.png", false],
  ["https://a'b/a.png", false],
  ["https://name:secret@a.example/a.png", false],
  ["javascript:alert(1)", false],
  ["/pictures/../admin", false],
])("%s may be the address of a picture: %s", (url, may) => {
  expect(isPicture(url)).toBe(may);
});
