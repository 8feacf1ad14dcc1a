import type { Attachment, FileRules } from "~/files/shapes";
import { newId } from "./new-id";
import { Refused } from "./refused";
import { sendFile } from "./send-file";
import { renewSignIn } from "./sign-in";
import { browserStorage, keep } from "./storage";
import { createStore, type Readable } from "./store";

/** Why a file cannot go, when the browser knows it by itself; otherwise the server's words are in `message`. */
export type Problem = "tooLarge" | "empty" | "type" | "tooMany" | "failed";

export interface Upload {
  key: string;
  name: string;
  /** Bytes; 0 when only the name is left. */
  size: number;
  /** lost: chosen before the page was loaded again, and files do not survive that. */
  state: "waiting" | "uploading" | "checking" | "done" | "failed" | "lost";
  /** 0 to 1. */
  progress: number;
  /** An address for a picture that is still here. */
  preview?: string;
  attachment?: Attachment;
  problem?: Problem;
  message?: string;
  /** Trying again can help. */
  again?: boolean;
}

export interface UploadOptions {
  path: string;
  /** Where a file is given up: its id goes behind it. */
  dropPath: string;
  rules: FileRules;
  token: string;
  staff: boolean;
  /** Uploaded already, with a form that was refused. */
  kept: Attachment[];
  /** One per chat and side. */
  name: string;
}

export interface Uploads extends Readable<{ list: readonly Upload[] }> {
  add(files: Iterable<File>): void;
  /** Stops it, or gives it up; nothing of it stays here or there. */
  remove(key: string): void;
  retry(key: string): void;
  /** What is ready to go with a message; the list is empty afterwards. */
  take(): Attachment[];
  close(): void;
}

const AT_ONCE = 2;

/** The files beside a text that is being written: each is uploaded as soon as it is chosen. */
export function openUploads({ path, dropPath, rules, token, staff, kept, name }: UploadOptions): Uploads {
  const storage = browserStorage();
  const shelf = `heradesk:files:${name}`;
  const files = new Map<string, File>();
  const stops = new Map<string, AbortController>();
  const store = createStore<{ list: readonly Upload[] }>({ list: [...kept.map(done), ...lostNames()] });

  const list = () => store.getSnapshot().list;
  function set(next: readonly Upload[]): void {
    store.set({ list: next });
    const names = next.filter(({ state }) => state !== "lost").map((one) => one.name);
    keep(storage, shelf, names.length > 0 ? JSON.stringify(names) : null);
  }
  const change = (key: string, patch: Partial<Upload>) =>
    set(list().map((one) => (one.key === key ? { ...one, ...patch } : one)));

  function lostNames(): Upload[] {
    try {
      const names = JSON.parse(storage.getItem(shelf) ?? "[]") as string[];
      const gone = names.filter((one) => !kept.some((attachment) => attachment.name === one));
      return gone.map((one) => ({ key: newId(), name: one, size: 0, state: "lost", progress: 0 }));
    } catch {
      return [];
    }
  }

  function add(chosen: Iterable<File>): void {
    const fresh: Upload[] = [];
    for (const file of chosen) {
      const here = list().filter(({ state }) => state !== "lost" && state !== "failed").length;
      const problem = whyNot(file, here + fresh.filter(({ state }) => state === "waiting").length);
      const preview = file.type.startsWith("image/") && !problem ? URL.createObjectURL(file) : undefined;
      const key = newId();
      files.set(key, file);
      const state = problem ? "failed" : "waiting";
      fresh.push({ key, name: file.name, size: file.size, state, progress: 0, preview, problem });
    }
    set([...list().filter(({ state }) => state !== "lost"), ...fresh]);
    pump();
  }

  function whyNot(file: File, already: number): Problem | undefined {
    const extension = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
    if (!rules.extensions.includes(extension)) return "type";
    if (file.size > rules.maxBytes) return "tooLarge";
    if (file.size === 0) return "empty";
    return already >= rules.perMessage ? "tooMany" : undefined;
  }

  function pump(): void {
    const running = list().filter(({ state }) => state === "uploading" || state === "checking").length;
    const next = list()
      .filter(({ state }) => state === "waiting")
      .slice(0, Math.max(0, AT_ONCE - running));
    for (const { key } of next) void upload(key);
  }

  async function upload(key: string, renewed = false): Promise<void> {
    const stop = new AbortController();
    stops.set(key, stop);
    change(key, { state: "uploading", progress: 0, problem: undefined, message: undefined });
    // The file is through, and is looked at before the server answers.
    const onProgress = (progress: number) => change(key, { progress, state: progress < 1 ? "uploading" : "checking" });
    try {
      const attachment = await sendFile({ file: files.get(key)!, path, token, onProgress, signal: stop.signal });
      if (stop.signal.aborted) return drop(attachment.id);
      change(key, { state: "done", progress: 1, attachment });
    } catch (error) {
      if (stop.signal.aborted) return;
      if (staff && !renewed && error instanceof Refused && error.code === "UNAUTHENTICATED") {
        await renewSignIn((to, init) => fetch(to, init));
        return upload(key, true);
      }
      change(key, { state: "failed", ...reason(error) });
    } finally {
      pump();
    }
  }

  const drop = (id: string) => void fetch(dropPath + id, { method: "DELETE", keepalive: true }).catch(() => {});

  function forget(one: Upload): void {
    stops.get(one.key)?.abort();
    stops.delete(one.key);
    files.delete(one.key);
    if (one.preview) URL.revokeObjectURL(one.preview);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    add,
    remove(key) {
      const one = list().find((upload) => upload.key === key);
      if (!one) return;
      forget(one);
      if (one.attachment) drop(one.attachment.id);
      set(list().filter((upload) => upload.key !== key));
      pump();
    },
    retry(key) {
      change(key, { state: "waiting" });
      pump();
    },
    take() {
      const ready = list().flatMap(({ attachment }) => attachment ?? []);
      for (const one of list()) forget(one);
      set([]);
      return ready;
    },
    close() {
      for (const one of list()) forget(one);
    },
  };
}

const done = (attachment: Attachment): Upload => ({
  key: attachment.id,
  name: attachment.name,
  size: attachment.size,
  state: "done",
  progress: 1,
  attachment,
});

const PERMANENT = ["TOO_LARGE", "UNSUPPORTED_TYPE", "INVALID", "NOT_FOUND", "CONFLICT", "NOT_ALLOWED"];

const reason = (error: unknown): Partial<Upload> =>
  error instanceof Refused
    ? { message: error.message, again: !PERMANENT.includes(error.code) }
    : { problem: "failed", again: true };
