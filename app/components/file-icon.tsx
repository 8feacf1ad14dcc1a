import FileText from "lucide-react/icons/file-text";
import FileArchive from "lucide-react/icons/file-archive";
import FileMusic from "lucide-react/icons/file-music";
import FilePlay from "lucide-react/icons/file-play";
import Image from "lucide-react/icons/image";

const ICONS: [RegExp, typeof FileText][] = [
  [/\.(jpe?g|png|gif|webp)$/i, Image],
  [/\.zip$/i, FileArchive],
  [/\.(mp3|m4a|wav)$/i, FileMusic],
  [/\.(mp4|webm|mov)$/i, FilePlay],
];

/** What kind of file, at a glance. */
export function FileIcon({ name }: { name: string }) {
  const Icon = ICONS.find(([ending]) => ending.test(name))?.[1] ?? FileText;
  return (
    <span className="grid h-8 w-8 shrink-0 place-items-center rounded bg-accent-soft text-accent-strong">
      <Icon size={17} aria-hidden="true" />
    </span>
  );
}
