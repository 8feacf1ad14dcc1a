import { useSyncExternalStore } from "react";
import type { AlertEvent } from "./alerts-for";
import { SOUND_NAMES, type Sound } from "./sounds";

export interface AlertChoices extends Record<AlertEvent, Sound> {
  /** A new chat sounds until it is opened. */
  repeat: boolean;
  /** Shown by the system while the window is not in front; asks for permission once. */
  notify: boolean;
  /** They have been offered notifications, and answered. */
  asked: boolean;
}

const KEY = "heradesk:alerts";
const USUAL: AlertChoices = {
  chat: "chime",
  message: "drop",
  queue: "none",
  repeat: true,
  notify: false,
  asked: false,
};
const readers = new Set<() => void>();
let known: { text: string | null; choices: AlertChoices } = { text: null, choices: USUAL };

/** Each agent's own habit, kept in this browser. */
export function useAlertChoices(): [AlertChoices, (change: Partial<AlertChoices>) => void] {
  return [useSyncExternalStore(subscribe, alertChoices, () => USUAL), choose];
}

export function alertChoices(): AlertChoices {
  const text = read();
  if (text !== known.text) known = { text, choices: parse(text) };
  return known.choices;
}

/** The browser's question, which wants a press of a button before it. @returns whether it was granted */
export async function askToNotify(): Promise<boolean> {
  const granted = typeof Notification !== "undefined" && (await Notification.requestPermission()) === "granted";
  choose({ notify: granted, asked: true });
  return granted;
}

function choose(change: Partial<AlertChoices>) {
  const text = JSON.stringify({ ...alertChoices(), ...change });
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // Where storage is forbidden the choice cannot outlive the page, and is not kept.
  }
  readers.forEach((reader) => reader());
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function parse(text: string | null): AlertChoices {
  try {
    const stored = { ...USUAL, ...(JSON.parse(text ?? "{}") as Partial<AlertChoices>) };
    const sound = (name: AlertEvent) => (SOUND_NAMES.includes(stored[name]) ? stored[name] : USUAL[name]);
    return { ...stored, chat: sound("chat"), message: sound("message"), queue: sound("queue") };
  } catch {
    return USUAL;
  }
}

function subscribe(reader: () => void) {
  readers.add(reader);
  window.addEventListener("storage", reader);
  return () => {
    readers.delete(reader);
    window.removeEventListener("storage", reader);
  };
}
