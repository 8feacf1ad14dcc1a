import { createInterface } from "node:readline/promises";
import pg from "pg";

/** Reads statements up to a semicolon and shows their rows; an empty end of input leaves. */
export async function prompt(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: "heradesk=> " });
  let statement = "";
  input.prompt();
  for await (const line of input) {
    if (/^\s*(\\q|exit|quit)\s*$/.test(line)) break;
    statement += `${line}\n`;
    if (/;\s*$/.test(line)) {
      await show(client, statement);
      statement = "";
    }
    input.setPrompt(statement ? "heradesk-> " : "heradesk=> ");
    input.prompt();
  }
  input.close();
  await client.end();
}

async function show(client, statement) {
  try {
    for (const result of [await client.query(statement)].flat()) {
      if (result.fields.length > 0) console.table(result.rows);
      console.log(`${result.command} ${result.rowCount ?? ""}`);
    }
  } catch (error) {
    console.log(`${error.severity ?? "ERROR"}: ${error.message}`);
  }
}
