const LONGEST = 120;
// Control characters, and those that make a name read in another order than it is written.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu;
// What a file system or a shell would take for something else.
const UNSAFE = /[/\\:*?"<>|]/g;

/** A name that can be shown and saved under anywhere: one line, no path, at most 120 characters, its extension kept. */
export function cleanFileName(raw: string): string {
  const name = raw
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(UNSAFE, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (name === "") return "file";
  const characters = [...name];
  if (characters.length <= LONGEST) return name;
  const extension = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? "";
  return characters.slice(0, LONGEST - extension.length - 1).join("") + "…" + extension;
}
