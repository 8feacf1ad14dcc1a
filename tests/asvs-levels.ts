/** The levels of OWASP ASVS 5.0.0: a line for each chapter, a word for each section, a digit for each requirement. */
const LEVELS = [
  "22 1111122223 112222222223 222 123",
  "122 112 12223 23",
  "3 113 12223 11222233 11122333 3 22333",
  "12233 23333 22 1222",
  "2 112333 113 222",
  "122 111111112222 11223333 112233 22222333 2223 33 2222",
  "222 1111 22 11222 223 22",
  "1233 1123 133 23",
  "111 1222",
  "22 223 22223 1111122222233333 22222 22 222",
  "2233 22233 11233 1222 23 23 33",
  "12233 11 22223",
  "2333 222223 2233 1222233",
  "22 12223333 122",
  "12233 12233 1222222 3333",
  "2 22222 2222 222 2223",
  "23 22223333 22",
];

/** Every requirement of level 1 and 2 with its level, as ["1.2.4", "1"]. */
export const REQUIREMENTS: readonly (readonly [id: string, level: string])[] = LEVELS.flatMap((chapter, c) =>
  chapter
    .split(" ")
    .flatMap((section, s) => [...section].map((level, i) => [`${c + 1}.${s + 1}.${i + 1}`, level] as const)),
).filter(([, level]) => level < "3");
