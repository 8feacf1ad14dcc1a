/** Frequencies in Hz, one after the other. */
const SOUNDS = {
  chime: [659, 988],
  drop: [880, 587],
  knock: [196, 196],
  bell: [1_319],
} as const;

export type Sound = keyof typeof SOUNDS | "none";
export const SOUND_NAMES = [...Object.keys(SOUNDS), "none"] as Sound[];

const NOTE_SECONDS = 0.16;
const LOUDNESS = 0.12;
let context: AudioContext | undefined;

/** What several tabs hear of at once is over within this. */
const ONE_EVENT_MS = 1_500;

/**
 * A short sound made on the spot: there is no file to fetch. Browsers stay silent until the page was touched once. Of all
 * tabs one sounds (pages without encryption have no locks: there each does).
 */
export async function play(sound: Sound): Promise<void> {
  if (sound === "none" || typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  if (context.state === "suspended") await context.resume().catch(() => {});
  if (context.state !== "running") return;
  const notes = SOUNDS[sound];
  if (!navigator.locks) return ring(context, notes);
  const audio = context;
  await navigator.locks.request("heradesk:sound", { ifAvailable: true }, async (mine) => {
    if (!mine) return;
    ring(audio, notes);
    await new Promise((resolve) => setTimeout(resolve, ONE_EVENT_MS));
  });
}

const ring = (audio: AudioContext, notes: readonly number[]) =>
  notes.forEach((frequency, i) => note(audio, frequency, audio.currentTime + i * NOTE_SECONDS));

function note(audio: AudioContext, frequency: number, at: number) {
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS * 1.8);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + NOTE_SECONDS * 2);
}
