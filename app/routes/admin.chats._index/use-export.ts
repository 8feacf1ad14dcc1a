import { useEffect, useRef, useState } from "react";

interface ExportState {
  running: boolean;
  failed: boolean;
  done: number;
  /** Null until the server has counted. */
  total: number | null;
}

const LINE_END = 10;

/** Fetches a file, says how far it is, and gives it to the browser; giving up closes what the server had opened for it. */
export function useExport() {
  const [state, setState] = useState<ExportState | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start(address: string, name: string) {
    const stop = (running.current = new AbortController());
    setState({ running: true, failed: false, done: 0, total: null });
    try {
      const response = await fetch(address, { signal: stop.signal });
      if (!response.ok || !response.body) throw new Error(String(response.status));
      const total = Number(response.headers.get("X-Total-Count"));
      const pieces: BlobPart[] = [];
      let done = 0;
      for (const reader = response.body.getReader(); ;) {
        const { value, done: over } = await reader.read();
        if (over) break;
        pieces.push(value);
        for (const byte of value) if (byte === LINE_END) done++;
        setState({ running: true, failed: false, done: Math.min(done, total), total });
      }
      save(new Blob(pieces, { type: response.headers.get("Content-Type") ?? undefined }), name);
      setState(null);
    } catch {
      setState(stop.signal.aborted ? null : { running: false, failed: true, done: 0, total: null });
    }
  }

  return { state, start, cancel: () => running.current?.abort() };
}

function save(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
