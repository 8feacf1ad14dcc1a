import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { PDF } from "~/testing/upload";

export interface Evil {
  what: string;
  name: string;
  type: string | null;
  content: Uint8Array;
  /** 201 is for what is harmless once we have it. */
  status: number;
}

const text = (words: string) => Buffer.from(words);
const SCRIPT = "<script>parent.hit=1;top.hit=1;document.title='hit'</script>";
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='hit'">${SCRIPT}</svg>`;
const HTML = `<!doctype html><title>x</title>${SCRIPT}`;
const MZ = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]);

/** A PNG that says it is 50,000 pixels wide and high, in 100 bytes. */
function bomb(): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(50_000, 0);
  head.writeUInt32BE(50_000, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.alloc(1_000))), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function crc32(data: Buffer): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Files as strangers send them, each with what is declared, and the answer it gets. */
export async function evilFiles(): Promise<Evil[]> {
  const plain = sharp({ create: { width: 40, height: 30, channels: 3, background: "#808" } });
  const [png, jpg, gif, webp] = await Promise.all([
    plain.clone().png().toBuffer(),
    plain.clone().jpeg().toBuffer(),
    plain.clone().gif().toBuffer(),
    plain.clone().webp().toBuffer(),
  ]);
  const withScript = (picture: Buffer) => Buffer.concat([picture, text(HTML)]);
  const row = (what: string, name: string, type: string | null, content: Uint8Array, status = 415): Evil => ({
    what,
    name,
    type,
    content,
    status,
  });
  const declared = [
    "image/svg+xml",
    "image/svg+xml; x",
    "IMAGE/SVG+XML",
    "text/html",
    "text/html;charset=utf-7",
    "application/xhtml+xml",
    "text/xml",
    "application/javascript",
    "text/javascript",
    "application/x-shockwave-flash",
    "multipart/x-mixed-replace",
    "text/html\t",
    "*/*",
    "image/png, text/html",
    "nonsense",
  ];
  const names = [
    "a.svg",
    "a.SVG",
    "a.svgz",
    "a.html",
    "a.htm",
    "a.xhtml",
    "a.xml",
    "a.js",
    "a.mjs",
    "a.php",
    "a.exe",
    "a.hta",
    "a.swf",
    "a.png.html",
    "a.html.",
    "a.html ",
    "a",
    "",
    ".htaccess",
    "photo\u202egnp.html",
    "a.png\u0000.html",
    "a.html\u200b",
    "a.docm",
    "a.url",
    "a.png%2ehtml",
  ];
  return [
    // A picture, or not, that is called something else: the declared type has to agree.
    ...declared.map((type) => row(`png declared ${JSON.stringify(type)}`, "a.png", type, png)),
    ...["a.png", "a.txt", "a.pdf"].map((name) => row(`svg called ${name}`, name, "image/svg+xml", text(SVG))),
    // Whatever is declared, the name has to be of a kind that is taken. Without a name there is no file.
    ...names.map((name) =>
      row(
        `called ${JSON.stringify(name)}`,
        name,
        "application/octet-stream",
        text(HTML),
        name === "" || name.includes("\0") ? 400 : 415,
      ),
    ),
    ...["a.png", "a.jpg", "a.gif", "a.webp", "a.pdf", "a.zip", "a.docx", "a.mp4", "a.txt", "a.csv"].map((name) =>
      row(`html called ${name}`, name, "application/octet-stream", text(HTML)),
    ),
    row("svg as text", "a.txt", "text/plain", text(SVG)),
    row("xml as text", "a.txt", "text/plain", text(`<?xml version="1.0"?>${SVG}`)),
    row("html after blanks as text", "a.txt", "text/plain", text(`\ufeff \n\t${HTML}`)),
    row("html comment first as text", "a.log", "text/plain", text(`<!-- -->${HTML}`)),
    row("a program called a picture", "a.png", "image/png", MZ),
    row("a program called text", "a.txt", "text/plain", MZ),
    row("png called jpg", "a.jpg", "image/jpeg", png),
    row("gif called png", "a.png", "image/png", gif),
    row("pdf called docx", "a.docx", "application/octet-stream", PDF),
    row("pdf behind html", "a.pdf", "application/pdf", Buffer.concat([text(HTML), PDF])),
    row("nothing at all", "a.png", "image/png", Buffer.alloc(0), 400),
    row("the first bytes of a png", "a.png", "image/png", png.subarray(0, 20), 400),
    row("a png cut in the middle", "a.png", "image/png", png.subarray(0, png.length - 30), 400),
    row("a png of 2.5 thousand million pixels", "a.png", "image/png", bomb(), 413),
    row("text with zeros", "a.txt", "text/plain", Buffer.from("a\0b")),
    // Taken: what was hidden in a picture is not in what we write.
    row("a png with html behind it", "a.png", "image/png", withScript(png), 201),
    row("a jpg with html behind it", "a.jpg", "image/jpeg", withScript(jpg), 201),
    row("a gif with html behind it", "a.gif", "image/gif", withScript(gif), 201),
    row("a webp with html behind it", "a.webp", "image/webp", withScript(webp), 201),
    row("a picture called as a page and a picture", "a.html.png", "image/png", withScript(png), 201),
    row("a name that climbs", "../../../etc/passwd.png", "image/png", png, 201),
    row("a name that climbs backwards", "..\\..\\boot.png", "image/png", png, 201),
    row("a name with a script in it", `"><img src=x onerror=document.title='hit'>.png`, "image/png", png, 201),
    row("a name with a header in it", "a\r\nSet-Cookie: x=1\r\n.png", "image/png", png, 201),
    row("a name of 5,000 letters", `${"n".repeat(5_000)}.png`, "image/png", png, 201),
    row("a pdf with a script and html in it", "a.pdf", "application/pdf", Buffer.concat([PDF, text(HTML)]), 201),
    row("text with html in it", "a.txt", "text/plain", text(`hello ${HTML}`), 201),
    row("a table with a formula", "a.csv", "text/csv", text("=cmd|'/c calc'!A1,2\n"), 201),
  ];
}
