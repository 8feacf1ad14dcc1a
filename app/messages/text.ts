import { useMemo } from "react";
import { useRootData } from "~/root-data";
import type { TextKey } from "./en";

export type Say<K extends string> = (key: K, vars?: Record<string, string | number>) => string;

/** Turns a catalogue into `t(key, { name })`: `{name}` in a text becomes the value. */
export function sayFrom<K extends string>(texts: Record<K, string>): Say<K> {
  return (key, vars) => texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(vars?.[name] ?? whole));
}

/** The texts of the reader's language. They come with the page: a browser downloads one language, not all. */
export function useText(): Say<TextKey> {
  const texts = useRootData()?.texts;
  return useMemo(() => (texts ? sayFrom(texts) : (key) => key), [texts]);
}

export const useLocale = () => useRootData()?.locale ?? "en";
