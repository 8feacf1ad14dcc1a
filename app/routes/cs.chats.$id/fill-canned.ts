/** What a canned response may ask for, as {{customer.name}}; null when not known. */
export interface CannedValues {
  "customer.name": string | null;
  "agent.name": string | null;
}

const VARIABLE = /([ \t]*)\{\{\s*([\w.]+)\s*(?:\|([^}]*))?\}\}/g;

/**
 * A canned response with its variables filled. What is not known becomes the author's fallback, {{customer.name|there}},
 * or goes together with the space before it, so that "Hello {{customer.name}}!" reads "Hello!". A variable that does
 * not exist stays as written: the agent sees the mistake before the customer does.
 */
export function fillCanned(content: string, values: CannedValues): string {
  return content.replace(VARIABLE, (whole, space: string, name: string, fallback?: string) => {
    if (!isKnown(name, values)) return whole;
    const value = values[name]?.trim() || fallback?.trim();
    return value ? space + value : "";
  });
}

function isKnown(name: string, values: CannedValues): name is keyof CannedValues {
  return Object.hasOwn(values, name);
}
