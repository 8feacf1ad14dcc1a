/** What a form says in words, without its token: what a verb's input parses, and what is kept when it refuses. */
export async function formFields(request: Request): Promise<Record<string, string>> {
  const form = await request.formData();
  const texts = [...form].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[0] !== "_token",
  );
  return Object.fromEntries(texts);
}
