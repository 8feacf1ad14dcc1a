import type { Attachment } from "~/files/shapes";
import { Refused } from "./refused";

interface Sending {
  file: File;
  path: string;
  /** For browsers that send neither Sec-Fetch-Site nor Origin. */
  token: string;
  onProgress(share: number): void;
  signal: AbortSignal;
}

/** XMLHttpRequest, because fetch does not say how far an upload is. Rejects with Refused, or with an Error when nobody answered. */
export function sendFile({ file, path, token, onProgress, signal }: Sending): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("_token", token);
    form.append("file", file, file.name);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status === 201 && answer?.attachment) return resolve(answer.attachment);
      if (!answer?.error) return reject(new Error(`answered ${request.status}`));
      reject(Refused.from(answer.error));
    };
    request.onerror = () => reject(new Error("nobody answered"));
    request.onabort = () => reject(new Error("stopped"));
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.send(form);
  });
}

interface Answer {
  attachment?: Attachment;
  error?: { code?: string; message?: string };
}

function parsed(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}
