import type { Language } from "./languages";
import { refusalsId } from "./refusals-id";

type Sentences = Record<string, string>;

const SENTENCES: Partial<Record<Language, Sentences>> = { id: refusalsId };

/**
 * A verb says why it refuses in English and knows no reader; the door says it in the reader's language. "field: reason"
 * keeps its field. What the catalogue does not have stays English.
 */
export function refusalIn(language: Language, message: string): string {
  const sentences = SENTENCES[language];
  if (!sentences) return message;
  const whole = translated(sentences, message);
  if (whole !== null) return whole;
  const [, field, reason] = /^([\w.]+: )(.+)$/s.exec(message) ?? [];
  return field && reason ? field + (translated(sentences, reason) ?? reason) : message;
}

export function refusalFieldsIn(language: Language, fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, reason]) => [name, refusalIn(language, reason)]));
}

function translated(sentences: Sentences, message: string): string | null {
  const exact = sentences[message];
  if (exact) return exact;
  for (const [english, other] of Object.entries(sentences)) {
    const values = english.includes("{") ? patternOf(english).exec(message)?.groups : undefined;
    if (values) return other.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
  }
  return null;
}

const patterns = new Map<string, RegExp>();

/** "{name} is busy." -> /^(?<name>.+) is busy\.$/ */
function patternOf(english: string): RegExp {
  const known = patterns.get(english);
  if (known) return known;
  const source = english
    .split(/\{(\w+)\}/)
    .map((part, i) => (i % 2 === 1 ? `(?<${part}>.+)` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  const pattern = new RegExp(`^${source}$`, "s");
  patterns.set(english, pattern);
  return pattern;
}
