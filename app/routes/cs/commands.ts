/** One line of the command bar. */
export interface Command {
  id: string;
  /** What kind of thing it is, in the reader's words. */
  kind: string;
  name: string;
  detail?: string;
  run(): void;
}

const MOST_SHOWN = 12;

/** Commands that contain every word, those whose name begins with the text first; nothing typed: the first ones. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands.slice(0, MOST_SHOWN);
  const whole = (one: Command) => `${one.kind} ${one.name} ${one.detail ?? ""}`.toLowerCase();
  return commands
    .filter((one) => words.every((word) => whole(one).includes(word)))
    .map((one) => ({ one, begins: one.name.toLowerCase().startsWith(words[0]!) }))
    .sort((a, b) => Number(b.begins) - Number(a.begins))
    .slice(0, MOST_SHOWN)
    .map(({ one }) => one);
}
