import { launchBrowser } from "../app/testing/browser";
import { readdirSync, writeFileSync } from "node:fs";
const dir = "/tmp/look/";
const names = [...new Set(readdirSync(dir).filter((f) => /-(light|dark)\.png$/.test(f)).map((f) => f.replace(/-(1440|390)-(light|dark)\.png$/, "")))];
const only = process.argv.slice(2);
const b = await launchBrowser();
const p = await b.newPage({ viewport: { width: 1500, height: 500 } });
for (const n of names.filter((n) => !only.length || only.some((o) => n.startsWith(o)))) {
  const has = readdirSync(dir);
  const rows = ["light", "dark"].filter((c) => has.includes(`${n}-1440-${c}.png`)).map((c) => `<div style="display:flex;gap:10px;margin:5px"><img src="file://${dir}${n}-1440-${c}.png" height=730><img src="file://${dir}${n}-390-${c}.png" height=730></div>`).join("");
  writeFileSync("/tmp/look/m.html", `<body style="background:#888;margin:0">${rows}`);
  await p.goto("file:///tmp/look/m.html");
  await p.screenshot({ path: `${dir}sheet-${n}.png`, fullPage: true });
}
await b.close();
