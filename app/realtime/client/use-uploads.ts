import { useEffect, useRef, useState } from "react";
import type { Attachment } from "~/files/shapes";
import { openUploads, type Upload, type UploadOptions, type Uploads } from "./uploads";
import { useStore } from "./use-store";

/** The files of one composer, live; before scripts run, those that came back with a refused form. */
export function useUploads(options: UploadOptions) {
  const first = useRef(options);
  const [uploads, setUploads] = useState<Uploads | null>(null);
  const still = useRef({ list: options.kept.map(stillThere) });
  const { list } = useStore(uploads, still.current);
  useEffect(() => {
    const opened = openUploads(first.current);
    setUploads(opened);
    return () => opened.close();
  }, [options.name]);
  return { list, rules: options.rules, uploads };
}

export type FilesBeside = ReturnType<typeof useUploads>;

const stillThere = (attachment: Attachment): Upload => ({
  key: attachment.id,
  name: attachment.name,
  size: attachment.size,
  state: "done",
  progress: 1,
  attachment,
});
