/** What pages elsewhere, or their like, say that they are: none of it is the program at `base`. */
export function foreignOrigins(base: string): string[] {
  const { port } = new URL(base);
  return [
    "https://evil.example",
    "null",
    "",
    `${base}.evil.example`,
    `http://evil.example:${port}`,
    `http://127.0.0.1.evil.example:${port}`,
    `https://127.0.0.1:${port}`,
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    `http://127.0.0.2:${port}`,
    `http://127.0.0.1:${port}@evil.example`,
    `${base}/`,
    `${base}, https://evil.example`,
    `ws://127.0.0.1:${port}`,
    "file://",
    "chrome-extension://abcdefgh",
    "http://[::1]:1",
  ];
}
