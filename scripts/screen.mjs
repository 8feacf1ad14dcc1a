const tty = Boolean(process.stdout.isTTY);
const colours = tty && !process.env.NO_COLOR;
const paint = (on, off) => (text) => (colours ? `\x1b[${on}m${text}\x1b[${off}m` : text);

export const bold = paint(1, 22);
export const dim = paint(2, 22);
export const red = paint(31, 39);
export const green = paint(32, 39);
/** The product's teal. */
export const accent = paint("38;5;30", 39);

let hushed = false;

/** From here on steps are silent: what they were doing is being stopped. */
export function hush() {
  hushed = true;
}

const NAME_WIDTH = 11;
const QUIET_TICK_MS = 20_000;

/**
 * Shows one step: what it does while it does it, then in its place what came of it.
 * `work` gets `say(text)` to change the line and returns the closing words, or null to leave no line.
 */
export async function step(name, doing, work) {
  const began = Date.now();
  const line = tty ? turningLine(name, doing, began) : plainLine(name, doing, began);
  try {
    const done = await work(line.say);
    line.end(done && `  ${green("✓")} ${name.padEnd(NAME_WIDTH)} ${done}`);
    return done;
  } catch (error) {
    line.end(`  ${red("✗")} ${name}`);
    throw error;
  }
}

function turningLine(name, doing, began) {
  const frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  let turn = 0;
  const draw = () => {
    const text = `  ${accent(frames[turn++ % frames.length])} ${name.padEnd(NAME_WIDTH)} ${doing}${dim(clock(began))}`;
    process.stdout.write(`\r\x1b[2K${text}`);
  };
  draw();
  const timer = setInterval(draw, 90);
  return {
    say: (text) => (doing = text),
    end: (text) => {
      clearInterval(timer);
      process.stdout.write(`\r\x1b[2K${text && !hushed ? `${text}\n` : ""}`);
    },
  };
}

/** Without a terminal nothing can be taken back: long steps say that they are alive, short ones only their end. */
function plainLine(name, doing, began) {
  const tell = () => console.log(`  · ${name.padEnd(NAME_WIDTH)} ${doing}${clock(began)}`);
  const first = setTimeout(tell, 1_000);
  const timer = setInterval(tell, QUIET_TICK_MS);
  return {
    say: (text) => (doing = text),
    end: (text) => {
      clearTimeout(first);
      clearInterval(timer);
      if (text && !hushed) console.log(text);
    },
  };
}

function clock(began) {
  const seconds = Math.round((Date.now() - began) / 1000);
  return seconds < 2 ? "" : ` ${seconds} s`;
}

/** @returns "0.4 s", "12 s", "2 min 5 s" */
export function duration(ms) {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
